"""What a planner asks, and what the data of this moment answer: places, least missed, areas."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import snapshot
from dashboard.filters import Filters
from data.candidates import Candidates
from data.indicators import Indicators
from data.load import reference
from geo.best_sets import Progress
from geo.closing import Together, least_missed, least_missed_together
from geo.coverage import seat_matrix_km
from geo.firmness import Firmness, firmness, variations
from geo.options import AIMS, Choice
from geo.placement import (
    Limits,
    Placement,
    candidates,
    country_weights,
    needs,
    place,
    seats,
    usual_limits,
)
from geo.ranking import USUAL, Scaling, Values
from geo.rebalance import Redrawing, rebalance
from geo.schemas import ORGANISATIONS

EVERYBODY = Choice()


@dataclass(frozen=True)
class Question:
    """Where new posts would help, under a reader's limits and weights.

    `posts` new ones; `within` km and `most` countries an officer, None for those of today's
    network; `area` is a continent or subregion that the new posts must stand in. `weights` differ
    from the usual ones; `indicators` are the reader's own figures, of `year`;
    `candidates` the reader's own cities instead of the seats of government.
    """

    release: str
    choice: Choice = EVERYBODY
    posts: int = 1
    within: int | None = None
    most: int | None = None
    area: str = ""
    weights: tuple[tuple[str, int], ...] = ()
    scaling: Scaling = USUAL
    indicators: Indicators | None = None
    year: int | None = None
    candidates: Candidates | None = None

    @property
    def organisation(self) -> str:
        """Who sends the new officers: the first of the chosen organisations, else the NP."""
        named = [name for name in ORGANISATIONS if name in self.choice.organisations]
        return named[0] if named else ORGANISATIONS[0]

    def key(self) -> Hashable:
        """All that tells one question from another; figures go by the fingerprint of their file."""
        figures = self.indicators.sha256 if self.indicators else ""
        return replace(self, indicators=None), figures

    def of_countries(self) -> Hashable:
        """The same for what is known of the countries, wherever new posts may stand."""
        anywhere = replace(self, posts=1, within=None, most=None, area="", candidates=None)
        return anywhere.key()


def of_filters(
    filters: Filters,
    indicators: Indicators | None = None,
    indicator_weights: Mapping[str, int] | None = None,
) -> Question:
    """The question of an address, with the reader's own figures and what these weigh."""
    weights = dict(filters.weights) | dict(indicator_weights or {})
    return Question(
        filters.release,
        filters.choice,
        filters.posts,
        filters.within or None,
        filters.most or None,
        filters.area,
        tuple(sorted(weights.items())),
        filters.scaling if indicators else Scaling(unknown=filters.scaling.unknown),
        indicators,
        indicators.year(filters.year) if indicators else None,
    )


# --- one more officer -----------------------------------------------------------------------------


def limits(question: Question) -> Limits:
    """The limits of the question; what it leaves open is as in today's network."""
    if question.within is not None and question.most is not None:
        return Limits(question.within, question.most)
    usual = todays(question.release, question.choice)
    within = usual.within if question.within is None else question.within
    return Limits(within, usual.most if question.most is None else question.most)


@snapshot.cached(64)
def todays(release: str, choice: Choice) -> Limits:
    """What most of today's network keeps to, see `geo.placement.usual_limits`."""
    network = snapshot.complete_network(release)
    units = reference("units")
    return usual_limits(network.postings, network.accreditations, units, choice)


def _key(question: Question, *_: object) -> Hashable:
    return question.key()


@snapshot.cached(64, Question.of_countries)
def weights(question: Question) -> pd.Series:
    """iso3 -> points of a country that nobody serves, see `geo.placement.country_weights`."""
    snapshot.complete_network(question.release)
    values = _values(question)
    return country_weights(values, dict(question.weights), question.scaling, _among(question))


def _values(question: Question) -> Values:
    about = question.release, question.choice, "nl", question.indicators, question.year
    return snapshot.gap_values(*about)


def _among(question: Question) -> list[str] | None:
    """The units that give an indicator its ends, where the reader chose the gaps only."""
    if question.scaling.basis != "gaps":
        return None
    frame = snapshot.gaps(question.release, question.choice)
    return [str(iso3) for iso3 in frame.loc[frame["state"].eq("none"), "iso3"]]


@snapshot.cached(64, Question.of_countries)
def points(question: Question) -> pd.Series:
    """iso3 -> points of what a new post can close, see `geo.placement.needs`."""
    gaps = snapshot.gaps(question.release, question.choice)
    return needs(gaps, weights(question), reference("units"))


def _of_towns(question: Question) -> Hashable:
    return question.release, question.organisation, question.area, question.candidates


@snapshot.cached(64, _of_towns)
def towns(question: Question) -> pd.DataFrame:
    """The places that may get a post, and why others may not, see `geo.placement.candidates`."""
    area = snapshot.in_area(question.area) if question.area else None
    own = question.candidates
    return candidates(
        seats(reference("units")) if own is None else own.frame(),
        snapshot.complete_network(question.release).postings,
        question.organisation,
        reference("model_exceptions"),
        area,
    )


@snapshot.cached(64, _key)
def placed(question: Question, progress: Progress | None = None) -> Placement:
    """The best places and their alternatives; raises LimitError where the limits leave none."""
    return place(
        question.posts,
        points(question),
        towns(question),
        reference("units"),
        limits(question),
        progress=progress,
        seats_km=_seats_km() if question.candidates is None else None,
    )


@snapshot.cached(1)
def _seats_km() -> npt.NDArray[np.float64]:
    """Whole km from each seat of government (a row) to each (a column), in order of the units."""
    units = reference("units")
    return seat_matrix_km(seats(units), units)


@snapshot.cached(8, _key)
def firm(question: Question, progress: Progress | None = None) -> Firmness:
    """How firm the best set is when each weight and each limit moves; raises LimitError."""
    units = reference("units")
    moved = variations(
        _values(question),
        snapshot.gaps(question.release, question.choice),
        units,
        dict(question.weights),
        limits(question),
        scaling=question.scaling,
        among=_among(question),
    )
    return firmness(placed(question), moved, towns(question), units, progress=progress)


# --- least missed, areas -------------------------------------------------------------------------


@snapshot.cached(64, Question.of_countries)
def missed(question: Question) -> pd.DataFrame:
    """What closing each post would cost, see `geo.closing.least_missed`."""
    network = snapshot.complete_network(question.release)
    tables = network.postings, network.accreditations, reference("units")
    return least_missed(*tables, weights(question), question.choice)


@snapshot.cached(64, lambda question, at_once: (question.of_countries(), at_once))
def missed_together(question: Question, at_once: int) -> Together:
    """What closing two or three posts at once would cost."""
    network = snapshot.complete_network(question.release)
    tables = network.postings, network.accreditations, reference("units")
    return least_missed_together(*tables, weights(question), at_once, question.choice)


@snapshot.cached(64)
def redrawn(release: str, choice: Choice, aim: str = AIMS[0]) -> Redrawing:
    """The work areas divided anew over today's posts, within the limits of today."""
    network = snapshot.complete_network(release)
    tables = network.postings, network.accreditations, reference("units")
    return rebalance(*tables, aim=aim, choice=choice)
