"""What a person is asked, in which order the answers stand, and what an answer means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.i18n import texts_of
from dashboard.subjects import review
from dashboard.subjects.comparison import changes
from data.imports import drafts
from data.imports.drafts import Draft
from data.load import reference
from data.store.read import Store
from geo.names.decisions import Decision
from geo.problems import TEXT, Problem, Where
from geo.reading.corrections import Correction
from geo.reading.result import DocumentReading

T = texts_of("nl")
NAMES = dict(reference("units").set_index("iso3")["name_nl"])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'atlas.db'}")


@pytest.fixture(scope="module")
def draft(next_annex: Path) -> Draft:
    return Draft(drafts.receive(next_annex.name, next_annex.read_bytes()), 0)


@pytest.fixture(scope="module")
def found(store: Store, draft: Draft) -> DocumentReading:
    return drafts.read(store, draft)


@pytest.fixture(scope="module")
def asked(found: DocumentReading) -> dict[str, review.Question]:
    return {q.problem.printed: q for q in review.questions(found, "fingerprint")}


def test_one_question_for_each_thing_to_settle(found: DocumentReading, asked):
    assert {printed: question.asks for printed, question in asked.items()} == {
        # What an organisation or a number is weighs more than one country of many.
        "AIVD": "organisation",
        "NP / GPI": "cell",
        "drie": "cell",
        "Congo": "name",
        "Vilnistan": "name",
    }
    assert list(asked) == ["AIVD", "NP / GPI", "drie", "Congo", "Vilnistan"]
    assert len(asked["Congo"].where) == 2  # both rows, with one answer
    assert review.open_count(found, list(asked.values())) == 5
    ids = {question.id for question in asked.values()}
    other = {question.id for question in review.questions(found, "another document")}
    assert len(ids) == 5 and not ids & other


def test_suggestions_come_first(asked):
    answers = list(review.answers(T, asked["Congo"], NAMES, ["Baltische staten"]))
    assert set(answers[:2]) == {"country COD", "country COG"}
    assert answers[2:6] == ["countries", "region Baltische staten", "not-a-country", "leave-out"]
    assert len(answers) == len(NAMES) + 5
    assert list(review.answers(T, asked["NP / GPI"], NAMES, [])) == [
        *("value NP", "value KMar", "value GPI", "value ", "row")
    ]
    assert review.answers(T, asked["drie"], NAMES, []) == {}  # to be typed


@pytest.mark.parametrize(
    ("printed", "answer", "meant"),
    [
        ("Congo", "country COD", ("country", "COD", "")),
        ("Congo", "region Sahel", ("region", "Sahel", "")),
        ("Vilnistan", "not-a-country", ("not-a-country", "", "")),
        ("Vilnistan", "countries EST LVA", ("countries", "EST LVA", "")),
        ("AIVD", "value GPI", ("organisation", "GPI", "")),
        ("AIVD", "value ", ("organisation", "", "")),
        ("Vilnistan", "leave-out", ("leave-out", "", "why")),
    ],
)
def test_a_decision(asked, printed: str, answer: str, meant: tuple[str, str, str]):
    reason = "why" if review.needs_reason(answer) else ""
    (made,) = review.settled(asked[printed], answer, reason, "desk")
    assert isinstance(made, Decision)
    assert (made.meaning, made.value, made.reason) == meant
    assert (made.printed, made.decided_by) == (printed, "desk") and made.decided_at


def test_a_correction(asked):
    (three,) = review.settled(asked["drie"], "value 3", "", "desk")
    assert three == Correction("mission", 2, "personnel", "3", "drie")
    assert review.needs_reason("row") and not review.needs_reason("value NP")
    (out,) = review.settled(asked["AIVD"], "row", "no police", "desk")
    assert out == Correction("LO", 5, "row", "no police", "AIVD")


def question(**problem: object) -> review.Question:
    """A question about rows 4 and 7 of the network."""
    first = Problem(**{"severity": "error", "code": "struck", "where": Where("T", 4)} | problem)
    return review.Question("id", review._asks(first), first, (Where("T"),), (("LO", 4), ("LO", 7)))


def test_one_answer_for_all_rows_with_the_same_words():
    note = question(code="note_decides", printed="Ook Oeganda", row=("LO", 4), field="as_read")
    assert list(review.answers(T, note, NAMES, [])) == ["as-it-is", "row"]
    assert review.settled(note, "as-it-is", "", "desk") == [
        Correction("LO", row, "as_read", "yes", "Ook Oeganda") for row in (4, 7)
    ]
    out = review.settled(note, "row", "why", "desk")
    assert out == [Correction("LO", row, "row", "why", "Ook Oeganda") for row in (4, 7)]


@pytest.mark.parametrize(
    ("code", "offered"),
    [
        ("table_repeated", ["leave-out", "as-it-is"]),
        ("table_version", ["leave-out", "as-it-is"]),
        ("no_area_column", ["as-it-is"]),
        ("unread_table", ["leave-out"]),
    ],
)
def test_answers_about_a_table(code: str, offered: list[str]):
    table = question(code=code, printed="Netwerk (2)", field="table")
    assert list(review.answers(T, table, NAMES, [])) == offered
    (made,) = review.settled(table, offered[-1], "why", "desk")
    assert (made.printed, made.meaning) == ("Netwerk (2)", offered[-1])


def test_a_heading_that_nobody_knows():
    heading = question(code="missing_area", printed="Zorgregio", field="table")
    options = review.answers(T, heading, NAMES, [])
    assert next(iter(options)) == "column area" and "column other" in options
    (made,) = review.settled(heading, "column area", "", "desk")
    assert (made.printed, made.meaning, made.value) == ("Zorgregio", "column", "area")


@pytest.mark.parametrize(
    ("field", "offered"),
    [
        ("status", ["value active", "value planned", "row"]),
        ("officers", [*(f"value {n}" for n in range(1, 7)), "row"]),
        ("countries", ["countries", "row"]),
        ("personnel", []),  # to be typed
    ],
)
def test_answers_for_one_cell(field: str, offered: list[str]):
    cell = question(code="ended", printed="x", row=("LO", 4), field=field)
    assert list(review.answers(T, cell, NAMES, [])) == offered


@pytest.mark.parametrize(
    ("text", "printed", "parts"),
    [
        ("Kenia / ook Togo / Benin", "ook Togo", ("Kenia / ", "ook Togo", " / Benin")),
        ("Kenia / ook  togo", "ook Togo", ("Kenia / ", "ook  togo", "")),
        ("Kenia", "Togo", ("Kenia", "", "")),
        ("Kenia", "Kenia", ("Kenia", "", "")),  # all of it is the doubt
        ("Kenia (1*)", "(1*)", ("Kenia ", "(1*)", "")),
    ],
)
def test_the_words_of_a_doubt_within_their_row(text: str, printed: str, parts: tuple[str, ...]):
    assert review.around(text, printed) == parts


def test_a_name_is_marked_where_lists_stand():
    row = "Congo - NP · Milaan · Italië / IT / Congo"
    assert review.around(row, "IT")[0] == "Congo - NP · Milaan · Italië / "  # not within a word
    assert review.around(row, "Congo", "host")[2] == " - NP · Milaan · Italië / IT / Congo"
    assert review.around(row, "Congo", "countries")[0] == "Congo - NP · Milaan · Italië / IT / "


def test_doubts_about_a_whole_row_are_one_question(found: DocumentReading):
    row = Problem("error", "struck", Where("T", 4), "Ghana", row=("LO", 4), field="as_read")
    note = replace(row, code="note_decides", printed="Tot 2027")
    other = replace(note, row=("LO", 7), where=Where("T", 7))
    reading = replace(found, problems=(row, replace(row, printed="Accra"), note, other))
    first, second = review.questions(reading, "fingerprint")
    # An answer about row 4 settles all that is in doubt there, so it shows all of it.
    assert (first.problem, first.rows) == (row, (("LO", 4),))
    assert [problem.printed for problem in first.beside] == ["Accra", "Tot 2027"]
    assert (second.problem, second.beside) == (other, ())


def test_every_row_of_a_question_is_shown(found: DocumentReading, asked):
    # Both rows of Kenya print the same; the mission's number was not read and is shown as printed.
    kenya = "Kenia-1 - KMar · Nairobi · Kenia / Zuid en Noord Soedan / Congo"
    assert review.contexts(asked["Congo"], found) == [kenya, kenya]
    assert review.contexts(asked["drie"], found) == ["EUMM Georgie · drie"]
    place = "1. Gecombineerd Benelux LO-netwerk, rijen 3 en 4"
    assert review.places(T, asked["Congo"]) == place


@pytest.mark.parametrize(
    ("where", "dutch"),
    [
        (Where("Oud", part="sheet"), "werkblad Oud"),
        (Where("3", part="page"), "bladzijde 3"),
        (TEXT, "lopende tekst"),
        (Where("f.docx", part="file"), "f.docx"),
        (Where("table 2", 5), "tabel 2, rij 5"),  # what the facts call one without a title
        (Where("Tabel, row 2", 5), "Tabel, row 2, rij 5"),  # a title is what it is
        (Where("postings", 5, "host", "data"), "tabel postings, rij 5, kolom host"),
    ],
)
def test_each_place_is_in_the_language_of_the_reader(where: Where, dutch: str):
    assert review.place(T, where) == dutch


def test_nothing_is_chosen_beforehand_for_a_name(found: DocumentReading, asked):
    assert asked["Congo"].problem.suggestions
    assert review.chosen_units(asked["Congo"], found) == []
    cell = question(code="host_excluded", printed="x", row=("LO", 1), field="countries")
    assert review.chosen_units(cell, found) == ["ECU", "PER", "BOL"]


def test_remarks_that_read_the_same_stand_there_once():
    where = Where("T", 4)
    remark = Problem("warning", "several_posts", where, "Ghana", {"posts": 2}, row=("LO", 4))
    listed = review.problems(T, (remark, replace(remark, row=("LO", 9))), NAMES)
    assert listed == [["T, rij 4", "Ghana", "Deze rij telt voor 2 posten", ""]]


def test_remarks_that_could_hide_a_fault(found: DocumentReading):
    seen = {p.code for p in found.warnings if review.hides_a_fault(p)}
    assert seen == {"small_network", "repeated_row", "total_differs"}


@pytest.mark.parametrize(
    ("meaning", "value", "line"),
    [
        ("country", "COD", "“x”: Congo-Kinshasa"),
        ("countries", "EST LVA", "“x”: Estland, Letland"),
        ("region", "Sahel", "“x”: Regio: Sahel"),
        ("not-a-country", "", "“x”: geen land"),
        ("leave-out", "", "“x”: weggelaten: why"),
        ("as-it-is", "", "“x”: goed zoals het is gelezen"),
        ("organisation", "GPI", "“x”: GPI – Belgische politie"),
        ("organisation", "", "“x”: Organisatie onbekend"),
        ("column", "area", "“x”: Hier staan de werkgebieden"),
    ],
)
def test_each_decision_in_one_line(meaning: str, value: str, line: str):
    assert review.decision_text(T, Decision("x", meaning, value, "why"), NAMES) == line


def test_undo_leaves_the_rest(draft: Draft):
    one, two = Decision("a", "country", "FRA"), Correction("LO", 1, "city", "x")
    both = Draft(draft.upload, 0, decisions=(one,), corrections=(two,))
    assert review.without(both, one) == Draft(draft.upload, 0, corrections=(two,))
    assert review.without(both, two) == Draft(draft.upload, 0, decisions=(one,))


def test_sentences_name_countries(found: DocumentReading):
    (row,) = [r for r in review.problems(T, found.warnings, NAMES) if r[1] == "Boliva"]
    assert row[0] == "1. Gecombineerd Benelux LO-netwerk, rij 1"
    assert str(row[2]).startswith("Gelezen als Bolivia: een spelfout")
    assert row[3] == "Bolivia"


def test_edits_quote_the_cell_they_correct(found: DocumentReading):
    posts, missions = review.editable(found)
    assert posts.loc[0, "countries"] == "ECU PER BOL"
    made = review.edits(posts, {0: {"city": "Guayaquil", "countries": "ECU"}, 2: {"theme": None}})
    assert list(made) == [
        Correction("LO", 1, "city", "Guayaquil", "Quito"),
        Correction("LO", 1, "countries", "ECU", "Equador / Peru / Boliva"),
        Correction("LO", 3, "theme", "", ""),
    ]
    assert list(review.edits(missions, {1: {"personnel": 3}})) == [
        Correction("mission", 2, "personnel", "3", "")
    ]


def test_the_changes_say_what_was_and_what_comes(store: Store, found: DocumentReading):
    difference = drafts.compare(store, found).changes
    heads, listed = changes.change_table(
        T, difference, reference("units").set_index("iso3")["name_nl"]
    )
    assert heads == ["Verandering", "Wat", "Was", "Wordt"]
    assert listed[:2] == [
        ["Land nieuw bediend", "Ecuador", "", "NP Quito (Ecuador)"],
        ["Land nieuw bediend", "Zambia", "", "GPI Lusaka (Zambia)"],
    ]
    lost = next(row for row in listed if row[1] == "China")
    assert lost == ["Land niet meer bediend", "China", "NP Beijing (China)", ""]
    up = next(row for row in listed if row[1] == "EULEX Kosovo")
    assert up == ["Missie met meer uitgezonden mensen", "EULEX Kosovo", "1", "2"]
    assert "Land nieuw bediend: 2" in changes.summary(listed)


def test_the_map_shows_kept_gained_and_lost(store: Store, found: DocumentReading):
    before = store.network("bijlage-2025-11")
    states = changes.states(reference("units"), before, drafts.network(found, ""))
    drawn = dict(zip(states["iso3"], states["state"], strict=True))
    # Ecuador is new, Kenya stays, China is gone, India never was, the Netherlands is home.
    codes = ("ECU", "KEN", "CHN", "IND", "NLD")
    assert [drawn[code] for code in codes] == ["gained", "kept", "lost", "none", "home"]
