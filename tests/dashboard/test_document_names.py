"""Texts for readers name documents, releases and rows as a reader looks for them."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from dashboard import country_words, printed, snapshot
from dashboard.document_names import document_name, release_name, release_within, table_name
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.subjects import catalogue
from dashboard.subjects.answers import beforehand
from dashboard.subjects.answers.reply import answer
from dashboard.subjects.country import questions
from dashboard.subjects.country import report as country
from dashboard.subjects.site import content

NL, EN = texts_of("nl"), texts_of("en")
ANNEX, MISSIONS, LETTER = "bijlage-2025-11", "bijlage-2023-12", "kst-31015-94"
# Ids of documents and releases, for machines and in addresses, and the fields that hold those.
FOR_MACHINES = {
    *("document", "documents", "summary_documents", "release", "permalink", "url", "href"),
    *("iso3", "payload", "key", "sort"),
    "parts",  # of a cell: what its text says, in pieces with their addresses
}
# "rij 3" is followed by its table, or stands behind it: "tabel 1, rij 3", "‘Buurlanden’, rij 3".
ROW = re.compile(r"(?<![\w])(?:rij|rijen|row|rows) (?=\d)")
BEHIND = re.compile(r"(?:(?:tabel|table) \d+|’|appendix F), $")
BEFORE = re.compile(r"[^;|]*? (?:van|of) (?:(?:de |the )?(?:tabel|table)\b|‘)")
ASKED: dict[str, dict[str, Any]] = {
    "country": {"land": "ZAF"},
    "gaps": {"kinds": ("partner_only", "single", "mission_without_liaison")},
    "whatif": {"scenario": "bijlage-2025-11~~close.17"},
    "compare": {"sides": (LETTER, ANNEX)},
    "present": {"tour": ("overzicht", "dekking")},
}


ADDRESS = re.compile(r"\S*/\w*\?\S+")


def texts(value: object) -> Iterator[str]:
    """Every text in a report that a reader sees."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in FOR_MACHINES:
                yield from texts(getattr(value, field.name))


def without_table(text: str) -> bool:
    """Whether a text names a row and not the table that it is in."""
    return any(
        not BEHIND.search(text[: row.start()]) and not BEFORE.match(text[row.end() :])
        for row in ROW.finditer(text)
    )


def test_a_row_without_its_table_is_seen() -> None:
    assert without_table("NP Dubai (rij 17)") and without_table("rows 3 and 5")
    assert not without_table("rijen 3 (Lima) en 5 van tabel 1; rij 3 van tabel 2 (FILO)")
    assert not without_table("bijlage najaar 2025, tabel 1, rij 33")
    assert without_table("rij 3 van tabel 1; rij 5")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", catalogue.PAGES)
def test_no_text_of_a_report_holds_an_id_or_a_row_without_its_table(
    page: str, language: str
) -> None:
    ids = [*snapshot.documents().index, *snapshot.store().register()["release"]]
    known = re.compile("|".join(map(re.escape, ids)))
    report = catalogue.report(page, Filters(ANNEX, language, **ASKED.get(page, {})))
    told = [each for each in texts(dataclasses.replace(report, name="")) if "\n" not in each]
    told = [ADDRESS.sub("", each) for each in told]  # addresses keep the ids
    assert len(told) > 20
    assert not [each for each in told if known.search(each)]
    assert not [each for each in told if without_table(each)]


def names_an_id(told: Iterable[str]) -> list[str]:
    """The texts in which the id of a document or a release stands, not as part of an address."""
    ids = {*snapshot.documents().index, *snapshot.store().register()["release"]}
    known = re.compile("|".join(map(re.escape, ids)))
    return [each for each in told if known.search(each) and "://" not in each]


