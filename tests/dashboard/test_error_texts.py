"""Every error that code raises has its texts, in both languages, and no text is left over.

What is raised is read from the code itself: an error is made by `DataError`, or by a function of
ours that hands its parameter `code` on to it, and the code is always written there, or comes from
a table.
"""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dashboard.i18n import LANGUAGES, texts_of
from dashboard.wording import ErrorText, detail_texts, error_line, error_text, field_name
from data.documents.opening import KINDS
from data.store import audit
from data.store.audit import DECIDED, IMPORT, WITHDRAW, Detail
from geo.errors import BroughtFileError, DataError, FaultsError
from geo.names.decisions import MEANINGS
from geo.reading.cellvalues import FIELDS

ROOT = Path(__file__).parents[2]
FOLDERS = ("geo", "data", "dashboard", "pages")
NOT_READ = ("data/build/", "geo/errors.py")  # no user meets the first; the second is `DataError`
MADE_BY = ("DataError", "LimitError")
# Where an error stands and what stands there; all other keywords are parameters of its texts.
PLACE = {"where", "place", "row", "line", "column", "value", "text", "key"}


@dataclass
class Module:
    """What one module says about errors."""

    tree: ast.Module
    tables: dict[str, list[str]] = field(default_factory=dict)  # constant -> the texts in it
    makers: set[str] = field(default_factory=set)  # functions that hand a code on
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> (module, its name)


@dataclass(frozen=True)
class Raised:
    """An error as one line of the code makes it."""

    place: str
    code: str
    params: frozenset[str]


def _modules(sources: Mapping[str, str]) -> dict[str, Module]:
    modules = {}
    for path, source in sources.items():
        module = Module(ast.parse(source))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in node.names:
                    module.imports[name.asname or name.name] = (node.module, name.name)
        for statement in module.tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
                target = getattr(statement, "target", None) or statement.targets[0]  # type: ignore[union-attr]
                if isinstance(target, ast.Name) and isinstance(statement.value, ast.Dict):
                    module.tables[target.id] = list(_texts(ast.Tuple(statement.value.values)))
        modules[path] = module
    _find_makers(modules.values())
    return modules


def _find_makers(modules: Iterable[Module]) -> None:
    """Note the functions that hand their first parameter `code` on, until there are no more."""
    names, before = set(MADE_BY), 0
    while len(names) > before:
        before = len(names)
        for module in modules:
            for function, call in _calls(module.tree):
                called = getattr(call.func, "attr", getattr(call.func, "id", ""))
                handed = call.args[:1] and getattr(call.args[0], "id", "") == "code"
                if called in names and handed and "code" in _parameters(function)[:1]:
                    module.makers.add(function.name)
        names |= set().union(*(module.makers for module in modules))


def _parameters(function: ast.FunctionDef) -> list[str]:
    names = [each.arg for each in function.args.args]
    return names[1:] if names[:1] == ["self"] else names


def _texts(node: ast.expr) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def raised(sources: Mapping[str, str]) -> list[Raised]:
    """Every error that modules, given as path -> source, make."""
    modules = _modules(sources)
    methods = set().union(*(module.makers for module in modules.values()))
    found = []
    for path, module in modules.items():
        names = {name: path_of(*origin) for name, origin in module.imports.items()}
        for function, call in _calls(module.tree):
            called = call.func
            if isinstance(called, ast.Name):
                origin = modules.get(names.get(called.id, path), module)
                known = module.imports.get(called.id, ("", called.id))[1]
                makes = called.id in MADE_BY or known in origin.makers
            else:
                assert isinstance(called, ast.Attribute)
                of_module = isinstance(called.value, ast.Name) and called.value.id in names
                makes = called.attr in methods and not of_module
            if makes and call.args:
                place = f"{path}:{call.lineno}"
                params = {each.arg for each in call.keywords if each.arg} - PLACE
                for code in _codes(call.args[0], function, module, place):
                    found.append(Raised(place, code, frozenset(params)))
    return found


def path_of(module: str, name: str) -> str:
    """The file of a module whose name is imported."""
    return f"{module.replace('.', '/')}.py"


Within = tuple[ast.FunctionDef, ast.Call]


