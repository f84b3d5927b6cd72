"""Problems are codes: each that the code may make has its words, and what goes into them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import records
from dashboard.i18n import LANGUAGES, texts_of
from dashboard.wording import ErrorText, cell_text, line_of, problem_text
from geo.names.resolver import REASONS
from geo.problems import Problem, Where

ROOT = Path(__file__).parents[2]
NAMES = {"KEN": "Kenia", "BDI": "Burundi"}
FILE = Where("f.docx", part="file")


def codes() -> Iterator[str]:
    """Every word in geo and data that is the code of a problem, or has the form of one."""
    known = texts_of("en").group("problem").keys()
    for path in [*ROOT.glob("geo/**/*.py"), *ROOT.glob("data/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = {"error": 0, "warning": 0, "Problem": 1, "_list": 1}.get(called)
            code = node.args[place] if place is not None and len(node.args) > place else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value
        text = path.read_text(encoding="utf-8")
        yield from set(re.findall(r'"([a-z_]+)"', text)) & known


def test_every_code_has_words_and_all_words_are_of_a_code():
    worded = {key for key in texts_of("nl").group("problem") if "." not in key}
    assert set(codes()) == worded


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_has_words(language: str):
    assert set(texts_of(language).group("problem.reason")) == set(REASONS) - {"ambiguous"}


DECIDED = {"meaning": "country", "why": "", "by": "afd. X.", "on": "2026-05-12"}


@pytest.mark.parametrize(
    ("code", "params", "dutch"),
    [
        (
            "misspelling",
            {"country": "KEN", "alike": 91},
            "Gelezen als Kenia: een spelfout (91 % gelijk)",
        ),
        (
            "decided_country",
            DECIDED | {"country": "KEN"},
            "Gelezen als Kenia, zoals afd. X. besliste op 12 mei 2026",
        ),
        # What a document prints or a person writes is quoted as it is.
        (
            "corrected",
            {"field": "personnel", "before": "1,234", "after": "1234"},
            "Met de hand verbeterd: aantal: 1,234 → 1234",
        ),
        (
            "corrected",
            {"field": "theme", "before": "", "after": "{x} → KEN"},
            "Met de hand verbeterd: taakaccent: niet vermeld → {x} → KEN",
        ),
        (
            "corrected",
            {"field": "countries", "before": "KEN", "after": "KEN BDI"},
            "Met de hand verbeterd: landen: Kenia → Kenia, Burundi",
        ),
        (
            "name_left_out",
            {"name": "a\nb", "meaning": "not-a-country", "why": "", "by": "", "on": ""},
            "Uit de lijst weggelaten: a\nb (geen land), beslist door iemand op een onbekende dag",
        ),
        (
            "far",
            {"country": "KEN", "km": 6616, "host": "BDI"},
            "Kenia ligt 6.616 km van het gastland Burundi; misschien is het verkeerd gelezen",
        ),
        (
            "named_in_explanation",
            {"names": ("Rusland", "Iran")},
            "Staat in de toelichting en telt niet: Rusland, Iran",
        ),
        (
            "no_country",
            {"reason": "ambiguous", "note_nl": "twee landen", "note_en": "two countries"},
            "Het is niet zeker welk land dit is: twee landen",
        ),
        (
            "no_country",
            {"reason": "unknown"},
            "Het is niet zeker welk land dit is: wij kennen geen land met deze naam",
        ),
    ],
)
def test_a_problem_in_dutch(code: str, params: dict[str, object], dutch: str):
    assert (
        problem_text(texts_of("nl"), Problem("error", code, Where("T"), "x", params), NAMES)
        == dutch
    )


def test_the_value_of_a_cell():
    t = texts_of("nl")
    assert cell_text(t, "host", "KEN", NAMES) == "Kenia"
    assert cell_text(t, "theme", "KEN", NAMES) == "KEN"  # a theme is no code
    assert cell_text(t, "status", "planned", NAMES) == "gepland"
    assert cell_text(t, "organisation", "", NAMES) == "organisatie onbekend"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_that_asks_ends_on_its_question_mark(language: str) -> None:
    """In the record of a reading and on the command line, which both print it as a sentence."""
    t = texts_of(language)
    small = Problem("warning", "small_network", FILE, "8", {"before": 55, "now": 8})
    lead = Problem("error", "unknown_lead", FILE, "Bureau X")
    finding = Problem("warning", "misspelling", FILE, "Kena", {"country": "KEN", "alike": 91})
    for problem, end in ((small, "?"), (lead, "?"), (finding, ".")):
        said = problem_text(t, problem, NAMES)
        message = str(records.problem(problem, said)["message"])
        line = line_of(t, str(problem.where), ErrorText(said, "Do it"))
        assert message.endswith(end) and not re.search(r"[.?!][.?!]", message + line)
        assert line.endswith(f"{end} Do it.")
