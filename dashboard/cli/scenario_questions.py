"""What if, and compare, on the command line."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard import snapshot, wording
from dashboard.cli.arguments import choice
from dashboard.document_names import release_within
from dashboard.i18n import LANGUAGES, texts_of
from dashboard.records import Record
from dashboard.subjects.comparison import differences
from dashboard.subjects.comparison.differences import named
from dashboard.subjects.scenario import effect as scenario_effect
from dashboard.subjects.scenario import workareas
from data import scenarios
from data.documents.opening import content_of
from data.load import places, reference
from data.store.read import Network, Store
from geo.comparison import Side, compare
from geo.coverage import coverage, served
from geo.effect import Effect, active_hosts, effect
from geo.errors import DataError
from geo.options import Choice
from geo.scenario import Scenario, text
from geo.whatif import Frames, apply
from geo.workareas import WorkAreas, work_areas


def ask_whatif(arguments: argparse.Namespace) -> Record:
    """What the scenario in a file does: totals before and after, countries by kind, sentences."""
    store = snapshot.store()
    path = Path(arguments.file)
    content = content_of(path, scenarios.LARGEST)
    named = _release_of(content, store)
    network = store.network(arguments.release or named or store.default_release())
    scenario = scenarios.read(path.name, content, network)
    chosen, names = choice(arguments), _names()
    units, before = reference("units"), (network.postings, network.accreditations)
    after = apply(scenario, network, units, places())
    areas = work_areas(scenario, before, after, units)
    effect = _effect(network, after, chosen, areas)
    frames = (network.postings, after[0])
    texts = {}
    for language in LANGUAGES:
        first, *rest = _totals_record(language, effect, after, names[language], chosen)
        areas_told = _chosen(language, scenario, areas, frames, names[language])
        texts[language] = [first, *areas_told, *rest]
    touched = network.accreditations["iso3"].isin(effect.touched["iso3"])
    serving = served(network.postings, network.accreditations[touched], chosen)
    about = scenarios.record(scenario) | {"text": text(scenario)}
    unit_names = names[arguments.language or "nl"]
    return scenario_effect.record(about, effect, unit_names, serving, areas) | {"sentences": texts}


def _chosen(
    language: str,
    scenario: Scenario,
    areas: WorkAreas,
    frames: tuple[pd.DataFrame, pd.DataFrame],
    names: pd.Series,
) -> list[str]:
    """What the scenario chose for work areas, and who stays; `frames` are postings."""
    cities = _city_names(language)
    before, after = (
        frame.assign(city=frame["city"].map(lambda city: cities.get(city, city)))
        for frame in frames
    )
    return workareas.Chosen(texts_of(language), scenario, areas, before, after, names).sentences()


def _city_names(language: str) -> dict[str, str]:
    cities = places()
    return dict(zip(cities["city"], cities["city" if language == "nl" else "city_en"], strict=True))


def _effect(network: Network, after: Frames, chosen: Choice, areas: WorkAreas) -> Effect:
    """What the scenario that left the frames `after` does under a choice."""
    units, before = reference("units"), (network.postings, network.accreditations)

    def cover(by: Choice) -> tuple[pd.DataFrame, pd.DataFrame]:
        return coverage(units, *before, by), coverage(units, *after, by)

    hosts = active_hosts(before[0], chosen), active_hosts(after[0], chosen)
    most = areas.farthest.km if areas.farthest else np.inf
    return effect(*cover(chosen), hosts, cover(replace(chosen, organisations=())), most)


def _totals_record(
    language: str, effect: Effect, after: Frames, names: pd.Series, chosen: Choice
) -> list[str]:
    t, own = texts_of(language), _city_names(language)
    named = {
        side: effect.units[side].map(lambda cities: [own.get(city, city) for city in cities])
        for side in ("cities_before", "cities_after")
    }
    spoken = replace(effect, units=effect.units.assign(**named))
    frames = (
        after[0].assign(city=after[0]["city"].map(lambda city: own.get(city, city))),
        after[1],
    )
    about = (t, spoken, names, chosen.organisations)
    still = wording.still(t, frames, effect.of("lost")["iso3"], chosen)
    return [f"{scenario_effect.headline(*about)}.", *scenario_effect.sentences(*about, still)]


def _release_of(content: bytes, store: Store) -> str | None:
    """The release that the file names, if any; raises DataError where it is withdrawn or unknown.

    That is said before anything else: to ask for that release is no advice then.
    """
    named = scenarios.release_of(content)
    return None if named is None else str(store.release(named)["release"])


def ask_compare(arguments: argparse.Namespace) -> Record:
    """Two releases, or two sets of organisations: who is served on which side, and sentences."""
    store = snapshot.store()
    sides = [
        named(side, arguments.release or store.default_release())
        for side in (arguments.a, arguments.b)
    ]
    if sides[0] == sides[1]:
        raise DataError("sides_equal_in_question", "compare", value=arguments.a)
    if twice := differences.on_both(*sides):
        raise DataError("sides_share", "compare", organisations=tuple(twice))
    chosen = choice(arguments)
    networks = {release: store.network(release) for release in (side.release for side in sides)}
    left, right = (Side(networks[side.release], side.choice(chosen)) for side in sides)
    comparison = compare(reference("units"), left, right)
    record: Record = {
        name: {"text": side.text, "release": side.release, "complete": complete}
        for name, side, complete in zip("ab", sides, comparison.complete, strict=True)
    }
    names = _names()
    sentences = {}
    for language in LANGUAGES:
        t = texts_of(language)
        called = {each.release: release_within(t, each.release) for each in sides}
        pair = differences.Pair(comparison, sides[0], sides[1], chosen.organisations, called)
        sentences[language] = [
            f"{pair.headline(t)}.",
            *(each.text for each in pair.sentences(t, names[language])),
        ]
    record |= differences.record(comparison, names[arguments.language or "nl"]) | {
        "sentences": sentences
    }
    if sides[0].release != sides[1].release:  # the older one is what was, whichever is `a`
        from data.imports import drafts  # reads every format of document: slow to import

        order = list(store.releases()["release"])[::-1]
        before, after = sorted((side.release for side in sides), key=order.index)
        record["changes"] = {"before": before, "after": after} | drafts.between(
            store, before, after
        ).records()
    return record


def _names() -> dict[str, pd.Series]:
    units = reference("units").set_index("iso3")
    return {language: units[f"name_{language}"] for language in LANGUAGES}
