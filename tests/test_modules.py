"""Promises about every module: its name, how long its functions are, the libraries it knows.

That modules, classes and functions say what they are is a rule of ruff (D100 to D103).
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

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
    "httpx2": r"data/parliament/client\.py",  # the one outgoing request
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
    "odfdo": r"data/documents/sheet_files\.py",
    "openpyxl": r"data/documents/sheet_files\.py|dashboard/exports/sheets_excel\.py",
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


@cache
def tree(path: Path) -> ast.Module:
    """What Python reads in a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def test_modules_are_named_after_a_noun():
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [name(path) for path in python_files(*PRODUCT, "tests") if path.stem in vague] == []


def test_functions_fit_a_screen():
    """Counted in lines; ruff knows statements and branches only."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        (name(path), node.name)
        for path in python_files(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, kinds) and (node.end_lineno or 0) - node.lineno >= LINES
    ]
    assert long == []


def test_no_modules_import_each_other_in_a_circle():
    """Wherever in a module the import stands; `prepare` raises CycleError with the circle."""
    graph = grimp.build_graph(*PRODUCT, cache_dir=None)
    needs = {each: graph.find_modules_directly_imported_by(each) for each in graph.modules}
    TopologicalSorter(needs).prepare()


@cache
def imports(path: Path) -> set[str]:
    """Top-level names of all that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_libraries_are_known_in_few_places():
    """Wherever in a module the import stands."""
    strangers = [
        (library, name(path))
        for path in python_files(*PRODUCT)
        for library in imports(path) & set(ONLY_IN)
        if not re.fullmatch(ONLY_IN[library], name(path))
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
