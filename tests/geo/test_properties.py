"""What holds for every name, list and network, tried on many that nobody thought of."""

from __future__ import annotations

import random
import re
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from data.load import REFERENCE, reference
from geo.changes import Changes, changes
from geo.names.decisions import Ignored
from geo.names.normalise import key
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Place, Where
from geo.reading.label import read_label
from geo.reading.lists import FOOTNOTE, read_list
from geo.reading.workarea import read_work_area
from geo.schemas import ORGANISATIONS, TABLES

# Hypothesis keeps what it learns of our code there, also without a database.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "liaisonatlas-hypothesis")

# The same examples in every run, and nothing kept in the checkout.
quick = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
few = settings(quick, max_examples=30)

_TABLES = ("names", "ambiguous_names", "regions", "region_aliases")
RESOLVER = Resolver(*(reference(table) for table in _TABLES))
PLACE = Place(Where("Table 1", 1), ("LO", 1))
NAMES = reference("names")
AMBIGUOUS = {key(printed) for printed in reference("ambiguous_names")["printed"]}
CERTAIN = {
    name: iso3
    for name, iso3, kind in zip(NAMES["name"], NAMES["iso3"], NAMES["kind"], strict=True)
    if kind != "code" and key(name) not in AMBIGUOUS
}
# Names of countries as a list prints them, without what cuts a list.
PLAIN = {name: iso3 for name, iso3 in CERTAIN.items() if re.fullmatch(r"[^\W\d_]{5,}", name)}
DUTCH = {
    name: iso3
    for name, iso3, language, kind in zip(
        NAMES["name"], NAMES["iso3"], NAMES["language"], NAMES["kind"], strict=True
    )
    if language == "nl" and kind == "name" and name in CERTAIN
}
BETWEEN = (
    " / ",
    "/",
    " /",
    "; ",
    ", ",
    ",",
    "\n",
    "\t",
    " en ",
    " EN ",
    " & ",
    " + ",
    " | ",
    " – ",
)
BETWEEN += (" — ", " - ", "–", "\u00a0/\u00a0", " and ", "\r\n", " • ")
JOINS = {"en", "and", "und", "et", "alsmede", "&", "+"}

names = st.sampled_from(sorted(CERTAIN))
plain = st.sampled_from(sorted(PLAIN))
# Printed text as it may come: letters of the world, signs of lists, words the rules know.
pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*BETWEEN, "(", ")", "[1]", "¹", " 2", "1. ", "Noord- en Zuid-", "de ", "\u00ad"]
    ),
    names,
    st.sampled_from(
        ["Republiek ", "taakaccent havens", "besluit volgt", "inclusief ", "NP", "Kmar"]
    ),
)
texts = st.lists(pieces, max_size=8).map("".join)


@st.composite
def dressed(draw: st.DrawFn, printed: str) -> str:
    """A name with other capitals, hyphens and spaces, in another form of Unicode."""
    text = draw(st.sampled_from((str, str.upper, str.lower, str.title, str.swapcase)))(printed)
    text = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD"))), text)
    text = draw(st.sampled_from((text, "".join(s for s in text if not unicodedata.combining(s)))))
    for sign, others in (
        (" ", " -‑–\u00a0\u202f\t"),
        ("-", "-‐‑–— "),
        ("’", "'’‘ʼ`´"),
        ("'", "'’‘`"),
    ):
        text = "".join(draw(st.sampled_from(others)) if each == sign else each for each in text)
    edges = st.sampled_from(("", " ", "\u00a0", "\n", "."))
    return draw(edges) + text + draw(edges)


# --- names ----------------------------------------------------------------------------------------


@quick
@given(st.text())
def test_a_key_is_its_own_key(text: str):
    assert key(key(text)) == key(text) or not text.isascii() or {"&", "+"} & set(text)


@quick
@given(st.text(alphabet="abcdefgh ÀÉïöüçñ-–'’\u00a0", max_size=30))
def test_a_key_forgets_capitals_accents_dashes_and_spaces(text: str):
    assert key(text.upper()) == key(text) == key(unicodedata.normalize("NFD", text))
    assert key(text.replace(" ", "\u00a0")) == key(text.replace(" ", "-")) == key(text)
    assert key(text) == key(key(text))
    assert re.fullmatch("[a-z&]*", key(text))


