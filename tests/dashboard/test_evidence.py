"""What other public sources say: in words, with their source, and counted nowhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import pandas as pd
import pytest

from dashboard import evidence, records, snapshot
from dashboard.exports.word import word
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import Table
from dashboard.subjects.country import report as country
from dashboard.subjects.overview import Overview
from data import load
from data.load import reference
from geo.options import Choice

pytestmark = pytest.mark.usefixtures("module_store")

ANNEX = "bijlage-2025-11"
# As evidence/posts.csv among the documents has them, in the rows of 2023-03 and 2025 on Colombia;
# of the first without the name of the minister's site.
MINISTER = ".belgium.be/nl/versterkte-samenwerking-met-ecuador-en-colombia-"
BELGA = "https://www.belganewsagency.eu/minister-proposes-police-liaison-officers-in-central-"


def texts(block: Any) -> list[list[str]]:
    assert isinstance(block, Table)
    return block.words


def dossier(iso3: str, language: str = "nl") -> dict[str, Any]:
    """Key of a section -> its blocks."""
    found = country.report(texts_of(language), Filters(ANNEX, language, land=iso3))
    return {section.key: section.blocks for section in found.sections}


# --- counted nowhere ------------------------------------------------------------------------------


def everywhere(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a fact about a post of each organisation in every unit, and a mission."""
    row = table.query("evidence == 62").iloc[0]
    made = [
        row.to_dict()
        | {"host": iso3, "areas": iso3, "organisation": organisation, "subject": subject}
        for iso3 in reference("units")["iso3"]
        for organisation in ("NP", "KMar", "GPI")
        for subject in ("post", "mission")
    ]
    return pd.DataFrame(made).assign(evidence=range(1, len(made) + 1))


