"""The whole installation on this machine: PostgreSQL, two processes or more, nginx in front.

    python -m tests.deploy.stack            starts it, prints its address, runs until Ctrl-C
    python -m tests.deploy.stack --processes 4
    python -m tests.deploy.stack --check    runs the tests of this folder and `more_*` on one

Made of the files in `deploy/`, with other ports and folders filled in, as an ordinary user or as
root. Everything lives in one temporary folder and on free ports of 127.0.0.1, and is gone
afterwards, whatever happened.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.data.conftest import Server, binaries
from tests.waiting import LIMIT, until

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PORTS = range(20_000, 32_000)
# nginx itself: what a distribution's nginx.conf says, for one folder and one account.
MAIN = """
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include liaisonatlas/http.conf;
    server {{
        listen 127.0.0.1:{port};
        include liaisonatlas/app.conf;
    }}
    include liaisonatlas/site.conf;
}}
"""


def missing() -> str:
    """What this machine lacks for the stack; empty where it can run."""
    if not Path(NGINX).exists():
        return "no nginx is installed (Debian's package is nginx-light)"
    if shutil.which("openssl") is None:
        return "no openssl is installed, which makes a certificate"
    if binaries() is None:
        return "no PostgreSQL server is installed (Debian's package is postgresql)"
    return ""


def free_ports(number: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on.

    Below those that the system hands out itself: a program that starts for half a minute would find
    one of them taken by then, by any connection of another test.
    """
    free: list[int] = []
    while len(free) < number:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            free += [] if port in free else [port]
    return free


def end(process: subprocess.Popen[bytes], seconds: float = 45) -> None:
    """Tell a process that we started to stop, and kill it where it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """(status, headers in lower case, body) of one GET; status 0 where nobody answers."""
    request = urllib.request.Request(url, headers=dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, _lower(answer.headers), answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, _lower(answer.headers), answer.read()
    except OSError:
        return 0, {}, b""


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    """One entry for each name; what is sent twice is joined by " | ", to be noticed."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        name = name.lower()
        found[name] = f"{found[name]} | {value}" if name in found else value
    return found


class Postgres(Server):
    """A server that can go away and come back."""

    def __init__(self) -> None:
        programs = binaries()
        assert programs is not None
        self._program = programs / "postgres"
        super().__init__(programs)

    def halt(self) -> None:
        """Stop it at once, with its connections."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LIMIT)

    def again(self) -> None:
        """Start it on what it had."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self._program, "-D", self.folder / "data"],
                stdout=log,
                stderr=subprocess.STDOUT,
                **self._run,
            )
        self._wait()


class App:
    """One process of the app, with its log."""

    def __init__(self, folder: Path, port: int, url: str) -> None:
        self.port, self.log = port, folder / f"app-{port}.log"
        ours = {k: v for k, v in os.environ.items() if not k.startswith("LIAISONATLAS_")}
        self._environment = ours | {
            "LIAISONATLAS_VAR": str(folder / "var"),
            "LIAISONATLAS_DATABASE_URL": url,
        }
        self.begin()

    @property
    def address(self) -> str:
        """Where the process itself listens."""
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> None:
        """Start it, and do not wait."""
        command = [sys.executable, "-m", "dashboard", "run", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )

    def start(self) -> None:
        """Start it again and wait until it is ready, as the unit of systemd does."""
        self.begin()
        self.wait()

    def wait(self, seconds: float = LIMIT) -> None:
        """Wait until it is ready."""

        def ready() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return get(f"{self.address}/health/ready")[0] == 200

        until(ready, f"{self.address} is ready: {self.log}", seconds)

    def end(self, sign: int = signal.SIGTERM) -> int:
        """Tell it to stop and wait; its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(LIMIT)

    def metric(self, name: str) -> float:
        """The value of one of its counters."""
        found = re.search(
            rf"^{re.escape(name)} (\S+)$", get(f"{self.address}/metrics")[2].decode(), re.M
        )
        assert found, name
        return float(found[1])

    def events(self) -> list[dict[str, object]]:
        """The lines of its log that are events."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


class Stack:
    """All of it, running."""

    def __init__(
        self, folder: Path, postgres: Postgres, url: str, apps: list[App], ports: list[int]
    ) -> None:
        self.folder, self.postgres, self.apps, self.url = folder, postgres, apps, url
        self.address = f"http://127.0.0.1:{ports[0]}"
        self.secure = ports[1]
        self.access_log = folder / "access.log"

    def app(self, port: str | int) -> App:
        """The process on that port."""
        return next(app for app in self.apps if app.port == int(port))