def _calls(tree: ast.Module) -> Iterator[Within]:
    """Each call with the function around it, the innermost."""

    def within(node: ast.AST, function: ast.FunctionDef) -> Iterator[Within]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name | ast.Attribute):
                yield function, child
            yield from within(child, child if isinstance(child, ast.FunctionDef) else function)

    yield from within(tree, ast.FunctionDef("", ast.arguments([], [], None, [], [], None, []), []))


def _codes(node: ast.expr, function: ast.FunctionDef, module: Module, place: str) -> list[str]:
    """The codes that an argument may be; none where it is handed on."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return [
            code
            for each in (node.body, node.orelse)
            for code in _codes(each, function, module, place)
        ]
    if isinstance(node, ast.Attribute) and node.attr == "code":
        return []
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        if node.value.id in module.tables:
            return module.tables[node.value.id]
        if isinstance(node.slice, ast.Constant) and node.slice.value == "code":
            return []  # of a reader in a process of its own
    if isinstance(node, ast.Name):
        if node.id == "code" and node.id in _parameters(function):
            return []
        found = list(_bound(node.id, function, module, place))
        if found:
            return found
    raise AssertionError(f"{place}: the code of an error is neither written here nor in a table")


def _bound(name: str, function: ast.FunctionDef, module: Module, place: str) -> Iterator[str]:
    """What a name of a function may be: assigned, or by a loop over a table written there."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            yield from _codes(node.value, function, module, place)
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
            at = [getattr(each, "id", "") for each in node.target.elts]
            if name in at and isinstance(node.iter, ast.Tuple):
                for row in node.iter.elts:
                    assert isinstance(row, ast.Tuple)
                    yield from _codes(row.elts[at.index(name)], function, module, place)


def product() -> dict[str, str]:
    """path -> source of every module whose errors a user may meet."""
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    named = {str(path.relative_to(ROOT)): path for path in paths}
    return {
        name: path.read_text("utf-8")
        for name, path in named.items()
        if not name.startswith(NOT_READ)
    }


