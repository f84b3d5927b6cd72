"""What if, and compare, on the command line; `dashboard.questions` knows them by name."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from dashboard import comparison, whatif
from dashboard.arguments import NOT_STATED_WORD
from dashboard.i18n import LANGUAGES, words
from dashboard.records import Record
from data import drafts, scenarios
from data.documents.opening import own_name
from data.load import places, reference
from data.store import Store
from geo.comparison import Side, compare
from geo.coverage import Choice, coverage, served
from geo.effect import Effect, active_posts, effect
from geo.errors import DataError
from geo.scenario import text
from geo.schemas import NOT_STATED
from geo.whatif import apply


def choice(organisations: Sequence[str], planned: bool = False) -> Choice:
    """What counts, from the words of the command line."""
    return Choice(
        tuple(NOT_STATED if name == NOT_STATED_WORD else name for name in organisations), planned
    )


def ask_whatif(arguments: argparse.Namespace, store: Store) -> Record:
    """What the scenario in a file does: totals before and after, countries by kind, sentences."""
    path = Path(arguments.file)
    network = store.network(arguments.release or _release_of(path, store))
    scenario = scenarios.read(path.name, _content(path), network)
    chosen = choice(arguments.organisation, arguments.planned)
    units = reference("units")
    after = apply(scenario, network, places())
    was = coverage(units, network.postings, network.accreditations, chosen)
    numbers = [active_posts(postings, chosen) for postings in (network.postings, after[0])]
    found = effect(was, coverage(units, *after, chosen), (numbers[0], numbers[1]))
    names = _names()
    told = {language: _told(language, found, names[language]) for language in LANGUAGES}
    touched = network.accreditations["iso3"].isin(found.touched["iso3"])
    before = served(network.postings, network.accreditations[touched], chosen)
    about = scenarios.record(scenario) | {"text": text(scenario)}
    return whatif.record(about, found, names["nl"], before) | {"sentences": told}


def _told(language: str, found: Effect, names: pd.Series) -> list[str]:
    t, cities = words(language), places()
    own = dict(zip(cities["city"], cities["city" if language == "nl" else "city_en"], strict=True))
    after = found.units["cities_after"].map(lambda cities: [own.get(city, city) for city in cities])
    spoken = replace(found, units=found.units.assign(cities_after=after))
    return [f"{whatif.headline(t, spoken, names)}.", *whatif.sentences(t, spoken, names)]


def _release_of(path: Path, store: Store) -> str:
    """The release that the file names, else the newest complete one."""
    named = scenarios.release_of(_content(path)) or ""
    known = {str(release) for release in store.releases()["release"]}
    return named if named in known else store.default_release()


def _content(path: Path) -> bytes:
    """The file, of which no more is held in memory than may be read."""
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for ever
            raise OSError(errno.EINVAL, "It is no file")
        with path.open("rb") as file:
            return file.read(scenarios.LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = f"the file cannot be opened ({getattr(error, 'strerror', None) or error})"
        raise DataError(own_name(str(path)), reason, advice="Name another file.") from error


def ask_compare(arguments: argparse.Namespace, store: Store) -> Record:
    """Two releases, or two sets of organisations: who is served on which side, and sentences."""
    asked = [
        comparison.named(side, arguments.release or store.default_release())
        for side in (arguments.a, arguments.b)
    ]
    if asked[0] == asked[1]:
        advice = "Name two different releases, or two sets of organisations."
        raise DataError("compare", "the two sides are the same", value=arguments.a, advice=advice)
    chosen = choice(arguments.organisation, arguments.planned)
    left, right = (Side(store.network(side.release), side.choice(chosen)) for side in asked)
    found = compare(reference("units"), left, right)
    made: Record = {
        name: {"text": side.text, "release": side.release, "complete": complete}
        for name, side, complete in zip("ab", asked, found.complete, strict=True)
    }
    names = _names()
    told = comparison.Told(found, asked[0], asked[1])
    made |= comparison.record(found, names["nl"]) | {
        "sentences": {
            language: [
                f"{told.headline(words(language))}.",
                *told.sentences(words(language), names[language]),
            ]
            for language in LANGUAGES
        }
    }
    if asked[0].release != asked[1].release:
        made["changes"] = drafts.between(store, asked[0].release, asked[1].release).records()
    return made


def _names() -> dict[str, pd.Series]:
    units = reference("units").set_index("iso3")
    return {language: units[f"name_{language}"] for language in LANGUAGES}
