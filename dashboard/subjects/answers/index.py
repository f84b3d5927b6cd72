"""What the words of a question may name: countries, cities, missions, organisations, subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from dashboard import printed, records, search, snapshot
from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.mission_names import mission_name
from dashboard.subjects.network import lines
from data import load
from geo.errors import DataError
from geo.names.normalise import key, key_tokens
from geo.schemas import ORGANISATIONS


class Topic(NamedTuple):
    """What a word names: its kind (KINDS) and its name there, such as a code of a unit."""

    kind: str
    name: str


KINDS = (
    *("unit", "city", "mission", "organisation", "area", "region", "document", "body", "subject"),
)
# How near a word is to what it names; a nearer meaning hides the others.
NAMED, POST, OTHER, SHARED, ELSEWHERE, PART = range(6)

DUTCH = "NL"  # "a Dutch officer" is one of the NP or the KMar

Meanings = dict[Topic, int]
_NEAR = {
    search.NAME: NAMED,
    search.CODE: OTHER,
    search.OTHER: OTHER,
    search.SHARED: SHARED,
    search.CITY: ELSEWHERE,
}


class Index(NamedTuple):
    """`words`: key of a word or words -> what it may mean; `codes` are found in capitals alone.

    `names` are the keys under which a unit itself goes, in either language, with their words.
    """

    words: dict[str, Meanings]
    codes: dict[str, Topic]
    names: dict[str, tuple[Topic, frozenset[str]]]


@snapshot.cached(4)
def index(release: str) -> Index:
    """Everything that a question about a release may name; raises DataError."""
    words: dict[str, Meanings] = {}
    of_network = (*_network(release), *_former(release))
    for word, topic, near in (*_units(), *of_network, *_missions(), *_others()):
        meanings = words.setdefault(key(word), {})
        meanings[topic] = min(near, meanings.get(topic, near))
    words.pop("", None)
    names = {
        key(name): (Topic("unit", str(code)), frozenset(key_tokens(name)))
        for language in LANGUAGES
        for code, name in snapshot.names(language).items()
    }
    return Index(words, _codes(), names)


def _units() -> Iterator[tuple[str, Topic, int]]:
    for language in LANGUAGES:
        for entry in search.search_entries(language):
            topic = Topic("unit", entry["code"])
            for word, kind in entry["words"]:
                if kind in _NEAR and kind != search.CODE:
                    yield word, topic, _NEAR[kind]


def _codes() -> dict[str, Topic]:
    return {
        word: Topic("unit", entry["code"])
        for entry in search.search_entries("nl")
        for word, kind in entry["words"]
        if kind == search.CODE
    }


def _network(release: str) -> Iterator[tuple[str, Topic, int]]:
    """The cities with a post, as the tables and as either language write them."""
    with suppress(DataError):
        aliases = load.reference("city_aliases")
        stored = snapshot.network(release).postings
        posts = stored[(stored["kind"] == "LO") & stored["city"].notna()]
        for language in LANGUAGES:
            named = snapshot.network(release, language).postings.loc[posts.index, "city"]
            for city, name in zip(posts["city"], named, strict=True):
                yield str(name), Topic("city", str(city)), POST
        for city, word in zip(aliases["city"], aliases["printed"], strict=True):
            if city in set(posts["city"]):
                yield str(word), Topic("city", str(city)), POST


def _former(release: str) -> Iterator[tuple[str, Topic, int]]:
    """The cities whose post no longer stands in the newest network: they name their country."""
    now = snapshot.network(release).postings["city"]
    for line in lines.gone():
        if line.city and line.city not in set(now):
            for language in LANGUAGES:
                word = snapshot.city_names(language).get(line.city, line.city)
                yield word, Topic("unit", line.host), ELSEWHERE


def _missions() -> Iterator[tuple[str, Topic, int]]:
    """Missions by every name they are printed under, and by the first word of it."""
    for count in snapshot.mission_counts():
        for row in count.deployments.to_dict("records"):
            yield from _mission(row["mission"], (row["mission"], row["printed"]))
    for name in snapshot.mission_names():
        yield from _mission(name, (name, mission_name(texts_of("en"), name)))


def _mission(mission: str, names: Iterable[str]) -> Iterator[tuple[str, Topic, int]]:
    topic = Topic("mission", mission)
    for name in names:
        yield name, topic, POST
        first = name.split()[0]
        if len(first) > 2 and first != name:
            yield first, topic, PART


def _others() -> Iterator[tuple[str, Topic, int]]:
    """Organisations, parts of the world, regions, documents, and the subjects that have words."""
    areas = [name for continent, parts in snapshot.areas().items() for name in (continent, *parts)]
    for language in LANGUAGES:
        t = texts_of(language)
        for name in ORGANISATIONS:
            topic = Topic("organisation", name)
            for word in (name, t(f"full.{name}"), *_listed(t, f"find.words.{name}")):
                yield word, topic, POST
        for word in _listed(t, f"find.words.{DUTCH}"):
            yield word, Topic("organisation", DUTCH), POST
        for area in areas:
            yield t.area(area), Topic("area", area), OTHER
        for kind in ("area", "unit", "region"):  # "Afrikaanse landen", "de Turkse post"
            for name, words in t.group(f"find.of_{kind}").items():
                for word in words.split(","):
                    yield word, Topic(kind, name), OTHER
        for kind in ("subject", "body"):
            for name, words in t.group(f"find.{kind}").items():
                for word in words.split(","):
                    yield word, Topic(kind, name), POST
        for document in snapshot.documents().to_dict("records"):
            topic = Topic("document", document["document"])
            yield printed.title(t, document["document"]), topic, POST
            yield document["document"], topic, POST
            paper = records.text(document["paper"])  # "Kamerstuk 31 015, nr. 94"
            for words in (paper, paper.partition(" ")[2], paper.partition(" ")[2].split(",")[0]):
                yield words, topic, POST
    for region in snapshot.region_names():
        yield region, Topic("region", region), OTHER


def _listed(t: Texts, name: str) -> list[str]:
    return t(name).split(",")
