"""Which posting of one release is which posting of the next, when rows shift every half year.

Row numbers and the order of rows count for nothing; what a posting is, counts: host, organisation,
city, and where several agree in those, the countries and the theme they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from geo.alike import MOST_PAIRS, Columns, Numbers, alike
from geo.names.normalise import key

_TEXTS = ["host", "organisation", "city", "status", "theme", "label", "city_printed"]


class Post(NamedTuple):
    """One posting as far as another release can know it again; missing texts are empty.

    `host` stands for a printed label where no country was read, `city` for a printed city that is
    not in the table `cities`; `served` are ISO codes.
    """

    row: int
    host: str
    organisation: str
    city: str
    status: str
    theme: str
    label: str
    served: frozenset[str]
    city_printed: str = ""

    @property
    def cells(self) -> dict[str, object]:
        """The posting for a reader; None where nothing is stated or no country was read."""
        told = {
            "host": "" if self.host.startswith("?") else self.host,
            "organisation": self.organisation,
            "city": self.city_printed if self.city.startswith("?") else self.city,
            "status": self.status,
            "theme": self.theme,
            "label": self.label,
        }
        return {"row": self.row} | {name: text or None for name, text in told.items()}

    @property
    def content(self) -> tuple[object, ...]:
        """All but the row number: posts with the same content are interchangeable."""
        told = (self.host, self.organisation, self.city, self.status, self.theme, key(self.label))
        return (*told, tuple(sorted(self.served)))


Pair = tuple[Post, Post]


class Tables(Protocol):
    """The network of one release; `complete` tells whether what it lacks was not there."""

    @property
    def postings(self) -> pd.DataFrame:
        """Table `postings` of `geo.schemas`."""

    @property
    def accreditations(self) -> pd.DataFrame:
        """Table `accreditations` of `geo.schemas`."""

    @property
    def complete(self) -> bool:
        """Whether the release holds every posting there was."""


def posts(postings: pd.DataFrame, accreditations: pd.DataFrame) -> list[Post]:
    """The LO postings of a release; both tables as in `geo.schemas`."""
    return _posts(_liaison(postings), _liaison(accreditations))


def _liaison(table: pd.DataFrame) -> Columns:
    """The columns that matching reads, of the rows of the liaison officers."""
    rows = table["kind"].to_numpy(object) == "LO"
    texts = [name for name in ("iso3", *_TEXTS) if name in table]
    columns: Columns = {name: table[name].to_numpy(object)[rows] for name in texts}
    return columns | {"row": table["row"].to_numpy(np.int64)[rows]}


def _posts(postings: Columns, accreditations: Columns) -> list[Post]:
    served: dict[int, list[str]] = defaultdict(list)
    pairs = (accreditations[name].tolist() for name in ("row", "iso3"))
    for row, iso3 in zip(*pairs, strict=True):
        served[row].append(iso3)
    texts = [np.where(pd.isna(postings[name]), "", postings[name]) for name in _TEXTS]
    found = []
    areas: dict[tuple[str, ...], frozenset[str]] = {}  # many posts serve the same: one set for all
    for row, host, organisation, city, status, theme, label, printed in zip(
        postings["row"].tolist(), *texts, strict=True
    ):
        area = tuple(served[row])
        found.append(
            Post(
                row,
                host or f"? {key(label)}",
                organisation,
                city or (f"? {key(printed)}" if key(printed) else ""),
                status,
                theme,
                label,
                areas.get(area) or areas.setdefault(area, frozenset(area)),
                printed,
            )
        )
    return found


@dataclass(frozen=True)
class Matching:
    """Every posting once: continued in place, moved, of another organisation, or on one side only.

    `same` is in no order: of most of it there is nothing to tell. `uncertain` pairs are one posting
    as far as can be told, where a release does not say the organisation or the city: they continue,
    without a claim that something changed.
    """

    same: list[Pair]
    moved: list[Pair]
    organisation_changed: list[Pair]
    uncertain: list[Pair]
    closed: list[Post]
    opened: list[Post]


def match(before: Iterable[Post], after: Iterable[Post], complete: bool) -> Matching:
    """Pair the postings of two releases.

    `complete`: both releases hold all postings. Otherwise a posting elsewhere, or of another
    organisation, may have been there before: then only what is not said can hide the same posting.
    """
    left, right = _Side(before), _Side(after)
    same = left.pair(right, lambda p: (p.host, p.organisation, p.city) if p.city else None)
    # A city that is not printed is no other city.
    unsaid = left.pair(
        right, lambda p: (p.host, p.organisation), lambda a, b: not (a.city and b.city)
    )
    moved = left.pair(right, lambda p: (p.host, p.organisation)) if complete else []
    changed = left.pair(
        right,
        lambda p: (p.host, p.city) if p.city else None,
        None if complete else _organisation_unsaid,
    )
    vague = left.pair(
        right,
        lambda p: p.host,
        lambda a, b: _organisation_unsaid(a, b) and not (a.city and b.city),
    )
    if complete:
        changed, vague = [*changed, *vague], []
    return Matching(
        same=same + unsaid,
        moved=in_order(moved),
        organisation_changed=in_order(changed if complete else []),
        uncertain=in_order(vague if complete else changed + vague),
        closed=sorted(left.rest, key=_order),
        opened=sorted(right.rest, key=_order),
    )


def match_releases(before: Tables, after: Tables) -> Matching:
    """As `match` pairs the postings of two releases, with the unchanged ones left out of `same`.

    Only the others become posts: in a large network most stay as they are.
    """
    postings = _liaison(before.postings), _liaison(after.postings)
    accreditations = _liaison(before.accreditations), _liaison(after.accreditations)
    pairs = alike(postings, accreditations)
    changed, rest = [], []
    for number, places in enumerate((pairs.before, pairs.after)):
        tables = postings[number], accreditations[number]
        left = np.ones(len(postings[number]["row"]), dtype=bool)
        left[places] = False
        changed.append(_posts_at(*tables, places[pairs.status_differs]))
        rest.append(_posts_at(*tables, np.flatnonzero(left)))
    matching = match(rest[0], rest[1], before.complete and after.complete)
    return replace(matching, same=[*zip(*changed, strict=True), *matching.same])


def _posts_at(postings: Columns, accreditations: Columns, places: Numbers) -> list[Post]:
    """The posts at these places of the columns, in that order."""
    some = {name: cells[places] for name, cells in postings.items()}
    theirs = np.isin(accreditations["row"], some["row"])
    return _posts(some, {name: cells[theirs] for name, cells in accreditations.items()})


def _organisation_unsaid(a: Post, b: Post) -> bool:
    return not (a.organisation and b.organisation)


def _order(post: Post) -> tuple[object, ...]:
    return (*post.content, post.row)


def _order_alike(post: Post) -> tuple[object, ...]:
    """The order of `_order` among posts that serve the same countries with the same theme."""
    return post.host, post.organisation, post.city, post.status, key(post.label), post.row


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """Pairs by what they are, so that the order of the rows does not decide it."""
    return sorted(pairs, key=lambda pair: (_order(pair[0]), _order(pair[1])))


class _Side:
    """The postings of one release that are not paired yet."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self.rest = list(posts)

    def pair(
        self,
        other: _Side,
        group: Callable[[Post], Hashable | None],
        fits: Callable[[Post, Post], bool] | None = None,
    ) -> list[Pair]:
        """Take out of both sides the pairs that agree in `group` (None: in no group) and fit."""
        groups: dict[Hashable, tuple[list[Post], list[Post]]] = defaultdict(lambda: ([], []))
        for side, found in enumerate((self.rest, other.rest)):
            for post in found:
                name = group(post)
                if name is not None:
                    groups[name][side].append(post)
        pairs = []
        for left, right in groups.values():
            if left and right:
                pairs += _best_pairs(left, right, fits)
        for side, held in enumerate((self, other)):
            taken = {pair[side].row for pair in pairs}  # the key within a release
            held.rest = [post for post in held.rest if post.row not in taken]
        return pairs


