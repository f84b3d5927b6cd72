"""No sentence for readers stands in code: all of them come from the files of a language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# What draws text; each of these takes words from a locale file, never from its own line.
DRAWS = {
    *("title", "header", "subheader", "markdown", "caption", "text", "write", "button", "html"),
    *("info", "warning", "error", "success", "checkbox", "selectbox", "pills", "expander"),
    *("segmented_control", "text_input", "file_uploader", "download_button", "page_link"),
    *("popover", "slider", "spinner", "table", "figure", "badge", "dialog", "toast", "metric"),
}
NAMES = {"Nederlands", "English"}  # each language is called by its own name in both
# Words that no other thing than a sentence is made of.
DUTCH = re.compile(r"\b(het|een|niet|voor|deze|wordt|zijn|geen|landen|naar)\b", re.I)


def modules() -> Iterator[Path]:
    for folder in ("dashboard", "pages"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def texts(node: ast.AST) -> Iterator[str]:
    """The texts that stand literally in an argument, without what calls inside it are given."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        # As one, or a tag around a value would be taken for two texts.
        parts = (v.value if isinstance(v, ast.Constant) else "\0" for v in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.BinOp | ast.IfExp | ast.List | ast.Tuple):
        for child in ast.iter_child_nodes(node):
            yield from texts(child)


def words(text: str) -> str:
    """What a reader would see of it: neither tags nor marks nor icons."""
    text = re.sub(r"<(style|script)>.*?(</\1>|$)", "", text, flags=re.S)
    text = re.sub(r"<[^>]*(>|$)|:[a-z_/]+:|\(?#?\w+\)", " ", text)
    return " ".join(re.findall(r"[^\W\d_]{3,}", text))


@pytest.mark.parametrize("path", [*modules()], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_for_readers_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    drawn = [
        f"{node.lineno}: {found}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("st", "widgets", "figures")
        and node.func.attr in DRAWS
        for argument in [*node.args[:1], *(k.value for k in node.keywords if k.arg == "help")]
        for text in texts(argument)
        if (found := words(text)) and found not in NAMES
    ]
    assert drawn == []


@pytest.mark.parametrize("path", [*modules()], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_dutch_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    # A docstring may show what a function does with a Dutch text.
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [
        f"{node.lineno}: {node.value[:60]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        if DUTCH.search(node.value)
    ]
    assert found == []


def test_the_search_finds_text_in_code() -> None:
    call = ast.parse("st.button(f'<b>{name}</b> Open het dossier', key='open_it')").body[0]
    assert isinstance(call, ast.Expr) and isinstance(call.value, ast.Call)
    assert [words(text) for text in texts(call.value.args[0])] == ["Open het dossier"]
    plain = ast.parse("st.html(f\"<p class='group'>{escape(t('control.legend'))}</p>\")").body[0]
    assert isinstance(plain, ast.Expr) and isinstance(plain.value, ast.Call)
    assert [words(text) for text in texts(plain.value.args[0])] == [""]
