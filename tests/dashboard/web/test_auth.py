"""The check stands before the act: whoever is no editor changes nothing, by whatever way."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import snapshot
from dashboard.settings import Settings
from dashboard.web import actions, auth
from dashboard.web.auth import EDITOR, NOBODY, VIEWER
from data.imports import drafts
from data.parliament import arrivals
from data.store.read import Store
from geo.errors import DataError
from tests.data.parliament.house import House, annex, opened
from tests.data.parliament.house import name as house_name

ROOT = Path(__file__).parents[3]
ACTS = {f"data.store.{name}" for name in ("write", "write.add", "write.withdraw", "write.restore")}
ANNEX = ROOT / "tests" / "annexes" / "clear.txt"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    found = Store(f"sqlite:///{tmp_path / 'atlas.db'}")
    monkeypatch.setattr(snapshot, "store", lambda: found)
    monkeypatch.setattr(auth, "sign_in", lambda: None)
    return found


@pytest.fixture
def house(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Parliament with an annex that the store knows of."""
    with opened() as server:
        server.papers = [annex(2, "Internationaal")]
        server.files[house_name(2)] = ("text/plain", ANNEX.read_bytes())
        arrivals.look(store, server.base)
        server.requests.clear()
        chosen = replace(Settings.from_environment(), open_data=server.base)
        monkeypatch.setattr(snapshot, "settings", lambda: chosen)
        yield server


@pytest.mark.parametrize("role", [VIEWER, NOBODY])
def test_only_an_editor_changes_the_store(
    store: Store, house: House, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafts.begin(store, drafts.receive(ANNEX.name, ANNEX.read_bytes()))
    found = drafts.read(store, draft)
    revision, monkey = store.revision(), monkeypatch
    acts: list[Callable[[], object]] = [
        lambda: actions.receive(ANNEX.name, ANNEX.read_bytes()),
        lambda: actions.take_in(draft, found, "redactie"),
        lambda: actions.withdraw("bijlage-2023-12", "redactie", "een reden"),
        lambda: actions.restore("bijlage-2023-12", "redactie"),
        lambda: actions.dismiss_paper(house_name(2), "redactie", "een reden"),
        lambda: actions.reopen_paper(house_name(2)),
        lambda: actions.look_for_papers(),
        lambda: actions.fetch_paper(house_name(2)),
    ]
    monkey.setattr(auth, "role", lambda: role)
    for act in acts:
        with pytest.raises(DataError, match="editors_only"):
            act()
    assert store.revision() == revision and store.audit().empty
    assert house.requests == []
    # The same acts by an editor: what was refused was refused for the role alone.
    monkey.setattr(auth, "role", lambda: EDITOR)
    for act in acts:
        act()
    assert len(house.requests) == 6
    assert list(store.audit()["action"])[::-1] == ["import", "withdraw", "restore"]


@pytest.mark.parametrize(
    ("headers", "role"),
    [
        ({"Host": "127.0.0.1:8501"}, EDITOR),
        ({"Host": "localhost:8501"}, EDITOR),
        ({"Host": "[::1]:8501"}, EDITOR),
        ({"Host": "atlas.example"}, VIEWER),
        ({"Host": "localhost.atlas.example:8501"}, VIEWER),
        ({"Host": "127.0.0.1:8501", "X-Forwarded-For": "10.0.0.7"}, VIEWER),
        ({"Host": "127.0.0.1:8501", "Forwarded": "for=10.0.0.7"}, VIEWER),
        ({"Host": "127.0.0.1:8501", "x-real-ip": "10.0.0.7"}, VIEWER),
        # The installation is for others too: some proxies pass on no word of theirs.
        ({"Host": "127.0.0.1:8501", "served": "yes"}, VIEWER),
    ],
)
def test_without_sign_in_only_who_sits_here_edits(
    headers: dict[str, str], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth, "sign_in", lambda: None)
    address = "https://atlas.example" if headers.pop("served", "") else "http://127.0.0.1:8501"
    monkeypatch.setattr(snapshot, "settings", lambda: SimpleNamespace(address=address))
    monkeypatch.setattr(auth.st, "context", SimpleNamespace(headers=headers))
    assert auth.role() == role


def test_only_the_actions_and_the_command_line_change_the_store() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if f"{node.module}.{alias.name}" in ACTS
    }
    assert knowing == {"dashboard/cli/keeping.py", "dashboard/web/actions.py"}


def test_only_the_actions_and_the_command_line_ask_parliament_or_settle_its_papers() -> None:
    acts = {f"papers.{name}" for name in ("keep", "dismiss", "reopen", "fetched", "gone")}
    acts |= {f"arrivals.{name}" for name in ("look", "fetch", "brought")}
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in acts
    }
    assert knowing == {"dashboard/cli/news.py", "dashboard/web/actions.py"}


def test_every_fragment_asks_first_who_the_reader_is() -> None:
    """It is drawn again without the page, so also after the hours of a sign-in are over."""
    fragments = [
        node
        for path in [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(each).startswith("st.fragment") for each in node.decorator_list)
    ]
    assert [node.name for node in fragments] == ["_folded", "panel"]
    for node in fragments:
        first = node.body[1]  # after the docstring
        assert ast.unparse(first) == "auth.turn_away()"


def test_only_the_shared_uploader_asks_for_files() -> None:
    """The guard lets in what it was told to expect, see `request_guard.Uploads`."""
    asking = [
        path.name
        for path in [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")]
        if "st.file_uploader(" in path.read_text(encoding="utf-8")
    ]
    assert asking == ["widgets.py"]
