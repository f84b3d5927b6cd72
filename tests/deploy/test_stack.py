"""The configuration of more processes than the two that `deploy/nginx` names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.deploy.stack import configure, free_ports, missing, running_nginx


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_nginx_takes_four_processes_and_each_has_its_cookie(tmp_path: Path) -> None:
    free = free_ports(7)
    configure(tmp_path, free[:3], apps := free[3:])
    text = (tmp_path / "liaisonatlas" / "http.conf").read_text(encoding="utf-8")
    shared = re.search(r"upstream liaisonatlas \{.*?\}", text, re.S)
    assert shared and {int(port) for port in re.findall(r"1:(\d+) max", shared[0])} == {*apps}
    for app in apps:
        assert f"    {app} liaisonatlas_{app};\n" in text
        alone = re.search(rf"upstream liaisonatlas_{app} \{{.*?\}}", text, re.S)
        assert alone and f"127.0.0.1:{app} max_fails" in alone[0] and " backup;" in alone[0]
    assert not re.search(r"850\d", re.sub(r"^ *#.*$", "", text, flags=re.M))
    with running_nginx(tmp_path):  # raises where nginx has a word against it
        pass
