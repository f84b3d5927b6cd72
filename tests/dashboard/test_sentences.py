"""Every English sentence that code may put on the screen has a Dutch form in locales/nl.

The sentences are found in the code itself: what is passed as `reason`, `advice` or `message`, or
kept under such a name. An f-string is followed through constants, local names and branches; what
only a run can tell becomes a gap.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dashboard.i18n import Words, words
from geo.reading.cellvalues import FIELDS

ROOT = Path(__file__).parents[2]
SCANNED = ("geo/**/*.py", "data/**/*.py", "dashboard/**/*.py", "pages/*.py")
NOT_ON_SCREEN = {
    "data/build/": "makes the reference files; a developer reads what it says",
    "data/store/migrations/": "run inside a transaction; the database says what it refuses",
    "data/store/backup.py": "only the command line makes a backup or restores one",
    "dashboard/__main__.py": "the command line",
    "dashboard/exports/house_style.py": "read when the product starts, on the command line",
    "dashboard/exports/house_check.py": "read when the product starts, on the command line",
    "dashboard/cli/arguments.py": "the command line",
    "dashboard/cli/export.py": "the command line",
    "dashboard/cli/commands.py": "the command line",
    "data/files.py": "only the command line writes files",
    "dashboard/cli/scenario_questions.py": "the command line",
}
SPOKEN = ("reason", "advice", "message")  # names under which code keeps a sentence
# A ValueError of these becomes the reason of a DataError, see `geo.reading.corrections`.
WORDED_ERRORS = ("geo/reading/cellvalues.py", "geo/names/decisions.py")
GAP = "\N{WHITE SQUARE}"

Options = tuple[str, ...]
Env = dict[str, Options]


@dataclass
class Code:
    """What the modules together say about names: constants, functions, and where sentences go."""

    modules: dict[str, ast.Module]
    constants: Env = field(default_factory=dict)
    dicts: dict[str, ast.Dict] = field(default_factory=dict)
    texts: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)  # what gives a text
    sinks: dict[str, dict[str, int]] = field(default_factory=dict)  # callable -> name -> position

    def __post_init__(self) -> None:
        for tree in self.modules.values():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    self._take_function(node)
                elif isinstance(node, ast.ClassDef):
                    fields = [
                        each.target.id
                        for each in node.body
                        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
                    ]
                    self._take_sink(node.name, fields)

    def _take_function(self, node: ast.FunctionDef) -> None:
        if isinstance(node.returns, ast.Name) and node.returns.id == "str":
            marks = [each.id for each in node.decorator_list if isinstance(each, ast.Name)]
            called = f".{node.name}" if "property" in marks else node.name
            self.texts.setdefault(called, []).append(node)
        names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
        self._take_sink(node.name, names[1:] if names[:1] == ["self"] else names)

    def _take_sink(self, name: str, parameters: list[str]) -> None:
        for place, parameter in enumerate(parameters):
            if parameter in SPOKEN:
                self.sinks.setdefault(name, {})[parameter] = place


class Reader:
    """The sentences of one module, in the order of its lines."""

    def __init__(self, code: Code, path: str, asked: list[str] | None = None) -> None:
        self.code, self.path = code, path
        self.returned: list[str] = []
        self._asked = [] if asked is None else asked  # followed now: a function may call itself
        self.found: list[tuple[int, str]] = []
        self.kept: list[tuple[int, str]] = []  # under a name; may be a part of a sentence
        self.parts: set[str] = set()

    def sentences(self) -> Iterator[tuple[str, str]]:
        self.block(self.code.modules[self.path].body, self.code.constants)
        whole = [each for each in self.kept if each[1] not in self.parts]
        for line, text in dict.fromkeys([*self.found, *whole]):
            if re.search(r"[A-Za-z].* |  *[A-Za-z]", text):  # one word is a code
                yield f"{self.path}:{line}", text

    def block(self, body: Iterable[ast.stmt], env: Env) -> Env | None:
        """What names may be after `body`; None where it never comes to its end."""
        now: Env | None = dict(env)
        for statement in body:
            if now is not None:
                now = self.statement(statement, now)
        return now

    def statement(self, node: ast.stmt, env: Env) -> Env | None:
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.expr):
                self.calls(part, env)
        if isinstance(node, ast.Return) and node.value:
            self.returned += self.options(node.value, env)
        if isinstance(node, ast.Return | ast.Raise | ast.Continue | ast.Break):
            is_reason = isinstance(node, ast.Return) and self.path.startswith("geo/")
            if is_reason and isinstance(node.value, ast.Tuple):
                for each in node.value.elts[:1]:  # (reason, what goes with it)
                    texts = self.options(each, env)
                    self.found += [(node.lineno, text) for text in texts if " " in text]
            return None
        if isinstance(node, ast.FunctionDef):
            self.block(node.body, env | _parameters(node))
        elif isinstance(node, ast.ClassDef):
            self.block(node.body, env)
        elif isinstance(node, ast.If):
            return _merged(self.block(node.body, env), self.block(node.orelse, env))
        elif isinstance(node, ast.For):
            inside = env | self.loop(node, env)
            return _merged(self.block([*node.body, *node.orelse], inside), env)
        elif isinstance(node, ast.While):
            return _merged(self.block([*node.body, *node.orelse], env), env)
        elif isinstance(node, ast.With):
            return self.block(node.body, env)
        elif isinstance(node, ast.Try):
            done = self.block([*node.body, *node.orelse], env)
            failed = _merged(self.block(node.body, env), env)
            for handler in node.handlers:
                done = _merged(done, self.block(handler.body, failed or env))
            return done if done is None else self.block(node.finalbody, done)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value:
            self.assign(node, env)
        return env

    def assign(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign, env: Env) -> None:
        assert node.value
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                # What a star takes is a list, and no sentence.
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for name, value in pairs:
                if not isinstance(name, ast.Name):
                    continue
                made = self.options(value, env)
                if isinstance(node, ast.AugAssign):
                    before = env.get(name.id, (GAP,))
                    self.parts |= set(before)
                    made = tuple(a + b for a, b in itertools.product(before, made))
                env[name.id] = made
                if name.id in SPOKEN:
                    self.kept += [(node.lineno, text) for text in made]

    def loop(self, node: ast.For, env: Env) -> Env:
        """What the names of a loop over plain words, or over a table of them, may be."""
        named, over = node.target, node.iter
        if isinstance(named, ast.Name) and isinstance(over, ast.Tuple):
            return {named.id: _joined(self.options(each, env) for each in over.elts)}
        if isinstance(named, ast.Tuple) and isinstance(over, ast.Call):
            table = over.func.value if isinstance(over.func, ast.Attribute) else None
            first = named.elts[0]
            if isinstance(table, ast.Name) and isinstance(first, ast.Name):
                known = self.code.dicts.get(table.id)
                if known:
                    return {first.id: _joined(self.options(k, env) for k in known.keys if k)}
        return {each.id: (GAP,) for each in ast.walk(named) if isinstance(each, ast.Name)}

    def calls(self, node: ast.expr, env: Env) -> None:
        for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            sinks = self.code.sinks.get(name, {})
            if name == "ValueError" and self.path in WORDED_ERRORS:
                sinks = {"reason": 0}
            said = [word.value for word in call.keywords if word.arg in sinks]
            said += [call.args[place] for place in sinks.values() if place < len(call.args)]
            self.found += [(call.lineno, text) for each in said for text in self.options(each, env)]

    def options(self, node: ast.expr, env: Env) -> Options:
        """All texts that an expression may be, with GAP for what only a run can tell."""
        if isinstance(node, ast.Constant):
            return (node.value,) if isinstance(node.value, str) else (GAP,)
        if isinstance(node, ast.Name):
            return env.get(node.id) or (GAP,)
        if isinstance(node, ast.IfExp):
            return _joined((self.options(node.body, env), self.options(node.orelse, env)))
        if isinstance(node, ast.BoolOp):
            return _joined(self.options(each, env) for each in node.values)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self.chained((node.left, node.right), env)
        if isinstance(node, ast.JoinedStr):
            return self.chained(node.values, env)
        if isinstance(node, ast.FormattedValue):
            return self.options(node.value, env) if node.format_spec is None else (GAP,)
        if isinstance(node, ast.Attribute):
            return self.given(f".{node.attr}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self.given(node.func.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return self.method(node, node.func, env)
        return (GAP,)

    def chained(self, nodes: Iterable[ast.expr], env: Env) -> Options:
        each = [tuple(text or GAP for text in self.options(node, env)) for node in nodes]
        self.parts |= {text for texts in each for text in texts}
        return tuple("".join(texts) for texts in itertools.product(*each))

    def method(self, node: ast.Call, called: ast.Attribute, env: Env) -> Options:
        """`text.rstrip(…)` is a text; `_TABLE.get(…, otherwise)` any value of that table."""
        if called.attr in ("rstrip", "strip"):
            return self.options(called.value, env)
        known = self.code.dicts.get(called.value.id) if isinstance(called.value, ast.Name) else None
        if called.attr != "get" or known is None:
            return (GAP,)
        return _joined(self.options(each, env) for each in (*known.values, *node.args[1:]))

    def given(self, name: str) -> Options:
        """The sentences, or parts of one, that a function or property of ours gives."""
        found: list[Options] = []
        if name not in self._asked:
            self._asked.append(name)
            for function in self.code.texts.get(name, []):
                inner = Reader(self.code, self.path, self._asked)
                inner.block(function.body, self.code.constants | _parameters(function))
                found.append(tuple(inner.returned))
                self.parts |= inner.parts
            self._asked.pop()
        return _joined(found) or (GAP,)


def _parameters(function: ast.FunctionDef) -> Env:
    return {each.arg: (GAP,) for each in (*function.args.args, *function.args.kwonlyargs)}


def _joined(options: Iterable[Options]) -> Options:
    return tuple(dict.fromkeys(text for each in options for text in each))


def _merged(one: Env | None, other: Env | None) -> Env | None:
    if one is None or other is None:
        return one if other is None else other
    return {name: _joined((one.get(name, ()), other.get(name, ()))) for name in one | other}


def read(sources: dict[str, str]) -> dict[str, list[str]]:
    """Sentence -> the places that say it, of modules given as path -> source."""
    code = Code({path: ast.parse(source) for path, source in sources.items()})
    for path, tree in code.modules.items():
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict):
                    code.dicts[target.id] = node.value
                elif isinstance(target, ast.Name):
                    Reader(code, path).assign(node, code.constants)
    found: dict[str, list[str]] = {}
    for path in code.modules:
        for place, text in Reader(code, path).sentences():
            found.setdefault(text, []).append(place)
    return found


def on_screen() -> dict[str, str]:
    """path -> source of every module whose sentences a screen may show."""
    paths = sorted({path for pattern in SCANNED for path in ROOT.glob(pattern)})
    named = {str(path.relative_to(ROOT)): path for path in paths}
    return {
        name: path.read_text("utf-8")
        for name, path in named.items()
        if not name.startswith(tuple(NOT_ON_SCREEN))
    }


class Wordless(Words):
    """Dutch of which nothing is left but the gaps: what has letters then was not translated."""

    def __init__(self) -> None:
        super().__init__("nl")
        self._texts = {key: _gaps(text) for key, text in self._texts.items()}
        self._forms = [(form, _gaps(text)) for form, text in self._forms]


def _gaps(text: str) -> str:
    return " ".join(["–", *re.findall(r"\{\w+\}", text)])


def in_dutch(sentence: str, dutch: Words) -> bool:
    """Whether nothing English is left of a sentence."""
    return not re.search(r"[^\W\d_]", dutch.known(sentence))


def test_every_sentence_of_an_error_or_doubt_is_there_in_dutch() -> None:
    dutch = Wordless()
    found = read(on_screen())
    assert len(found) > 150  # or the search finds nothing, and proves nothing
    missing = {text: places for text, places in found.items() if not in_dutch(text, dutch)}
    assert missing == {}


def test_what_the_screen_never_shows_is_still_there() -> None:
    for name in NOT_ON_SCREEN:
        assert (ROOT / name).exists(), name


def test_every_word_that_a_sentence_takes_in_is_there_in_dutch() -> None:
    fields = {field for fields in FIELDS.values() for field in fields}
    known = words("nl").group("sentence")
    assert (fields | {"active", "planned", "coalition"}) - known.keys() == set()


def test_dutch_fills_the_gaps_of_its_english_sentence() -> None:
    """In the English one they are numbered as they come, for so a form is read."""
    for english, dutch in words("nl").group("sentence").items():
        gaps = re.findall(r"\{(\w+)\}", english)
        assert gaps == [str(number) for number in range(len(gaps))], english
        assert sorted(re.findall(r"\{(\w+)\}", dutch)) == gaps, english
        assert not english.endswith(".") and not dutch.endswith("."), english


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ('raise DataError("x", "the moon is full")', "the moon is full"),
        ('raise DataError("x", "the file is empty", advice="Look up.")', "Look up."),
        ('advice = "Look"\nadvice += " up."\nDataError("x", "", advice=advice)', "Look up."),
        ('MOON = "moon"\ndef f():\n return refusal(f"the {MOON} is full", "")', "the moon is full"),
        ('def f(n):\n message = f"It has {n:,} moons."\n use(message)', f"It has {GAP} moons."),
        ('def f(ok):\n DataError("x", "it is " + ("high" if ok else "low"))', "it is low"),
        ('_OF = {"a": "high"}\ndef f(x):\n DataError("x", _OF.get(x, "too low"))', "too low"),
    ],
)
def test_a_sentence_without_dutch_is_found(source: str, sentence: str) -> None:
    where = ("geo/errors.py", "geo/problems.py", "data/documents/limits.py")  # what is called
    called = {path: text for path, text in on_screen().items() if path in where}
    found = read(called | {"geo/invented.py": source})
    assert sentence in found
    assert not in_dutch(sentence, Wordless())


def test_a_part_that_is_left_in_english_is_found() -> None:
    dutch = Wordless()
    assert in_dutch("its name ends on .x, but it holds a picture".replace("x", GAP), dutch)
    assert not in_dutch(f"its name ends on .{GAP}, but it holds a moon", dutch)
    assert not in_dutch("Save it again. Look up.", dutch)
