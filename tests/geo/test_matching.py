"""Pairs of posts in one city: who is who does not depend on how the pairs are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.matching import Post, match

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
def test_posts_are_paired_as_if_each_was_weighed_against_each(before, after) -> None:
    sides = [[post(row, *cells) for row, cells in enumerate(side)] for side in (before, after)]
    assert rows(*sides) == weighed(*sides)