@quick
@given(st.data())
def test_a_certain_name_is_its_country_however_it_is_dressed(data: st.DataObject):
    name = data.draw(names)
    text = data.draw(dressed(name))
    if len(key(name)) <= 3:  # a name only in capitals: "car" is a word
        text = text.upper()
    found = RESOLVER.resolve(text)
    assert isinstance(found, Match)
    assert (found.iso3, found.score, found.printed) == (CERTAIN[name], 100.0, text)
    assert found.how in ("name", "alias")


def test_every_certain_name_is_its_country():
    for name, iso3 in CERTAIN.items():
        texts = [name, name.upper(), name.replace(" ", "\u00a0")]
        for text in texts + [name.lower()] * (len(key(name)) > 3):  # "uae" is a word, UAE a name
            found = RESOLVER.resolve(text)
            assert isinstance(found, Match) and found.iso3 == iso3, text


@quick
@given(st.one_of(st.text(), texts, st.text(alphabet="abcdeinorst", max_size=15)))
@example("\0")
@example("\ud800")
@example("x" * 10_000)
def test_whatever_is_printed_becomes_one_of_four_things(text: str):
    found = RESOLVER.resolve(text)
    assert isinstance(found, Match | Region | Ignored | Unresolved)
    assert found.printed == text
    if isinstance(found, Unresolved):
        assert found.reason
        assert set(found.suggestions) <= set(NAMES["iso3"])
    assert RESOLVER.knows(text) == isinstance(found, Match | Region | Ignored)
    assert RESOLVER.resolve(text) == found  # what is remembered is no other answer


@quick
@given(
    plain,
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "a", "x", "th"])), max_size=6),
)
def test_a_misspelling_shares_most_letters_with_a_name_of_its_country(text: str, slips):
    """No country without a name that is near: at most four slips, and none in four letters."""
    for place, letter in slips:
        text = text[:place] + letter + text[place + 1 :]
    found = RESOLVER.resolve(text)
    if not isinstance(found, Match):
        return
    if found.how == "spelling":
        assert len(key(text)) >= 5
        own = [key(name) for name, iso3 in CERTAIN.items() if iso3 == found.iso3]
        assert min(_slips(key(text), name) for name in own) <= 4
        assert found.score < 100
    elif found.how == "code":
        assert text.strip() in set(NAMES.loc[NAMES["kind"] == "code", "name"])
    else:
        assert any(key(name) in key(text) for name, iso3 in CERTAIN.items() if iso3 == found.iso3)


@few
@given(st.text(alphabet="бгджзилмпфцчшщыэюяعبتثجحخ中国日本語ΩΨΣΔ0123456789!?", min_size=1))
def test_a_text_without_a_letter_of_any_name_is_no_country(text: str):
    assert isinstance(RESOLVER.resolve(text), Unresolved)


