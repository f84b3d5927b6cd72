"""A record is read field by field; nothing in it is believed."""

from __future__ import annotations

from typing import Any

import pytest

from data.parliament.papers import Answer, Paper, clean, file_name, link, merged, paper_of
from tests.data.parliament.house import WORD, annex, letter, name

BASE = "https://parliament.example/OData/v4/2.0"


def test_a_letter_in_its_dossier():
    paper = paper_of(letter(7, "Halfjaarbericht politie", Volgnummer=1300))
    assert paper == Paper(
        name(7),
        "2026D00007",
        "Brief regering",
        "Politie",
        "Halfjaarbericht politie",
        "2026-05-20",
        ("29628",),
        1300,
        "2026Z00007",
        "application/pdf",
        1000,
        False,
    )
    assert paper.citation == "kst-29628-1300"


def test_a_budget_has_a_suffix():
    record = letter(7, "x", Volgnummer=3) | {
        "Kamerstukdossier": [{"Nummer": 34550, "Toevoeging": "VI"}]
    }
    assert (paper_of(record) or Paper("")).citation == "kst-34550-VI-3"


# field -> what it may hold on a bad day; the paper then does not have it.
BAD: list[tuple[str, Any, str, Any]] = [
    *(
        ("DocumentNummer", bad, "number", "")
        for bad in (None, 5, [], "a b", "../x", "x" * 31, "-", "-o")
    ),
    *(("Soort", bad, "kind", "") for bad in (None, 5, {}, True)),
    *(("Titel", bad, "title", "") for bad in (None, 5, ["Politie"])),
    *(("Onderwerp", bad, "subject", "") for bad in (None, 5.5, {"nl": "x"})),
    *(
        ("Datum", bad, "date", "")
        for bad in (
            None,
            20260520,
            "",
            "gisteren",
            "2026-02-30T00:00:00",
            "0001-01-01",
            "9999-01-01",
        )
    ),
    *(
        ("Kamerstukdossier", bad, "dossiers", ())
        for bad in (None, 29628, "29628", [29628], [None], [{"Nummer": "29628"}], [{}], [[]])
    ),
    *(("Kamerstukdossier", [{"Nummer": bad}], "dossiers", ()) for bad in (-1, True, 1e5, 10**9)),
    *(("Volgnummer", bad, "sequence", None) for bad in (-1, 0, None, "12", 1.5, True, 10**12)),
    *(("Zaak", bad, "case", "") for bad in (None, "2026Z1", [{"Nummer": 5}], [{"Nummer": "a&b"}])),
    *(("ContentType", bad, "media", "") for bad in (None, 5, "pdf", "text/html; a='b'")),
    *(("ContentLength", bad, "size", None) for bad in (None, -1, "12", 10**12, 0.5)),
    *(("Verwijderd", bad, "removed", None) for bad in (None, "false", 0, [])),
]


@pytest.mark.parametrize(("field", "value", "attribute", "expected"), BAD)
def test_a_bad_day_of_a_field(field: str, value: Any, attribute: str, expected: Any):
    paper = paper_of(letter(7, "Liaison officers") | {field: value})
    assert paper and getattr(paper, attribute) == expected
    whole = paper_of(letter(7, "Liaison officers"))
    rest = {key for key in vars(paper) if vars(paper)[key] != vars(whole)[key]}
    assert rest <= {attribute}  # and the other fields stand as they were


@pytest.mark.parametrize("missing", sorted(letter(7, "x").keys() - {"Id"}))
def test_a_field_that_is_not_there(missing: str):
    record = letter(7, "Liaison officers")
    del record[missing]
    assert paper_of(record)


@pytest.mark.parametrize("bad", [None, 5, "", "x", "../../etc", name(7) + "/x", f"{{{name(7)}}}"])
def test_a_record_without_a_name_of_its_own_is_none(bad: Any):
    assert paper_of({"Id": bad, "Soort": "Bijlage"}) is None


@pytest.mark.parametrize("record", [None, 5, "x", [], [letter(7, "x")], {}])
def test_what_is_no_record(record: Any):
    answer = Answer()
    answer.add(record)
    assert (answer.papers, answer.unreadable.total()) == ({}, 1)


def test_texts_are_one_line_that_shows_all_its_signs():
    assert clean("a\x1b[31m\nb\u202e\0 c\t ") == "a [31m b c"
    assert clean("x" * 400) == "x" * 299 + "…"
    assert clean("<script>=1+1</script>") == "<script>=1+1</script>"  # escaped where it is drawn


def test_the_annexes_of_a_letter_and_the_letter_of_an_annex():
    first, second = Answer(), Answer()
    source, table = letter(1, "Halfjaarbericht"), annex(2, "Internationaal")
    first.add(source | {"BijlageDocument": [table, None, {"Id": 5}]})
    second.add(table | {"BronDocument": source})
    assert first.annexes == second.annexes == {(name(1), name(2))}
    assert first.papers == second.papers
    assert (first.unreadable.total(), second.unreadable.total()) == (1, 0)


def test_a_record_that_says_less_takes_nothing_away():
    whole = paper_of(letter(7, "Liaison officers", Volgnummer=12))
    assert whole
    brief = Paper(whole.id, subject="Liaison officers (herdruk)", dossiers=("31015",))
    both = merged(whole, brief)
    assert (both.subject, both.sequence, both.dossiers) == (
        "Liaison officers (herdruk)",
        12,
        ("29628", "31015"),
    )
    assert merged(whole, Paper(whole.id, removed=True)).removed is True
    assert merged(Paper(whole.id, removed=True), Paper(whole.id, removed=False)).removed is False


def test_where_a_person_can_read_it():
    published = paper_of(letter(1, "x", Volgnummer=895))
    fresh = paper_of(letter(1, "x"))
    table = paper_of(annex(2, "Internationaal"))
    assert published and fresh and table
    assert (
        link(published, None, BASE) == "https://zoek.officielebekendmakingen.nl/kst-29628-895.html"
    )
    page = "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail"
    assert link(fresh, None, BASE) == f"{page}?did=2026D00001&id=2026Z00001"
    assert link(table, published, BASE) == link(published, None, BASE)
    assert link(table, None, BASE) == f"{BASE}/Document({name(2)})/resource"


@pytest.mark.parametrize(
    ("said", "recorded", "ending"),
    [
        (WORD, None, ".docx"),
        ("application/pdf; charset=x", WORD, ".pdf"),
        ("application/octet-stream", WORD, ".docx"),
        ("", "application/vnd.invented", ""),
    ],
)
def test_the_name_of_a_file(said: str, recorded: str | None, ending: str):
    paper = paper_of(annex(2, "x", ContentType=recorded))
    assert paper and file_name(paper, said) == f"2026D00002{ending}"
