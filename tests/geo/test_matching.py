"""Pairs of posts in one city: who is who does not depend on how the pairs are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.matching import Matching, Pair, Post, match, match_releases, posts

ISO3 = ("COL", "ECU", "PER")


def post(row: int, served: frozenset[str], theme: str = "", label: str = "Colombia") -> Post:
    return Post(row, "COL", "NP", "Bogota", "active", theme, label, served)


def rows(before: list[Post], after: list[Post]) -> set[tuple[int, int]]:
    return {(a.row, b.row) for a, b in match(before, after, complete=True).same}


def weighed(before: list[Post], after: list[Post]) -> set[tuple[int, int]]:
    """Every pair weighed: most countries in common, the same theme, fewest others, then content."""
    order = [sorted(side, key=lambda post: (*post.content, post.row)) for side in (before, after)]
    every = sorted(
        (-len(a.served & b.served), a.theme != b.theme, len(a.served ^ b.served), i, j)
        for i, a in enumerate(order[0])
        for j, b in enumerate(order[1])
    )
    pairs: dict[int, int] = {}
    for *_, i, j in every:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return {(order[0][i].row, order[1][j].row) for i, j in pairs.items()}


def test_a_post_with_the_same_area_continues_whatever_else_is_there() -> None:
    small, large = frozenset({"COL", "ECU"}), frozenset({"COL", "ECU", "PER"})
    before = [post(1, small), post(2, large)]
    assert rows(before, [post(1, large), post(2, small)]) == {(1, 2), (2, 1)}
    # The one that grew is what is left: the other two stay what they are.
    assert rows([*before, post(3, frozenset({"COL"}))], [post(7, large), post(8, small)]) == {
        (1, 8),
        (2, 7),
    }


NETWORK = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(ISO3)),
        st.sampled_from(("", "havens")),
        st.sampled_from(("Colombia-1", "Colombia-2")),
    ),
    max_size=6,
)


@given(NETWORK, NETWORK)
@settings(deadline=None)
def test_posts_are_paired_as_if_each_was_weighed_against_each(before, after) -> None:
    sides = [[post(row, *cells) for row, cells in enumerate(side)] for side in (before, after)]
    assert rows(*sides) == weighed(*sides)


@dataclass(frozen=True)
class Release:
    """A network as `geo.matching.Tables`."""

    postings: pd.DataFrame
    accreditations: pd.DataFrame
    complete: bool


@st.composite
def releases(draw: st.DrawFn) -> Release:
    """A few postings that are easily taken for one another, in any order of rows."""
    texts = {
        "host": st.sampled_from(("COL", "PER", None)),
        "organisation": st.sampled_from(("NP", "KMar", None)),
        "city": st.sampled_from(("Bogota", "Lima", None)),
        "city_printed": st.sampled_from(("Elders", "", None)),
        "status": st.sampled_from(("active", "planned")),
        "theme": st.sampled_from(("havens", None)),
        "label": st.sampled_from(("Colombia-1", "Colombia 1", "Andes")),
        "kind": st.sampled_from(("LO", "LO", "LO", "FILO")),
    }
    rows = draw(st.lists(st.fixed_dictionaries(texts), max_size=12))
    numbers = draw(st.permutations(range(1, len(rows) + 1)))
    postings = pd.DataFrame(rows, columns=[*texts], dtype=object).assign(row=numbers)
    areas = [draw(st.lists(st.sampled_from(ISO3), max_size=3)) for _ in rows]
    cells = [
        (row["kind"], number, iso3)
        for row, number, area in zip(rows, numbers, areas, strict=True)
        for iso3 in area
    ]
    accreditations = pd.DataFrame(cells, columns=["kind", "row", "iso3"])
    return Release(postings, accreditations.astype({"row": int}), draw(st.booleans()))


def changed(pairs: list[Pair]) -> set[tuple[int, int]]:
    return {(a.row, b.row) for a, b in pairs if (a.status, a.served) != (b.status, b.served)}


def parts(matching: Matching) -> list[object]:
    """All that there is to tell of."""
    others = (matching.moved, matching.organisation_changed, matching.uncertain)
    return [changed(matching.same), *others, matching.closed, matching.opened]


@pytest.mark.parametrize("most_pairs", [10_000, 3])
@given(before=releases(), after=releases())
@settings(deadline=None, max_examples=40)
def test_pairing_by_number_is_pairing_one_by_one(most_pairs, before, after) -> None:
    sides = [posts(side.postings, side.accreditations) for side in (before, after)]
    with patch("geo.alike.MOST_PAIRS", most_pairs), patch("geo.matching.MOST_PAIRS", most_pairs):
        one_by_one = match(*sides, complete=before.complete and after.complete)
        assert parts(match_releases(before, after)) == parts(one_by_one)


@pytest.mark.parametrize(("most_pairs", "pair"), [(10_000, (1, 1)), (3, (1, 2))])
def test_in_a_crowd_the_unchanged_ones_come_first(most_pairs, pair) -> None:
    def release(*statuses: str) -> Release:
        posting = {"host": "COL", "organisation": "NP", "city": "Bogota", "city_printed": "Bogota"}
        rows = [{**posting, "status": status, "label": "x", "theme": ""} for status in statuses]
        postings = pd.DataFrame(rows).assign(kind="LO", row=range(1, len(rows) + 1))
        return Release(postings, pd.DataFrame({"kind": [], "row": [], "iso3": []}), True)

    with patch("geo.alike.MOST_PAIRS", most_pairs), patch("geo.matching.MOST_PAIRS", most_pairs):
        matching = match_releases(release("active", "planned"), release("planned", "planned"))
    assert changed(matching.same) == {pair}
