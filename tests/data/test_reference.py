"""The committed tables: each is valid, they fit together, and the small ones say what was read."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pandas as pd
import pytest

from data.load import REFERENCE, RELEASE_TABLES, reference, release_table
from geo.names.normalise import key
from geo.names.outcomes import Match, Region
from geo.schemas import TABLES

ROOT = Path(__file__).parents[2]
RELEASES = ("bijlage-2025-11", "bijlage-2023-12", "kst-31015-94")
TEXTS = [
    path
    for folder in ("data", "docs", "dashboard", "geo", "pages")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".csv", ".md", ".py", ".toml", ".txt") and "static" not in path.parts
]
TEXTS += list(ROOT.glob("*.md"))

FACTS = ("events", "agreements", "key_figures", "model_exceptions", "priority_countries")
FACTS += ("statements",)


def cell(value: object) -> str:
    return "" if pd.isna(value) else str(value)


@pytest.mark.parametrize("table", sorted(set(TABLES) - set(RELEASE_TABLES)))
def test_the_table_is_there_and_valid(table: str):
    assert not reference(table).empty


@pytest.mark.parametrize("path", sorted(REFERENCE.rglob("*.csv")), ids=lambda path: path.name)
def test_every_file_is_a_known_table_in_plain_csv(path: Path):
    assert path.stem in TABLES
    whole = path.read_bytes()
    assert b"\r" not in whole and not whole.startswith(b"\xef\xbb\xbf")
    assert whole.endswith(b"\n") and not whole.endswith(b"\n\n")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, strict=True):
            assert [text.strip() for text in row] == row, row


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("table", RELEASE_TABLES)
def test_release_tables_are_valid(table: str, release: str):
    release_table(table, release)


def test_the_releases_are_the_three_of_the_contract():
    assert tuple(reference("releases")["release"]) == RELEASES
    folders = {path.name for path in (REFERENCE / "releases").iterdir()}
    assert folders == set(RELEASES)


# table -> columns that point at another table: (column, table, column there)
KEYS = [
    ("releases", "document", "documents", "document"),
    ("events", "document", "documents", "document"),
    ("agreements", "document", "documents", "document"),
    ("key_figures", "document", "documents", "document"),
    ("model_exceptions", "document", "documents", "document"),
    ("priority_countries", "document", "documents", "document"),
    ("statements", "document", "searched", "document"),
    ("searched", "document", "documents", "document"),
    ("mission_aliases", "mission", "missions", "mission"),
    ("region_aliases", "region", "regions", "region"),
]


@pytest.mark.parametrize(("table", "column", "other", "there"), KEYS)
def test_references_lead_somewhere(table: str, column: str, other: str, there: str):
    assert set(reference(table)[column].dropna()) <= set(reference(other)[there])


@pytest.mark.parametrize("table", FACTS)
def test_every_fact_has_a_place_in_its_document(table: str):
    frame = reference(table)
    assert frame[["document", "table", "table_row"]].notna().all(axis=None)


def test_cities_are_known_wherever_one_is_named():
    known = {(row.city, row.iso3) for row in reference("cities").itertuples()}
    aliases = reference("city_aliases")
    assert set(zip(aliases["city"], aliases["iso3"], strict=True)) <= known
    for release in RELEASES:
        posts = release_table("postings", release).dropna(subset=["city"])
        assert set(zip(posts["city"], posts["host"], strict=True)) <= known
    events = reference("events").dropna(subset=["city"])
    for city, units in zip(events["city"], events["iso3"], strict=True):
        assert any((city, iso3) in known for iso3 in units.split())


def test_no_alias_of_a_city_contradicts_a_city():
    cities, aliases = reference("cities"), reference("city_aliases")
    known = {(key(row.city), row.iso3): row.city for row in cities.itertuples()}
    for row in aliases.itertuples():
        assert known.get((key(row.printed), row.iso3), row.city) == row.city


@pytest.mark.parametrize("release", RELEASES)
def test_accreditations_belong_to_postings(release: str):
    postings = release_table("postings", release)
    served = release_table("accreditations", release)
    owners = set(zip(postings["kind"], postings["row"], strict=True))
    assert set(zip(served["kind"], served["row"], strict=True)) <= owners
    posts = postings[postings["kind"] == "LO"]
    # A posting serves its host at least.
    pairs = set(zip(served["kind"], served["row"], served["iso3"], strict=True))
    assert set(zip(posts["kind"], posts["row"], posts["host"], strict=True)) <= pairs


@pytest.mark.parametrize("release", RELEASES)
def test_every_fact_of_a_release_names_its_document(release: str):
    for table in ("postings", "deployments"):
        frame = release_table(table, release)
        assert set(frame["document"]) <= {release}


@pytest.mark.parametrize("release", ["bijlage-2025-11", "bijlage-2023-12"])
def test_missions_are_known_under_their_own_name(release: str):
    known = set(reference("missions")["mission"])
    assert set(release_table("deployments", release)["mission"]) <= known


def test_printed_totals_agree_with_the_rows():
    for row in reference("releases").dropna(subset=["missions_total"]).itertuples():
        assert release_table("deployments", row.release)["personnel"].sum() == row.missions_total


def test_no_region_or_doubtful_name_is_also_a_certain_name(resolver):
    for table in ("regions", "region_aliases"):
        column = "region" if table == "regions" else "printed"
        for name in reference(table)[column]:
            assert isinstance(resolver.resolve(name), Region), name
    for name in reference("ambiguous_names")["printed"]:
        assert not isinstance(resolver.exact(name), Match), name


# --- what was read, by hand ----------------------------------------------------------------------


def test_the_sixteen_priority_countries():
    assert reference("priority_countries")["iso3"].tolist() == str.split(
        "BEL DEU FRA GBR ESP SUR CHN MAR ITA TUR POL BGR ROU AUS COL USA"
    )
    assert set(reference("priority_countries")["document"]) == {"ips-qa-2020"}


def test_the_key_figures():
    figures = reference("key_figures")
    found = {(row.value, row.unit, row.document) for row in figures.itertuples()}
    assert found == {
        (30, "officers", "ips-qa-2020"),
        (280_000, "EUR", "ips-qa-2020"),
        (65, "fte", "kst-29628-895"),
    }


def test_the_two_agreements():
    found = reference("agreements")[["iso3", "date", "document"]].to_numpy().tolist()
    assert found == [
        ["KOR", "2025-06-12", "bijlage-2025-11"],
        ["HRV", "2025-10-17", "bijlage-2025-11"],
    ]


@pytest.mark.parametrize(
    ("iso3", "date", "kind"),
    [
        ("POL", "2012", "withdrawn"),
        ("PRT", "2013", "withdrawn"),
        ("ITA", "2014", "ends"),
        ("ESP", "2015", "ends"),
        ("FRA", "2016", "ends"),
    ],
)
def test_the_withdrawals_the_2013_letter_announced(iso3: str, date: str, kind: str):
    events = reference("events").query("document == 'kst-31015-94'")
    assert ((events["iso3"] == iso3) & (events["date"] == date) & (events["kind"] == kind)).any()
    posts = release_table("postings", "bijlage-2025-11")
    assert iso3 in set(posts["host"].dropna())  # all five have a posting in 2025


def test_events_say_when_what_and_in_which_document():
    events = reference("events")
    placed = events.query("iso3 == 'ROU' and kind == 'placed'").iloc[0]
    assert (placed["date"], placed["city"], placed["organisation"]) == (
        "2013-09-01",
        "Boekarest",
        "NP",
    )
    dates = reference("documents").set_index("document")["date"]
    announced = events[events["kind"] == "announced"]
    assert all(dates[row.document].startswith(row.date[:4]) for row in announced.itertuples())


def test_the_2013_letter_names_three_double_posts():
    posts = release_table("postings", "kst-31015-94").query("kind == 'LO'")
    both = posts.groupby("city")["organisation"].agg(set)
    assert set(both[both.map(lambda names: {"NP", "KMar"} <= names)].index) == {
        "Ankara",
        "Madrid",
        "Rabat",
    }
    planned = posts[posts["status"] == "planned"]
    assert planned[["host", "organisation"]].to_numpy().tolist() == [["BRA", "GPI"]]


def test_the_exceptions_are_the_double_posts_of_the_letter():
    exceptions = reference("model_exceptions")
    assert exceptions["city"].tolist() == ["Ankara", "Madrid", "Rabat"]
    # Paragraph 18, the list of tasks counted as one.
    assert set(zip(exceptions["document"], exceptions["table_row"], strict=True)) == {
        ("kst-31015-94", 18)
    }
    known = {(row.city, row.iso3) for row in reference("cities").itertuples()}
    assert set(zip(exceptions["city"], exceptions["iso3"], strict=True)) <= known


def test_a_filo_of_2013_stands_only_where_the_letter_places_it():
    filos = release_table("postings", "kst-31015-94").query("kind == 'FILO'").set_index("row")
    stations = filos[["city_printed", "city", "host"]].dropna(how="all").map(cell)
    assert stations.to_numpy().tolist() == [
        ["Manilla", "Manilla", "PHL"],
        ["", "", "BRA"],
        ["Lissabon", "", ""],
    ]
    served = release_table("accreditations", "kst-31015-94").query("iso3 == 'PRT'")
    assert served[["kind", "row", "printed", "basis", "match"]].to_numpy().tolist() == [
        ["FILO", 5, "Lissabon", "named", "alias"]
    ]


@pytest.mark.parametrize("table", FACTS)
def test_the_printed_words_of_a_fact_stand_in_its_document(table: str, document):
    for row in reference(table).itertuples():
        assert len(re.findall(r"[^\W_]+", row.printed)) <= 8, row.printed
        assert row.printed in " ".join(document(row.document).split()), row.printed


@pytest.mark.parametrize("column", ["label", "city_printed", "area_printed"])
def test_the_printed_words_of_2013_stand_in_the_letter(column: str, document):
    letter = " ".join(document("kst-31015-94").split())
    for text in release_table("postings", "kst-31015-94")[column].dropna():
        assert text in letter
    for text in release_table("accreditations", "kst-31015-94")["printed"]:
        assert text in letter


def test_what_the_row_of_a_place_counts():
    facts = pd.concat([reference(name) for name in FACTS])
    counted = {
        (row.document, row.table.startswith("1. ")): row.counted for row in facts.itertuples()
    }
    assert counted == {
        ("kst-31015-94", False): "paragraph",
        ("kst-29628-895", False): "paragraph",
        ("bijlage-2025-11", False): "paragraph",
        ("bijlage-2025-11", True): "row",
        ("ips-qa-2020", False): "question",
        ("bijlage-2023-12", False): "paragraph",
    }


@pytest.mark.parametrize(
    ("iso3", "document", "table", "row", "words"),
    [
        # 2023, below "Politiële bijdragen aan missies": paragraph 4 tells of the team with Sweden,
        # paragraph 5 of Ukraine, Mali and the four officers in the Palestinian territories.
        ("XKX", "bijlage-2023-12", "Politiële bijdragen aan missies", 4, ("Zweden", "Sweden")),
        ("MLI", "bijlage-2023-12", "Politiële bijdragen aan missies", 5, ("MINUSMA", "training")),
        ("UKR", "bijlage-2023-12", "Politiële bijdragen aan missies", 5, ("oorlog", "war")),
        ("PSE", "bijlage-2023-12", "Politiële bijdragen aan missies", 5, ("Vier", "Four")),
        # 2013: London in paragraph 11, Australia as a springboard in paragraph 12.
        ("GBR", "kst-31015-94", "brief", 11, ("Londen", "London")),
        ("AUS", "kst-31015-94", "brief", 12, ("springplank", "springboard")),
        # 2019: paragraph 1 below "Bilateraal"; 2025: the visit to Madrid in June.
        ("ALB", "kst-29628-895", "Bilateraal", 1, ("Colombia", "Colombia")),
        ("ESP", "bijlage-2025-11", "Bezoek Spanje", 1, ("Madrid", "Madrid")),
    ],
)
def test_what_the_documents_say_beside_their_tables(
    iso3: str, document: str, table: str, row: int, words: tuple[str, str]
):
    said = reference("statements")
    said = said[said["iso3"].fillna("").str.contains(iso3) & (said["document"] == document)]
    [found] = said[(said["table"] == table) & (said["table_row"] == row)].to_dict("records")
    assert words[0] in found["text_nl"] and words[1] in found["text_en"]


def test_why_channels_and_limits_have_their_paragraphs():
    """2013: paragraphs 11 to 16; 2020: questions 4, 17 and 24."""
    said = reference("statements")
    places = {
        (row.topic, row.document, row.table_row)
        for row in said.itertuples()
        if row.document in ("kst-31015-94", "ips-qa-2020")
    }
    assert {
        ("placement", "kst-31015-94", 11),
        ("placement", "kst-31015-94", 12),
        ("placement", "ips-qa-2020", 4),
        ("channel", "ips-qa-2020", 17),
        ("channel", "ips-qa-2020", 24),
        ("task", "kst-31015-94", 14),
        ("task", "kst-31015-94", 16),
    } <= places
    # Question 17 counts five ways; three of them are no officers.
    [five] = said.query("topic == 'channel' and table_row == 17")["text_nl"].head(1)
    assert all(name in five for name in ("Europol", "INTERPOL", "SIRENE"))


# Where the rows of a table begin and what stands behind them: those rows are read as rows.
ROWS = {
    "bijlage-2025-11": [
        ("1. Gecombineerd Benelux LO-netwerk", "2. Flexibel Inzetbare"),
        ("Overzicht uitgezonden", "\0"),
    ],
    "bijlage-2023-12": [("Missienaam Standplaats", "Interpol viert dit jaar")],
}


def test_every_country_that_a_text_names_has_a_fact_of_that_document(document):
    """So that a denial may be written: no text that was searched names a country in vain."""
    facts: set[tuple[str, str]] = set()
    for table in FACTS:
        if "iso3" in (frame := reference(table)):
            pairs = zip(frame["document"], frame["iso3"].fillna(""), strict=True)
            facts |= {(name, iso3) for name, codes in pairs for iso3 in codes.split()}
    for release in RELEASES:
        facts |= {(release, iso3) for iso3 in release_table("accreditations", release)["iso3"]}
        hosts = release_table("postings", release)["host"].dropna()
        facts |= {(release, iso3) for iso3 in hosts}
    named = reference("names").query("kind != 'code' and (language == 'nl' or language.isna())")
    seen = set()
    for name in reference("searched").query("part == 'text'")["document"]:
        text = f"{' '.join(document(name).split())}\0"
        for start, end in ROWS.get(name, []):
            place = text.index(start)
            text = text[:place] + text[text.index(end, place) :]
        for row in named.itertuples():
            if re.search(rf"(?<!\w){re.escape(row.name)}(?!\w)", text):
                seen.add((name, row.iso3))
    assert len(seen) > 50
    assert {pair for pair in seen if pair[1] != "NLD"} <= facts


def test_events_claim_no_more_than_the_document():
    events = reference("events").set_index("event")
    assert events.loc[13, "kind"] == "mentioned"  # in 2019, as an example of postings there are
    assert "opgevolgd" not in events.loc[1, "text_nl"]
    # No document says when the five posts in EU states came back, so no event may.
    back = events[(events["kind"] == "placed") & (events["date"] > "2013-10-09")]
    assert back.empty
    # Row 10 prints two cities and no decision.
    assert events.loc[30, ["kind", "organisation"]].tolist() == ["announced", "KMar"]
    assert pd.isna(events.loc[30, "city"])


def test_the_european_union_has_27_members():
    members = reference("eu_members").set_index("iso3")["since"]
    units = reference("units").set_index("iso3").loc[members.index]
    assert (units["kind"] == "state").sum() == 27
    assert (members["HRV"], members["POL"]) == ("2013-07-01", "2004-05-01")
    assert members["BEL"].startswith("1958")
    assert not {"GBR", "CHE", "NOR", "TUR"} & set(members.index)
    # The treaty on the functioning of the Union, art. 349 and 355: outermost regions with a unit of
    # their own, and Åland. Mayotte became one in 2014; Saint-Barthélemy left in 2012, the other
    # French territories and the Caribbean Netherlands are overseas countries.
    part = units.index[units["kind"] != "state"]
    assert set(part) == {"ALA", "GLP", "GUF", "MAF", "MTQ", "MYT", "REU"}
    assert (
        members["MYT"] == "2014-01-01" and units.loc[part, "sovereign"].isin(["FRA", "FIN"]).all()
    )


def test_the_history_of_missions():
    history = reference("mission_history")
    assert len(history) == 17
    assert set(history["document"]) == {"clingendael-2016"}
    assert set(history["table"]) == {"appendix F"}
    assert history["table_row"].tolist() == list(range(1, 18))
    most = history.loc[history["max_deployed"].idxmax()]
    assert (most["areas"], most["max_deployed"], most["start_year"]) == ("AFG", 50, 2009)
    nameless = history[history["mission"].isna()]
    assert nameless["country_printed"].tolist() == ["Servië-Montenegro", "Servië"]
    assert history["start_year"].isna().sum() == (history["start_printed"] == "Unknown").sum()
    assert set(history.loc[history["end_year"].isna(), "end_printed"]) == {"Unknown", "Date"}


@pytest.mark.parametrize(
    ("region", "units"),
    [
        ("Oostelijk deel Caribisch gebied", "ATG BRB DMA GRD KNA LCA VCT"),
        ("Caribische Koninkrijksdelen", "ABW BES CUW SXM"),
        ("Golf van Guinee", "BEN CIV GHA TGO"),
        ("Westelijke Balkan", "ALB BIH MKD MNE SRB XKX"),
    ],
)
def test_regions(region: str, units: str):
    regions = reference("regions")
    assert sorted(regions.loc[regions["region"] == region, "iso3"]) == units.split()


@pytest.mark.parametrize("document", ["kst-31015-94", "kst-29628-895"])
def test_parliamentary_papers_have_their_public_address(document: str):
    row = reference("documents").set_index("document").loc[document]
    assert row["url"] == f"https://zoek.officielebekendmakingen.nl/{document}.html"


def test_a_day_that_is_not_printed_is_said_to_be_so():
    for row in reference("documents").itertuples():
        full = len(row.date) == 10
        assert full or row.document == "clingendael-2016" or cell(row.date_note_nl), row.document


# --- what must not stand here --------------------------------------------------------------------

# sha256 of the surnames that the documents print, in small letters: not even here in the open.
PERSONS = {
    "c02a93186defa38d6e7dbe1c4b44741553e624287de7e3231092a36688e8f78d",
    "bfe3eb42ce57d069bf3ab2066c849a448bdb555b610deeddfe96e0b44543f1cf",
    "c83304f6f448834de6ad118d5c597b84fe66646a9c99d7fe366c787efb04514c",
}


def test_no_person_is_named_anywhere():
    assert len(TEXTS) > 50
    for path in TEXTS:
        for word in set(re.findall(r"[^\W\d_]{4,}", path.read_text(encoding="utf-8").casefold())):
            assert hashlib.sha256(word.encode()).hexdigest() not in PERSONS, (path, word)


def test_the_check_on_persons_can_fail(document):
    words = set(re.findall(r"[^\W\d_]{4,}", document("kst-31015-94").casefold()))
    assert {hashlib.sha256(word.encode()).hexdigest() for word in words} & PERSONS


def test_no_sentence_of_a_document_is_copied(document):
    """Nine words in a row are a sentence; cells of the network's own tables are facts."""

    def runs(text: str) -> set[tuple[str, ...]]:
        found = re.findall(r"[^\W_]+", text.casefold())
        return {tuple(found[i : i + 9]) for i in range(len(found) - 8)}

    names = ("bijlage-2025-11", "bijlage-2023-12", "kst-31015-94", "kst-29628-895", "ips-qa-2020")
    printed = set().union(*(runs(document(name)) for name in names))
    assert len(printed) > 5_000
    listed = re.compile(r"releases/|priority_countries")
    for path in TEXTS:
        if not listed.search(str(path.relative_to(ROOT))):
            copied = runs(path.read_text(encoding="utf-8")) & printed
            assert not copied, (path, sorted(copied)[:2])


def test_sources_name_files_that_exist():
    for file in reference("sources")["file"]:
        assert (ROOT / file).exists(), file


def test_every_file_of_data_has_a_source():
    listed = set(reference("sources")["file"])
    files = [path for path in REFERENCE.rglob("*") if path.is_file() and path.name != "sources.csv"]
    assert {str(path.relative_to(ROOT)) for path in files} <= listed
