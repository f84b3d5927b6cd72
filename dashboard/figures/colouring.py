"""What colours of the coverage map answer: how, by whom, how many officers, how far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.filters import BY_ORGANISATION, CHOICES, COLOURINGS, Filters
from geo.schemas import NOT_STATED, NOT_STATED_WORD

STEPS_KM = (500, 1500)  # kilometres up to which a post is near, and up to which it is apart
Looks = dict[str, str]  # iso3 -> look, see `theme.classes`


def drawn_state(state: Any, basis: Iterable[str]) -> str:
    """The state as drawn: region-only coverage apart, a missing state as unknown.

    >>> drawn_state("accredited", ["region"]), drawn_state(None, [])
    ('region', 'unknown')
    """
    if state is None or pd.isna(state):
        return "unknown"
    if state == "accredited" and set(basis) == {"region"}:
        return "region"
    return str(state)


def _states(coverage: pd.DataFrame) -> Looks:
    return {
        iso3: drawn_state(state, basis)
        for iso3, state, basis in zip(
            coverage["iso3"], coverage["state"], coverage["basis"], strict=True
        )
    }


def by_state(coverage: pd.DataFrame) -> Looks:
    """How each unit is served."""
    return {iso3: theme.look(state) for iso3, state in _states(coverage).items()}


def by_organisation(coverage: pd.DataFrame, alone: pd.DataFrame, organisation: str) -> Looks:
    """What one organisation serves, in its hue; `alone` is the coverage by that one only.

    A unit that others serve is drawn as `other`.
    """
    every = _states(coverage)
    return {
        iso3: "other"
        if state == "none" and every[iso3] in theme.SERVED
        else theme.look(state, organisation)
        for iso3, state in _states(alone).items()
    }


def by_officers(coverage: pd.DataFrame) -> Looks:
    """How many officers serve each unit: one, two, three or more; those to come are `planned`."""
    counts = dict(zip(coverage["iso3"], coverage["postings"], strict=True))
    return {
        iso3: theme.OFFICERS[min(int(counts[iso3]), 3) - 1]
        if state in ("post", "accredited", "region")
        else state
        for iso3, state in _states(coverage).items()
    }


def by_distance(coverage: pd.DataFrame) -> Looks:
    """How far the nearest post is that serves each unit, see `STEPS_KM`."""
    km = dict(zip(coverage["iso3"], coverage["distance_km"], strict=True))
    return {
        iso3: _distance(km[iso3]) if state in ("accredited", "region") else state
        for iso3, state in _states(coverage).items()
    }


def _distance(km: float | None) -> str:
    """The step of a distance.

    >>> [_distance(km) for km in (500, 501, 1500, 1501, None)]
    ['near', 'apart', 'apart', 'far', 'distance_unknown']
    """
    if km is None or pd.isna(km):
        return "distance_unknown"
    return next(
        (
            step
            for step, limit in zip(("near", "apart"), STEPS_KM, strict=True)
            if round(float(km)) <= limit
        ),
        "far",
    )


def organisation(colouring: str) -> str | None:
    """The organisation that a colouring is about, as tables have it; None where it is not one.

    >>> organisation("NP"), organisation("not-stated"), organisation("how")
    ('NP', '', None)
    """
    if colouring not in BY_ORGANISATION:
        return None
    return NOT_STATED if colouring == NOT_STATED_WORD else colouring


def side_by_side(filters: Filters) -> tuple[str, ...]:
    """The organisations that have a small map: those of the reader's choice that have a name."""
    return tuple(name for name in filters.organisations or CHOICES if name != NOT_STATED)


def options(filters: Filters) -> list[str]:
    """The colourings that mean something under the reader's choice of organisations."""
    chosen = filters.organisations or CHOICES
    return [
        name
        for name in COLOURINGS
        if organisation(name) in (None, *chosen)
        and (name != "organisations" or len(side_by_side(filters)) > 1)
    ]


def of(filters: Filters) -> str:
    """The colouring of the map: the reader's, or the first where it is about nobody who counts."""
    return filters.colouring if filters.colouring in options(filters) else COLOURINGS[0]


def looks(colouring: str, coverage: pd.DataFrame, alone: Mapping[str, pd.DataFrame]) -> Looks:
    """The look of each unit; `alone` holds the coverage by the organisation it is about.

    Small maps of organisations stand beside a map of how each unit is served.
    """
    about = organisation(colouring)
    if about is not None:
        return by_organisation(coverage, alone[about], about)
    if colouring == "officers":
        return by_officers(coverage)
    if colouring == "distance":
        return by_distance(coverage)
    return by_state(coverage)