def configure(folder: Path, ports: list[int], apps: list[int]) -> None:
    """Write `deploy/nginx` into the folder, with these ports, accounts and places."""
    there = folder / "liaisonatlas"
    shutil.copytree(DEPLOY, there)
    written = there / "http.conf"
    text = written.read_text(encoding="utf-8")
    for port in range(8503, 8501 + len(apps)):
        text = with_process(text, port)
    written.write_text(text, encoding="utf-8")
    changes = {}
    for port, app in enumerate(apps, 8501):
        changes[f"127.0.0.1:{port}"] = f"127.0.0.1:{app}"
        changes[f"liaisonatlas_{port}"] = f"liaisonatlas_{app}"
        changes[f"    {port} "] = f"    {app} "
    changes |= {
        "/var/log/nginx/liaisonatlas.log": f"{folder}/access.log",
        "/var/log/nginx/liaisonatlas-error.log": f"{folder}/error.log",
        "/var/lib/nginx/liaisonatlas": f"{folder}/cache",
        "/etc/nginx/liaisonatlas/": f"{there}/",
        "/etc/liaisonatlas/tls/": f"{folder}/",
        "atlas.example.org": "localhost",  # a name by which the processes know themselves
        "listen 443": f"listen 127.0.0.1:{ports[1]}",
        "listen 80": f"listen 127.0.0.1:{ports[2]}",
    }
    for path in there.glob("*.conf"):
        text = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new)
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)
        path.write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    main = MAIN.format(user=user, folder=folder, port=ports[0])
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    command += " -subj /CN=atlas.example.org -keyout key.pem -out certificate.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


def with_process(text: str, port: int) -> str:
    """`http.conf` with one process more: a line in each list, and an upstream of its own."""
    server = "    server 127.0.0.1:8502 max_fails=1 fail_timeout=2s;\n"
    entry = "    8502 liaisonatlas_8502;\n"
    upstream = re.search(r"upstream liaisonatlas_8502 \{.*?\n\}\n\n", text, re.S)
    assert upstream and text.count(f"{server}    keepalive") == 1 and entry in text

    def of_port(part: str) -> str:
        return part.replace("8502", str(port))

    text = text.replace(f"{server}    keepalive", f"{of_port(server)}{server}    keepalive")
    text = text.replace(upstream[0], upstream[0] + of_port(upstream[0]))
    return text.replace(entry, entry + of_port(entry))


@contextmanager
def running_nginx(folder: Path) -> Iterator[None]:
    """nginx on what `configure` wrote; raises AssertionError where it refuses that."""
    command = [NGINX, "-e", str(folder / "nginx-error.log"), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr, tested.stderr
    nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        end(nginx)


@contextmanager
def stack(processes: int = 2) -> Iterator[Stack]:
    """Start all of it, wait until it is ready, and take it away at the end."""
    with ExitStack() as undo:
        folder = Path(tempfile.mkdtemp(prefix="liaisonatlas-stack-"))
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        postgres = Postgres()
        undo.callback(postgres.stop)
        url = postgres.url(postgres.make())
        free = free_ports(3 + processes)
        ports, apps = free[:3], []
        for port in free[3:]:
            apps.append(App(folder, port, url))
            undo.callback(lambda app=apps[-1]: end(app.process))
        configure(folder, ports, free[3:])
        undo.enter_context(running_nginx(folder))
        for app in apps:
            app.wait(LIMIT * processes / 2)  # they share the cores while they start
        made = Stack(folder, postgres, url, apps, ports)
        until(lambda: get(made.address)[0] == 200, "nginx shows the app")
        yield made


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    if lacking := missing():
        print(f"stack: {lacking}", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(prog="make stack")
    parser.add_argument("--check", action="store_true", help="test one and take it away")
    parser.add_argument("--processes", type=int, default=2, choices=range(2, 17), metavar="N")
    options = parser.parse_args(arguments)
    if options.check:
        files = "python_files=test_*.py more_*.py"  # the suite has the first only
        command = [sys.executable, "-m", "pytest", "-o", files, "tests/deploy"]
        return subprocess.call(command, cwd=ROOT)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        with stack(options.processes) as made:
            print(f"Liaisonatlas: {made.address} (processes on", end=" ")
            print(*(app.port for app in made.apps), sep=" and ", end="; ")
            print(f"logs in {made.folder}). Ctrl-C stops it.", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
