"""Promises about every module: how long its functions are, its words, the libraries it knows."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PRODUCT = ("dashboard", "data", "geo", "pages")

# A function fits a screen; a module is as long as its noun.
LINES = 70

# Libraries that only these modules may know, so that each can be replaced in one place.
ONLY_IN = {
    "streamlit": r"pages/.*|dashboard/app\.py|dashboard/web/\w+\.py",
    "streamlit_folium": r"dashboard/web/drawing\.py",
    "folium": r"dashboard/figures/(maps|map_elements)\.py",
    "branca": r"dashboard/figures/(maps|map_elements)\.py",
    "plotly": r"dashboard/web/drawing\.py",
    "sqlalchemy": r"data/store/(migrations/.*|\w+\.py)",
    "alembic": r"data/store/(migrations/.*|database\.py)",
    "prometheus_client": r"dashboard/web/(metrics|health)\.py",
    "pythonjsonlogger": r"dashboard/web/logs\.py",
    "PIL": r"dashboard/exports/typesetting\.py",
    "pyproj": r"dashboard/exports/map_plane\.py|geo/shapes\.py|data/build/\w+\.py",
    "docx": r"data/documents/word\.py|dashboard/exports/word\.py",
    "scipy": r"geo/(covering|programme|rebalance)\.py",
    "pptx": r"dashboard/exports/slides?\w*\.py",
    "jinja2": r"dashboard/exports/(html|site_page)\.py",
    "lxml": r"data/documents/(odf|opendocument|calc|excel|excel_looks)\.py",
    "odfdo": r"data/documents/template\.py",
    "openpyxl": r"data/documents/template\.py|dashboard/exports/sheets_excel\.py",
    "pdfminer": r"data/documents/pdf/\w+\.py",
    "pdfplumber": r"data/documents/pdf/\w+\.py",
    "pypdfium2": r"data/documents/pdf/\w+\.py",
}


def python_files(*folders: str) -> list[Path]:
    """Every Python file under these folders of the checkout, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name(path: Path) -> str:
    """The path as it is written in the README."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", python_files(*PRODUCT, "tests"), ids=name)
def test_module_says_what_it_is(path):
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", python_files(*PRODUCT), ids=name)
def test_functions_fit_a_screen(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    lines = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {named: many for named, many in lines.items() if many > LINES} == {}


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Classes and functions of a module, and the methods of those classes, without a `_`."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for body in (tree.body, *(node.body for node in classes if not node.name.startswith("_"))):
        yield from (node for node in body if isinstance(node, kinds) and node.name[0] != "_")


@pytest.mark.parametrize("path", python_files(*PRODUCT), ids=name)
def test_everything_public_is_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [node.name for node in public(tree) if not ast.get_docstring(node)] == []


def imports(path: Path) -> set[str]:
    """Top-level names of all that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_known_in_few_places(library):
    """Wherever in a module the import stands."""
    strangers = [
        name(path)
        for path in python_files(*PRODUCT)
        if library in imports(path) and not re.fullmatch(ONLY_IN[library], name(path))
    ]
    assert strangers == []


def test_every_library_the_product_imports_is_a_direct_need():
    """What comes along with another package can leave with it."""
    ours = {*PRODUCT, *sys.stdlib_module_names}
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    # What a package is called where it is imported.
    names = {"python-docx": "docx", "python-pptx": "pptx", "pillow": "PIL"}
    names["python-json-logger"] = "pythonjsonlogger"
    names["pdfminer-six"] = "pdfminer"
    needs = {names.get(line, line).replace("-", "_") for line in lines if line[:1] not in "#"}
    built = python_files("data/build")  # runs with what the tests have
    found = {lib for path in python_files(*PRODUCT) if path not in built for lib in imports(path)}
    assert found - ours - needs == set()