def gaps(text: str) -> frozenset[str]:
    """The names of the gaps in a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.fixture(scope="module")
def errors() -> list[Raised]:
    """Every error that the product makes."""
    return raised(product())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_texts_and_no_text_is_left_over(errors, language: str) -> None:
    codes = {each.code for each in errors}
    assert len(codes) > 150  # or the search finds nothing, and proves nothing
    wanted = {f"{code}.{part}" for code in codes for part in ErrorText._fields}
    assert wanted ^ texts_of(language).group("error").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gaps_of_the_texts_are_the_parameters_of_the_error(errors, language: str) -> None:
    texts = texts_of(language).group("error")
    for each in errors:
        parts = [texts[f"{each.code}.{part}"] for part in ErrorText._fields]
        assert gaps(" ".join(parts)) == each.params, (each.place, each.code)
        assert not any(part.endswith(".") for part in parts), each.code


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('DataError("moon", "x", 3, value="y", most=5)', [("moon", {"most"})]),
        ('DataError("high" if ok else "low", "x")', [("high", set()), ("low", set())]),
        ('T = {"a": "high", "b": "low"}\nDataError(T[x], "x")', [("high", set()), ("low", set())]),
        ('def f():\n code = "moon"\n return DataError(code, "x")', [("moon", set())]),
        ('for n, code in ((1, "high"), (2, "low")):\n DataError(code, "x")', None),
        (
            'def f():\n for n, code in ((1, "high"), (2, "low")):\n  DataError(code, "x", n=n)',
            [("high", {"n"}), ("low", {"n"})],
        ),
        (
            'def bad(code, value, **params):\n return DataError(code, "x", **params)\n'
            'bad("moon", 3, most=5)',
            [("moon", {"most"})],
        ),
        ('def f(reason):\n return DataError(reason, "x")', None),
        ('DataError(f"moon_{x}", "x")', None),
    ],
)
def test_errors_are_found_in_the_code(
    source: str, found: list[tuple[str, set[str]]] | None
) -> None:
    if found is None:
        with pytest.raises(AssertionError, match="neither written here nor in a table"):
            raised({"geo/invented.py": source})
        return
    assert [(each.code, set(each.params)) for each in raised({"geo/invented.py": source})] == found


def test_an_error_of_a_function_elsewhere_is_found() -> None:
    maker = 'def bad(code, **params):\n return DataError(code, "x", **params)'
    user = 'from geo.a import bad as wrong\nwrong("moon")\nother("sun")'
    assert [each.code for each in raised({"geo/a.py": maker, "geo/b.py": user})] == ["moon"]


@pytest.mark.parametrize(
    ("error", "dutch", "english"),
    [
        (
            DataError("too_many_rows", "a.csv", most=5000),
            "de tabellen hebben samen meer dan 5.000 rijen; meer wordt niet gelezen",
            "the tables hold more than 5,000 rows, the most that is read",
        ),
        (
            DataError("store_changed", "x", action="import", release="b-2", by="IPOL", at="noon"),
            "iemand anders heeft intussen iets veranderd (b-2 ingelezen door IPOL op noon)",
            "someone else changed the store in the meantime (b-2 was imported by IPOL at noon)",
        ),
        (
            DataError("store_restored", "x", by="local", at="noon"),
            "iemand anders heeft intussen iets veranderd (reservekopie teruggezet"
            " door lokaal op noon)",
            "someone else changed the store in the meantime"
            " (a backup was restored by local at noon)",
        ),
        (
            DataError("not_correctable", "x", fields=("host", "city")),
            "dit kan hier niet worden verbeterd; wel te verbeteren zijn: gastland, standplaats",
            "this cannot be corrected here; what can be corrected: host, city",
        ),
        (
            DataError("none_of_words", "x", column="status", words=("active", "planned")),
            "de waarde is niet een van actief, gepland",
            "the value is not one of active, planned",
        ),
        (
            DataError("content_of_other_kind", "x", kind="docx", content="picture"),
            "de naam eindigt op .docx, maar de inhoud is een afbeelding",
            "its name ends in .docx, but it holds a picture",
        ),
        (
            DataError("backup_not_made", "x", cause=DataError("database_refuses", "y", why="full")),
            "de database weigert (full)",
            "the database refuses (full)",
        ),
        (
            DataError("backup_lacks_releases", "x", lost=("a", "b"), entries=3),
            "in de opslag staat wat in deze reservekopie ontbreekt: document a, document b,"
            " en regels van het logboek (aantal: 3)",
            "the store holds what this backup lacks: release a, release b,"
            " and entries of the audit list (number: 3)",
        ),
        (
            DataError("decision_unknown", "x", printed="Zuid", meaning="country", wanted="QQQ"),
            "over 'Zuid' is beslist dat het land QQQ is; dat is niet bekend",
            "'Zuid' is decided to be the country QQQ, which is not known",
        ),
    ],
)
def test_why_in_both_languages(error: DataError, dutch: str, english: str) -> None:
    assert error_text(texts_of("nl"), error).reason == dutch
    assert error_text(texts_of("en"), error).reason == english


@pytest.mark.parametrize(
    ("error", "dutch", "english"),
    [
        (
            DataError("several_posts_fit", "x", posts=("25 KMar Nairobi", "26 KMar Nairobi")),
            "Noem de post met zijn rij, zoals rij 25 KMar Nairobi, rij 26 KMar Nairobi",
            "Name it by its row, such as row 25 KMar Nairobi, row 26 KMar Nairobi",
        ),
        (
            DataError("no_such_template", "x", kinds=("xlsx", "ods")),
            "Geef een naam die eindigt op .xlsx, .ods",
            "Give a name that ends in .xlsx, .ods",
        ),
        (
            DataError("no_kind_of_file", "x", what="map", endings=(".svg", ".png")),
            "Geef een naam die eindigt op .svg of .png",
            "Give a name that ends in .svg or .png",
        ),
    ],
)
def test_what_to_do_in_both_languages(error: DataError, dutch: str, english: str) -> None:
    assert error_text(texts_of("nl"), error).advice == dutch
    assert error_text(texts_of("en"), error).advice == english


def test_an_error_is_a_line_with_its_place_first() -> None:
    one = DataError("not_a_number", "f.csv", 3, "x", "veel")
    assert error_line(texts_of("en"), one) == (
        "f.csv, row 3, column x: the value is not a number (found 'veel'). "
        "Correct it there, or restore the file from version control."
    )
    assert error_line(texts_of("nl"), one) == (
        "f.csv, rij 3, kolom x: de waarde is geen getal (er staat 'veel'). "
        "Verbeter het daar, of zet het bestand terug uit het versiebeheer."
    )
    lines = error_line(texts_of("en"), FaultsError([one, DataError("no_year", "f.csv")])).split(
        "\n"
    )
    assert (
        len(lines) == 2
        and lines[1] == "f.csv: this is not a year. Write the year in four digits, such as 2026."
    )


# Raised about committed tables alone: nobody brings those.
COMMITTED_ALONE = {
    *("file_missing", "file_not_utf8", "no_complete_release", "no_readable_table"),
    *("no_such_document", "not_true_or_false", "row_of_other_length", "table_empty"),
}


def test_nobody_is_sent_to_version_control_about_a_file_of_their_own() -> None:
    t = texts_of("en")
    texts = t.group("error")
    codes = {
        key.removesuffix(".advice")
        for key, text in texts.items()
        if key.endswith(".advice") and "version control" in text
    }
    assert len(codes) > len(COMMITTED_ALONE)
    for code in codes - COMMITTED_ALONE:
        error = BroughtFileError.of(DataError(code, "a.csv", 3, "x", "y", rule="z"))
        assert error_text(t, error).advice == (
            "Nothing was stored. Correct it in that file and import it again"
        ), code


def test_every_word_that_an_error_takes_in_is_there() -> None:
    fields = {field for fields in FIELDS.values() for field in fields}
    for language in LANGUAGES:
        t = texts_of(language)
        assert fields == t.group("field").keys()
        assert set(FIELDS) == t.group("row_kind").keys()
    assert field_name(texts_of("nl"), "duty_iso3") == "land van de standplaats"
    assert field_name(texts_of("nl"), "a column of a reader") == "a column of a reader"
    assert "docx" in KINDS


def test_every_detail_of_the_audit_list_has_its_text() -> None:
    assert set(DECIDED) == set(MEANINGS)
    made = {*DECIDED.values(), "partial", "replaced", "replaced_entries"}
    made |= {f"{code}{more}" for code in ("corrected", "left_out") for more in ("", "_printed")}
    dutch, english = (texts_of(language).group("audit") for language in ("nl", "en"))
    assert made == dutch.keys() == english.keys()
    assert all(gaps(dutch[code]) == gaps(english[code]) for code in made)


def test_the_audit_list_in_words() -> None:
    settled = audit.written(
        [
            Detail("decided_country", {"printed": "Zuid", "value": "ZAF"}),
            Detail(
                "corrected_printed",
                {
                    "kind": "mission",
                    "row": 1200,
                    "field": "areas",
                    "value": "MLI NER",
                    "printed": "–",
                },
            ),
            Detail("corrected", {"kind": "LO", "row": 3, "field": "status", "value": "planned"}),
            Detail("left_out", {"kind": "multilateral", "row": 4, "value": "not of the police"}),
            Detail("partial"),
        ]
    )
    names = {"MLI": "Mali", "NER": "Niger"}
    assert detail_texts(texts_of("nl"), IMPORT, settled, names) == [
        "Zuid: land ZAF",
        "missie rij 1200, gebied: Mali, Niger (gedrukt: –)",
        "LO rij 3, status: gepland",
        "bij een organisatie rij 4, weggelaten: not of the police",
        "het netwerk is niet volledig",
    ]
    assert detail_texts(texts_of("en"), IMPORT, audit.written([]), {}) == []


def test_what_older_versions_or_people_wrote_is_shown_as_it_stands() -> None:
    old = "Zuid: country ZAF\nLO row 3, city: Rabat (printed: Rabbat)"
    assert detail_texts(texts_of("nl"), IMPORT, old, {}) == old.split("\n")
    for reason in ('[{"code": "partial"}]', "[x]", "3", ""):
        assert detail_texts(texts_of("nl"), WITHDRAW, reason, {}) == ([reason] if reason else [])
    for text in ("3", "[3]", '["a"]', "null", "[x"):
        assert audit.read(text) is None
