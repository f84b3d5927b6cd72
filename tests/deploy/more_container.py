"""The image, built and run; `make stack ARGS=--check` does it, the suite does not.

Skipped where there is no builder, or the base cannot be had: `CONTAINER_BASE` names another one, as
where no registry is reached.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.deploy.stack import free_ports, get
from tests.deploy.test_container import FILE, ROOT, USER
from tests.waiting import until

IMAGE = "localhost/liaisonatlas:check"
FLAGS = """--network=host --read-only --tmpfs=/tmp:rw,size=512m --cap-drop=ALL
    --security-opt=no-new-privileges --memory=3500m --pids-limit=512""".split()


@pytest.fixture(scope="module")
def builder() -> str:
    """A program that builds and runs images, and answers."""
    for name in ("podman", "docker"):
        if (
            shutil.which(name)
            and not subprocess.run([name, "info"], capture_output=True).returncode
        ):
            return name
    pytest.skip("neither podman nor docker answers here")


@pytest.fixture(scope="module")
def image(builder: str) -> Iterator[str]:
    """The image, and gone afterwards."""
    command = [builder, "build", "--network=host", "--file", str(FILE), "--tag", IMAGE]
    if builder == "podman":
        command += ["--format=docker"]
    if base := os.environ.get("CONTAINER_BASE"):
        command += [f"--build-arg=BASE={base}"]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    if done.returncode and not base:
        pytest.skip(f"the image was not built: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr
    yield IMAGE
    subprocess.run([builder, "rmi", IMAGE], capture_output=True)


def test_the_image_serves_with_nothing_but_its_volume(builder: str, image: str) -> None:
    port = free_ports(1)[0]
    name = f"liaisonatlas-check-{port}"
    command = [builder, "run", "--detach", "--name", name, *FLAGS]
    command += [f"--env=LIAISONATLAS_PORT={port}", "--volume=/var/lib/liaisonatlas", image]
    subprocess.run(command, check=True, capture_output=True)
    try:
        until(lambda: get(f"http://127.0.0.1:{port}/health/ready")[0] == 200, "it is ready")
        run = [builder, "exec", name, "/opt/liaisonatlas/.venv/bin/python", "-I", "-S"]
        script = "deploy/container/healthy.py"
        assert subprocess.run([*run, script], capture_output=True).returncode == 0
        who = subprocess.run(
            [*run, "-c", "import os; print(os.getuid())"], capture_output=True, text=True
        )
        assert who.stdout.strip() == str(USER)
        write = [*run, "-c", "open('/opt/liaisonatlas/x', 'w')"]
        assert subprocess.run(write, capture_output=True).returncode
    finally:
        subprocess.run([builder, "rm", "--force", "--volumes", name], capture_output=True)