def _slips(a: str, b: str) -> int:
    """Letters to change, add, drop or swap with the next, to make `b` of `a`."""
    rows = [list(range(len(b) + 1))]
    for i, left in enumerate(a, start=1):
        row = [i]
        for j, right in enumerate(b, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and (left, right) == (b[j - 2], a[i - 2]):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


# --- lists ----------------------------------------------------------------------------------------


@quick
@given(st.data())
def test_known_names_come_back_whatever_stands_between(data: st.DataObject):
    """In order, each once: any mix of the separators, and any name without one in it."""
    chosen = data.draw(st.lists(plain, min_size=1, max_size=12))
    text = chosen[0]
    for name in chosen[1:]:
        text += data.draw(st.sampled_from(BETWEEN)) + name
    text = data.draw(st.sampled_from(("", "- ", "• "))) + text
    text += data.draw(st.sampled_from(("", ".", " /", ";", "\n", "¹")))
    found = read_list(text, RESOLVER)
    assert [getattr(name, "iso3", name) for name in found] == [PLAIN[name] for name in chosen], text


def test_two_certain_names_are_not_one_that_is_misspelt():
    """Both together are a few slips away from "Åland Islands"; found by the test above."""
    found = read_list("Åland, Irland", RESOLVER)
    assert [getattr(name, "iso3", name) for name in found] == ["ALA", "IRL"]


@quick
@given(st.lists(st.sampled_from(sorted(DUTCH)), min_size=1, max_size=10))
def test_any_dutch_names_come_back_between_slashes(chosen: list[str]):
    """Also those that hold a comma, a hyphen or "en" themselves."""
    found = read_list(" / ".join(chosen), RESOLVER)
    codes = [name.iso3 for name in found if isinstance(name, Match)]
    assert codes == [DUTCH[name] for name in chosen]


def letters(text: str) -> list[str]:
    """The words of letters, in order, without the marks of footnotes and the words that join."""
    bare = FOOTNOTE.sub(" ", text.replace("\u00ad", "").replace("\xa0", " "))
    found = re.findall(r"[^\W\d_]+", bare)
    return [word for word in found if word.casefold() not in JOINS]


@quick
@given(
    texts.filter(lambda text: not re.search("noord|zuid|oost|west|north|south|east", text, re.I))
)
@example("Narnia en Peru (Chili / x")
def test_no_word_of_a_list_is_lost_or_moved(text: str):
    """But for "Noord- en Zuid-Korea", which becomes two names and prints the noun twice."""
    kept = " ".join(name.printed for name in read_list(text, RESOLVER))
    assert letters(kept) == letters(text)


@quick
@given(texts)
def test_a_work_area_is_read_whatever_it_says(text: str):
    area = read_work_area(text, RESOLVER)
    assert all(isinstance(name, Match | Region | Ignored | Unresolved) for name in area.names)
    problems = area.problems(PLACE)
    open_ = [name for name in area.names if isinstance(name, Unresolved)]
    assert sum(problem.severity == "error" for problem in problems) == len(open_)
    kept = " ".join([*(name.printed for name in area.names), area.theme, area.explanation])
    taken = {"inclusief", "incl", "te", "weten", "t", "w", "taakaccent", "taakaccenten"}
    if not area.status.pending and not re.search(
        "noord|zuid|oost|west|north|south|east", text, re.I
    ):
        lost = {*letters(text)} - {*letters(kept)}
        assert {word.casefold() for word in lost} <= taken


@few
@given(st.lists(plain, min_size=1, max_size=6), st.sampled_from(("havens", "KST", "MAOC, CTER")))
def test_a_theme_stands_beside_the_countries(chosen: list[str], theme: str):
    area = read_work_area(f"{' / '.join(chosen)} taakaccent {theme.split(',')[0]}", RESOLVER)
    assert area.theme == theme.split(",")[0]
    assert [name.iso3 for name in area.names if isinstance(name, Match)] == [
        PLAIN[name] for name in chosen
    ]


# --- labels ---------------------------------------------------------------------------------------

ORGANISATION = re.compile(r"\b(NP|KMar|GPI)", re.I)


@quick
@given(texts)
def test_an_organisation_is_never_guessed(text: str):
    label = read_label(text, RESOLVER, PLACE)
    printed = {name.casefold() for name in ORGANISATION.findall(text)}
    if label.organisation is not None:
        assert label.organisation.casefold() in printed
    if not printed:
        assert label.organisation is None
        assert "organisation" in {problem.field for problem in label.problems} or isinstance(
            label.host, Ignored
        )


@quick
@given(st.data())
def test_country_dash_organisation(data: st.DataObject):
    """Any name, dash, number and capitals: what is printed is what is read, without a doubt."""
    name = data.draw(st.sampled_from(sorted(DUTCH)))
    organisation = data.draw(st.sampled_from(ORGANISATIONS))
    said = data.draw(st.sampled_from((organisation, organisation.upper(), organisation.lower())))
    number = data.draw(st.sampled_from(("", "-1", "-2", " 3")))
    dash = data.draw(st.sampled_from((" - ", " – ", " — ", " -", "- ", "–", " ", " / ")))
    label = read_label(f"{name}{number}{dash}{said}", RESOLVER, PLACE)
    assert isinstance(label.host, Match)
    assert (label.host.iso3, label.organisation, label.theme) == (DUTCH[name], organisation, "")
    assert label.problems == ()


@few
@given(st.sampled_from(sorted(DUTCH)), st.sampled_from((" - ", " – ", " ", "-")))
def test_an_organisation_that_is_none_of_ours_is_an_error(name: str, dash: str):
    label = read_label(f"{name}{dash}FBI", RESOLVER, PLACE)
    assert label.organisation is None
    assert "error" in {problem.severity for problem in label.problems}


# --- changes --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Network:
    """Tables of a release as `changes` wants them."""

    postings: pd.DataFrame
    accreditations: pd.DataFrame
    complete: bool = True


Post = tuple[str, str, str, str, str, frozenset[str]]
posts = st.tuples(
    st.sampled_from(["LO", "LO", "LO", "FILO", "multilateral"]),
    st.sampled_from(["PER", "KEN", "CHL"]),
    st.sampled_from(["NP", "KMar", ""]),
    st.sampled_from(["Lima", "Nairobi", ""]),
    st.sampled_from(["active", "active", "planned"]),
    st.frozensets(st.sampled_from(["PER", "KEN", "CHL", "BOL", "UGA"]), max_size=3),
)
networks = st.lists(posts, max_size=7)
missions = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4), max_size=4)


