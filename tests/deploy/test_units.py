"""The units of systemd: that systemd understands them, and what they promise."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from data.documents import child

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"


APP, NEWS = "liaisonatlas@.service", "liaisonatlas-watch.service"


def service(unit: str = APP) -> configparser.SectionProxy:
    return section(unit, "Service")


def section(unit: str, name: str) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(UNITS / unit)
    return parser[name]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_has_nothing_to_say(tmp_path: Path):
    names = {f"liaisonatlas@{port}.service": APP for port in ("8501", "8502")} | {NEWS: NEWS}
    for name, unit in names.items():
        text = (UNITS / unit).read_text(encoding="utf-8")
        # The checkout is elsewhere here, and systemd looks whether its programs are there.
        text = text.replace("/opt/liaisonatlas/.venv/bin/python", "/bin/true")
        text = text.replace("/usr/bin/curl", "/bin/true")
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("liaisonatlas.target", "liaisonatlas-watch.timer"):
        shutil.copy(UNITS / name, tmp_path)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_waits_longer_than_the_process_needs_to_leave():
    from dashboard.web.lifecycle import DRAIN

    assert float(service()["TimeoutStopSec"]) >= DRAIN + 5
    assert service()["KillMode"] == "mixed" and service()["Restart"] == "always"


@pytest.mark.parametrize("unit", [APP, NEWS])
def test_the_unit_may_write_one_folder_and_gain_nothing(unit: str):
    promised = {
        "NoNewPrivileges": "yes",
        "PrivateTmp": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "ReadWritePaths": "/var/lib/liaisonatlas",
        "CapabilityBoundingSet": "",
        "User": "liaisonatlas",
    }
    assert {name: service(unit)[name] for name in promised} == promised
    assert service(unit)["EnvironmentFile"].startswith("/etc/")


def test_who_asks_parliament_may_no_more_than_the_app():
    hardening = re.compile(
        r"Protect|Private|Restrict|SystemCall|Capab|Ambient|Lock|NoNew|Remove|Proc"
    )
    of_app = {name: value for name, value in service(APP).items() if hardening.match(name)}
    of_news = {name: value for name, value in service(NEWS).items() if hardening.match(name)}
    assert len(of_app) >= 20 and of_news == of_app


def test_parliament_is_asked_once_at_a_time_and_not_without_end():
    from data.parliament.client import SECONDS

    news = service(NEWS)
    assert news["Type"] == "oneshot" and news["ExecStart"].endswith("-m dashboard watch")
    assert float(news["TimeoutStartSec"]) > SECONDS + 30
    assert news["StandardOutput"] == "null"  # no list of documents in the journal
    timer = section("liaisonatlas-watch.timer", "Timer")
    assert timer["RandomizedDelaySec"] and timer["Persistent"] == "true"


def test_a_compiler_that_is_killed_does_not_take_the_app_with_it():
    assert service()["OOMPolicy"] == "continue" and service()["Restart"] == "always"


def test_the_unit_has_memory_for_all_that_may_run_at_once():
    app, compilers = 1_500_000_000, 2 * 300_000_000  # docs/operating.md; typesetting
    high, most = (
        int(service()[name].removesuffix("M")) * 1_000_000 for name in ("MemoryHigh", "MemoryMax")
    )
    assert app + compilers + 4 * child.MEMORY < high < most