def _best_pairs(
    left: list[Post], right: list[Post], fits: Callable[[Post, Post], bool] | None
) -> list[Pair]:
    """Most countries in common first, then the same theme, then fewest others; then by content."""
    if len(left) == len(right) == 1:
        return [(a, b) for a, b in zip(left, right, strict=True) if fits is None or fits(a, b)]
    if len(left) * len(right) > MOST_PAIRS:
        return _pairs_in_order(sorted(left, key=_order), sorted(right, key=_order), fits)
    pairs: list[Pair] = []
    if fits is None:
        pairs, left, right = _alike(left, right)
    left, right = sorted(left, key=_order), sorted(right, key=_order)
    ranked = sorted(
        (-len(a.served & b.served), a.theme != b.theme, len(a.served ^ b.served), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if fits is None or fits(a, b)
    )
    used = (set[int](), set[int]())
    for *_, i, j in ranked:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((left[i], right[j]))
    return pairs


def _alike(left: list[Post], right: list[Post]) -> tuple[list[Pair], list[Post], list[Post]]:
    """The pairs that serve the same countries with the same theme, and who is left of each side.

    No other pair has as much in common with either of the two, so these come first whoever else
    there is: a network of thousands, of which most stays, need not weigh each against each.
    """
    alike: dict[Hashable, tuple[list[Post], list[Post]]] = defaultdict(lambda: ([], []))
    for side, posts in enumerate((left, right)):
        for post in posts:
            alike[post.served, post.theme][side].append(post)
    pairs: list[Pair] = []
    rest: tuple[list[Post], list[Post]] = ([], [])
    for ours, theirs in alike.values():
        several = len(ours) > 1 or len(theirs) > 1
        if ours and theirs and several:
            ours, theirs = sorted(ours, key=_order_alike), sorted(theirs, key=_order_alike)
        both = min(len(ours), len(theirs))
        pairs += zip(ours[:both], theirs[:both], strict=True)
        rest[0].extend(ours[both:])
        rest[1].extend(theirs[both:])
    return pairs, *rest


def _pairs_in_order(
    left: list[Post], right: list[Post], fits: Callable[[Post, Post], bool] | None
) -> list[Pair]:
    """The unchanged ones first, then in order of content."""
    waiting: dict[tuple[object, ...], list[Post]] = defaultdict(list)
    for post in reversed(right):
        waiting[post.content].append(post)
    pairs, other = [], []
    for post in left:
        if waiting[post.content]:
            pairs.append((post, waiting[post.content].pop()))
        else:
            other.append(post)
    taken = {post for _, post in pairs}
    pairs += zip(other, (post for post in right if post not in taken), strict=False)
    return [(a, b) for a, b in pairs if fits is None or fits(a, b)]