@pytest.fixture
def with_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Puts another table in the place of the committed one."""
    read = load._read

    def put(frame: pd.DataFrame) -> None:
        monkeypatch.setattr(load, "_read", lambda name, *args: frame if name == "evidence"
                            else read(name, *args))  # fmt: skip
        monkeypatch.setattr(snapshot, "_latest", snapshot.Snapshot(""))  # nothing computed is kept
        snapshot.look_again()

    yield put
    snapshot._latest = snapshot.Snapshot("")
    snapshot.look_again()


def counts() -> dict[str, Any]:
    """Every number that the network and the missions give."""
    found = dict[str, Any]()
    for choice in (Choice(), Choice(("NP",)), Choice(("GPI",), planned=True, filo=True)):
        frame = snapshot.coverage(ANNEX, choice)
        found[f"coverage {choice}"] = records.coverage(frame, snapshot.network(ANNEX), choice)
        found[f"gaps {choice}"] = records.plain(snapshot.gaps(ANNEX, choice))
        found[f"shares {choice}"] = records.plain(snapshot.denominators(ANNEX, choice))
    found["postings"] = records.postings(snapshot.network(ANNEX))
    found["missions"] = [
        (count.as_of, count.officers, count.missions) for count in snapshot.mission_counts()
    ]
    filters = Filters(ANNEX)
    overview = Overview(texts_of("nl"), filters)
    found["start page"] = [(each.name, each.number, each.more) for each in overview.figures()]
    found["ranking"] = records.plain(snapshot.ranking(filters, None, ()).scores)
    for iso3 in ("ECU", "COL"):
        blocks = dossier(iso3)
        found[iso3] = [texts(each) for each in blocks["serving"] if isinstance(each, Table)]
        found[iso3] += [blocks[key] for key in ("facts", "missions")]
    return found


def test_no_row_changes_any_count(with_table) -> None:
    """The table as committed, emptied, and with posts and missions in every unit of the map."""
    table, committed = reference("evidence"), counts()
    with_table(table.iloc[:0])
    assert snapshot.conflicts() == [] and "evidence" not in dossier("ECU")
    emptied = counts()
    with_table(everywhere(table))
    assert len(snapshot.conflicts()) > 100 and "evidence" in dossier("ECU")
    assert counts() == emptied == committed


# --- what a reader sees ---------------------------------------------------------------------------


@pytest.mark.parametrize("iso3", ["ECU", "COL"])
def test_the_belgian_claim_has_its_date_and_kind_and_comes_last(iso3: str) -> None:
    blocks = dossier(iso3)
    assert [*blocks][-2:] == ["conflicts", "evidence"]
    [conflict] = blocks["conflicts"]
    said = conflict.text
    assert said.startswith("Niet meegeteld: ") and "Bogota (ook voor Ecuador)" in said
    assert "sinds 2023 en het laatst in 2025" in said and "noemt die post niet" in said
    assert said.endswith(
        " (Belgische minister van Binnenlandse Zaken (officiële bron), maart 2023; "
        "Belga News Agency (pers), 2025.)"
    )
    table, addresses = blocks["evidence"]
    assert table.title == "Andere openbare bronnen (niet meegeteld)"
    rows = {row[0]: row[1:] for row in texts(table)}
    assert rows["maart 2023"] == [
        "De nieuwe Belgische liaisonofficier werkt voor Colombia en Ecuador",
        "feit; één post",
        "Belgische minister van Binnenlandse Zaken (officiële bron)",
    ]
    [place] = [row[3] for row in table.rows if row[0].text == "maart 2023"]
    assert MINISTER in place.href and MINISTER in addresses.text


def test_in_a_word_file_the_source_leads_to_its_address() -> None:
    found = country.report(texts_of("nl"), Filters(ANNEX, land="ECU"))
    document = docx.Document(io.BytesIO(word(found)))
    led = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert sum(MINISTER in address for address in led) == 1
    assert sum(address.startswith(BELGA) for address in led) == 1
    printed = "\n".join(each.text for each in document.paragraphs)
    assert "Andere openbare bronnen (niet meegeteld)" in printed and BELGA in printed


def test_a_plan_is_said_to_be_one_and_is_no_conflict() -> None:
    """Panama: only a proposal of 2025; 2022 announces Bogota for Colombia."""
    panama = dossier("PAN", "en")
    assert "conflicts" not in panama
    assert [row[2] for row in texts(panama["evidence"][0])] == ["plan; one post"]
    plans = [row[1] for row in texts(dossier("COL")["evidence"][0]) if row[2].startswith("plan")]
    assert "België wilde een post openen in Bogota" in plans


def test_conflicts_in_words() -> None:
    """New Delhi 2016-2017 and Berlin 2020 ended; in Rabat and Bucharest the area changed."""
    t = texts_of("en")
    said = {each.city: evidence.sentence(t, each) for each in snapshot.conflicts()}
    assert "from March 2016 until some time in November 2017" in said["New Delhi"]
    assert "a post in June 2020" in said["Berlijn"] and "Berlin" in said["Berlijn"]
    assert (
        said["Rabat"].count("Added: the Gambia and Tunisia.") == 1 and "Gone" not in said["Rabat"]
    )
    assert "Added: Ukraine." in said["Boekarest"]
    assert "23 January 2014" in said["Boekarest"]


def test_a_changed_area_stands_with_the_post_and_the_countries_that_changed() -> None:
    for iso3 in ("MAR", "GMB", "TUN"):
        [conflict] = dossier(iso3)["conflicts"]
        assert "politie, Rabat: " in conflict.text and "officiële bron" in conflict.text
    assert "conflicts" not in dossier("SEN")  # served then and now


def test_the_timeline_has_other_sources_among_the_documents() -> None:
    """Colombia: 1996, the letter of 2013, the vision of 2019 and four claims since."""
    found = dossier("COL")["history"]
    rows = texts(found[-1])
    other = "Andere bron, niet meegeteld: "
    assert [row[0] for row in rows if row[1].startswith(other)] == [
        *("oktober 1996", "februari 2018", "januari 2019", "maart 2022", "maart 2023", "2025")
    ]
    dates = [row[0].sort for row in found[-1].rows]
    assert dates == sorted(dates)
    assert any(row[1].startswith("In 2013 was hier een officier") for row in rows)


def test_what_has_no_date_is_told_and_stands_on_no_timeline() -> None:
    """The embassy in Rabat has a page without a date."""
    blocks = dossier("MAR")
    assert texts(blocks["evidence"][0])[-1][0] == "zonder datum"
    assert not any("ambassade in Rabat" in row[1] for row in texts(blocks["history"][-1]))


def test_what_is_pasted_does_not_say_nobody_without_the_other_source() -> None:
    for language, words in (("nl", "Niet meegeteld: "), ("en", "Not counted: ")):
        pasted = [each.text for each in dossier("ECU", language)["paste"] if each.kind == "paste"]
        assert sum(words in text for text in pasted) == 1
        assert all("Bogot" in text and "Belga News Agency" in text for text in pasted)
    assert not any("Niet meegeteld" in each.text for each in dossier("PER")["paste"])


def test_the_middle_of_the_withdrawals_is_told() -> None:
    """The letter of 2015 and the request of January 2016 about Bucharest."""
    table = evidence.withdrawal(texts_of("nl"))
    rows = texts(table)
    assert [row[0] for row in rows] == ["2015", "27 januari 2016"]
    assert "2015-2017" in rows[0][1] and "Boekarest" in rows[1][1]
    assert table.rows[0][3].href == "https://zoek.officielebekendmakingen.nl/kst-29628-561.html"


def test_the_start_page_counts_the_conflicts_of_its_area() -> None:
    """Bogota; Berlin and Bucharest; New Delhi; Rabat."""
    t = texts_of("nl")
    areas = {"": 5, "Europe": 2, "South America": 1, "Africa": 1, "Oceania": 0}
    for area, number in areas.items():
        overview = Overview(t, Filters(ANNEX, area=area))
        assert len(overview.conflicts) == number, area
        assert overview.conflicts_text.startswith(f"Over {number} ") == bool(number)
    assert Overview(t, Filters("bijlage-2023-12")).conflicts == []


def test_a_source_is_named_in_the_language_of_the_reader():
    claims = reference("evidence")
    [row] = claims[claims["url"].str.contains(MINISTER, regex=False)].to_dict("records")
    named = {each: evidence.source(texts_of(each), row).text for each in ("nl", "en")}
    assert named == {
        "nl": "Belgische minister van Binnenlandse Zaken (officiële bron)",
        "en": "Belgian Minister of the Interior (official source)",
    }
