"""The units of systemd: that systemd understands them, and what they promise."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from data.documents import child

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"


def service() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(UNITS / "liaisonatlas@.service")
    return parser["Service"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_has_nothing_to_say(tmp_path: Path):
    for port in ("8501", "8502"):
        text = (UNITS / "liaisonatlas@.service").read_text(encoding="utf-8")
        # The checkout is elsewhere here, and systemd looks whether its programs are there.
        text = text.replace("/opt/liaisonatlas/.venv/bin/python", "/bin/true")
        text = text.replace("/usr/bin/curl", "/bin/true")
        (tmp_path / f"liaisonatlas@{port}.service").write_text(text, encoding="utf-8")
    shutil.copy(UNITS / "liaisonatlas.target", tmp_path)
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


def test_the_unit_may_write_one_folder_and_gain_nothing():
    promised = {
        "NoNewPrivileges": "yes",
        "PrivateTmp": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "ReadWritePaths": "/var/lib/liaisonatlas",
        "CapabilityBoundingSet": "",
        "User": "liaisonatlas",
    }
    assert {name: service()[name] for name in promised} == promised
    assert service()["EnvironmentFile"].startswith("/etc/")


def test_the_unit_has_memory_for_all_that_may_run_at_once():
    app, compilers = 1_500_000_000, 2 * 300_000_000  # docs/operating.md; typesetting
    high, most = (
        int(service()[name].removesuffix("M")) * 1_000_000 for name in ("MemoryHigh", "MemoryMax")
    )
    assert app + compilers + 4 * child.MEMORY < high < most