QUESTIONS = (
    *("Peru", "Ecuador", "als Dubai sluit", "is Moskou gesloten", "Nairobi", "EULEX"),
    *("missies 2023", "missies 2010"),
)
SUBJECTS = (
    *("kosten", "welke posten sluiten", "FILO", "KMar", "geen officier in Afrika"),
    *("prioritaire landen", "MoU"),
    *("waarom Peru", "criteria", "documenten", "kamerbrief 2013", "geplande posten"),
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("question", (*QUESTIONS, *SUBJECTS))
def test_no_answer_holds_an_id_or_a_row_without_its_table(question: str, language: str) -> None:
    reply = answer(texts_of(language), Filters(ANNEX, language), question)
    told = [*texts(dataclasses.replace(reply, leads=())), *(lead.label for lead in reply.leads)]
    assert len(told) > 1
    assert not names_an_id(told)
    assert not [each for each in told if without_table(each)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_printed_table_is_called_by_an_id(language: str) -> None:
    """Above, in and below each table of the page of the sources, and in its quotes."""
    t, told = texts_of(language), list[str]()
    for document in snapshot.documents().index:
        told.append(printed.title(t, document))
        for table in printed.tables_of(document):
            told += [printed.table_title(t, table), *printed.header(t, table)]
            told += texts(printed.body(table, table.rows[:3]))
            told.append(printed.quote(t, table, table.rows[0]))
    assert len(told) > 100
    assert not names_an_id(told)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_of_a_site_holds_an_id(language: str) -> None:
    """Its sources, the answers of its search and of a dossier (Ecuador: no mission)."""
    t, filters = texts_of(language), Filters(ANNEX, language, land="ECU")
    sources = dataclasses.replace(content.report(t, filters), name="")
    files = [section for section in sources.sections if section.key == "files"]  # names of files
    kept = [section for section in sources.sections if section not in files]
    told = list(texts(dataclasses.replace(sources, sections=kept)))
    for entry in beforehand.entries(t, filters):
        told += [entry["name"], entry["answer"], entry["source"]]
    for each in questions.answers(country.of(t, filters)):
        told += [each.question, each.answer, each.source]
    assert len(told) > 300
    assert not names_an_id(told)


def test_releases_are_called_by_what_they_hold() -> None:
    assert [release_name(NL, each) for each in (ANNEX, MISSIONS, LETTER)] == [
        *("Netwerk begin 2026", "Missies november 2023", "Kamerbrief 9 oktober 2013")
    ]
    assert release_name(EN, ANNEX) == "Network, early 2026"
    assert release_within(NL, ANNEX) == "het netwerk van begin 2026"
    assert release_name(NL, "bijlage-1999-01") == "bijlage-1999-01"  # not stored


def test_documents_and_tables_have_short_names() -> None:
    """Kamerstuk 31 015, nr. 94 is a letter; the annexes number their tables of the network."""
    assert document_name(NL, ANNEX) == "bijlage najaar 2025"
    assert document_name(EN, LETTER) == "letter to parliament of 9 October 2013"
    assert table_name(NL, "1. Gecombineerd Benelux LO-netwerk") == "tabel 1"
    assert table_name(NL, "Overzicht (peildatum 12 november 2025)") == "‘Overzicht’"
    assert table_name(EN, "brief") == "letter"
    assert table_name(NL, "table 2") == "tabel 2"  # what the facts call one without a title


@pytest.mark.parametrize(
    ("iso3", "dutch", "english"),
    [
        ("USA", "de Verenigde Staten hebben", "the United States has"),
        ("GBR", "het Verenigd Koninkrijk heeft", "the United Kingdom has"),
        ("PHL", "de Filipijnen hebben", "the Philippines has"),
        ("ECU", "Ecuador heeft", "Ecuador has"),
    ],
)
def test_a_verb_agrees_with_its_country(iso3: str, dutch: str, english: str) -> None:
    for t, said in ((NL, dutch), (EN, english)):
        words = country_words.agreeing(t, iso3, snapshot.names(t.language)[iso3])
        assert f"{words['land']} {words['has']}" == said


def test_a_part_of_the_world_takes_its_article_within_a_sentence() -> None:
    assert EN.area_within("Americas") == "the Americas" and EN.area("Americas") == "Americas"
    assert NL.area_within("Caribbean") == "het Caribisch gebied"
    assert NL.area_within("Africa") == "Afrika"