def network(rows: list[Post]) -> Network:
    """Invented postings as tables of `geo.schemas`."""
    posted, served = [], []
    for number, (kind, host, organisation, city, status, countries) in enumerate(rows, start=1):
        post = kind == "LO"
        posted.append(
            {"kind": kind, "row": number, "label": f"{host} {organisation}", "status": status}
            | {"host": host if post else None, "organisation": organisation or None}
            | {"city": (city or None) if post else None, "region": None, "theme": None}
            | {"city_printed": (city or None) if post else None}
        )
        if post:
            for iso3 in sorted({host, *countries}):
                basis = "host" if iso3 == host else "named"
                served.append({"kind": kind, "row": number, "iso3": iso3, "basis": basis})
    columns = [list(TABLES[name].columns) for name in ("postings", "accreditations")]
    return Network(
        pd.DataFrame(posted, columns=columns[0]), pd.DataFrame(served, columns=columns[1])
    )


def counted(officers: dict[str, int]) -> pd.DataFrame:
    """Missions with their officers."""
    return pd.DataFrame({"mission": [*officers], "personnel": [*officers.values()]})


def told(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """The rows in those columns as a sorted list."""
    return sorted(tuple(map(str, row)) for row in frame[list(columns)].itertuples(index=False))


FRAMES = [name for name, kind in Changes.__annotations__.items() if "DataFrame" in str(kind)]
POST = ("row", "host", "organisation", "city", "status")
OTHER = ("organisation", "label")
MIRRORED = [
    *(("opened", "closed", POST), ("gained", "lost", ("iso3", "row", "host"))),
    *(("flexible_opened", "flexible_closed", OTHER),),
    *(("multilateral_opened", "multilateral_closed", OTHER),),
    *(
        ("missions_new", "missions_ended", ("mission",)),
        ("missions_up", "missions_down", ("mission",)),
    ),
]


@few
@given(networks, missions, st.randoms(use_true_random=False))
def test_nothing_changed_from_a_release_to_itself(rows, officers, chance: random.Random):
    """In whatever order its rows stand."""
    shuffled = chance.sample(rows, len(rows))
    found = changes(network(rows), network(shuffled), counted(officers), counted(officers))
    assert {name for name in FRAMES if len(getattr(found, name))} == set()
    assert found.missions_unchanged == len(officers)
    assert found.unknown == ()


@few
@given(networks, networks, missions, missions)
def test_the_way_back_undoes_the_way_there(before, after, then, now):
    a, b, m, n = network(before), network(after), counted(then), counted(now)
    there, back = changes(a, b, m, n), changes(b, a, n, m)
    for one, other, columns in MIRRORED:
        assert told(getattr(there, one), *columns) == told(getattr(back, other), *columns)
        assert told(getattr(there, other), *columns) == told(getattr(back, one), *columns)
    for name in ("moved", "organisation_changed", "status_changed"):
        rows = told(getattr(there, name), "row_before", "row_after")
        assert rows == told(getattr(back, name), "row_after", "row_before")
    added = told(there.served, "row_before", "row_after", "added", "dropped")
    assert added == told(back.served, "row_after", "row_before", "dropped", "added")
    assert there.missions_unchanged == back.missions_unchanged


@few
@given(networks, networks)
def test_posts_are_opened_closed_or_go_on(before, after):
    """As many as there were, less those closed, with those opened, are as many as there are."""
    found = changes(network(before), network(after))
    were, are = (sum(row[0] == "LO" for row in rows) for rows in (before, after))
    assert were - len(found.closed) + len(found.opened) == are


def test_the_examples_are_of_use(resolver: Resolver, cut: Callable[[str], list[str]]):
    """The committed tables still hold what the strategies are made of."""
    assert len(CERTAIN) > 700 and len(PLAIN) > 200 and len(DUTCH) > 230
    assert (REFERENCE / "names.csv").exists() and cut("Peru / Chili") == ["PER", "CHL"]
    with pytest.raises(AssertionError):
        assert isinstance(resolver.resolve("Narnia"), Match)
