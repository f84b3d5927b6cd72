"""Posts through the releases: where each was there, where evidence says so, and what is unknown.

A complete network proves what it names and what it lacks; any other document proves only what it
names. What lies between two dates is known where a post stands in the networks of both, and else
unknown: no document says on which day a post opened or closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from geo.cover_history import Dated
from geo.matching import Post, match, posts

PRESENT, PLANNED, ABSENT, MENTIONED = "present", "planned", "absent", "mentioned"
_NOT_THERE = (ABSENT, PLANNED)


@dataclass(frozen=True)
class Evidence:
    """A post that a document names which does not name them all; '' for what it does not say.

    `host` is an ISO code; `date` and `release` are those of the document.
    """

    date: str
    release: str
    host: str
    city: str = ""
    organisation: str = ""
    planned: bool = False


@dataclass(frozen=True)
class Sighting:
    """What one document says of a post: present, planned, absent or mentioned.

    `organisation` and `city` are as it has them; '' where it does not say, or the post is absent.
    """

    date: str
    kind: str
    release: str
    organisation: str = ""
    city: str = ""


@dataclass(frozen=True)
class Lifeline:
    """One post through time, by what is last known of it; `sightings` in order of time."""

    host: str
    city: str
    organisation: str
    sightings: tuple[Sighting, ...]

    @property
    def steady(self) -> bool:
        """Whether nothing is known of it but that it is there, each time in the same way."""
        ways = {
            (sighting.kind, sighting.organisation, sighting.city) for sighting in self.sightings
        }
        return len(ways) == 1 and self.sightings[0].kind == PRESENT

    @property
    def opened(self) -> tuple[str, str] | None:
        """(last date without the post, first date with it), None where that is not known."""
        gone = (a for a in pairwise(self.sightings) if a[0].kind in _NOT_THERE)
        return next(((a.date, b.date) for a, b in gone if b.kind == PRESENT), None)

    @property
    def closed(self) -> tuple[str, str] | None:
        """(last date with the post, first date without it), None where it did not close."""
        last = self.sightings[-2:]
        gone = len(last) == 2 and last[1].kind == ABSENT and last[0].kind in (PRESENT, MENTIONED)
        return (last[0].date, last[1].date) if gone else None

    @property
    def intervals(self) -> tuple[tuple[str, str, bool], ...]:
        """(from, until, whether it is known that the post was there) between dates of sightings.

        Between two networks without the post there is none. What is mentioned between two networks
        that have it changes nothing.
        """
        networks = [sighting.kind for sighting in self.sightings if sighting.kind != MENTIONED]
        found, passed = [], 0
        for a, b in pairwise(self.sightings):
            passed += a.kind != MENTIONED
            known = passed > 0 and networks[passed - 1 : passed + 1] == [PRESENT, PRESENT]
            if not (a.kind in _NOT_THERE and b.kind in _NOT_THERE):
                found.append((a.date, b.date, known))
        return tuple(found)


def named_by(network: Dated) -> list[Evidence]:
    """The posts that a network names that is not complete."""
    return [
        Evidence(network.as_of, network.release, post.host, _city(post), post.organisation,
                 post.status == PLANNED)
        for post in posts(network.postings, network.accreditations)
        if not post.host.startswith("?")
    ]  # fmt: skip


def lifelines(networks: Sequence[Dated], evidence: Iterable[Evidence] = ()) -> list[Lifeline]:
    """Every post that a network or `evidence` names; networks in order of time.

    Of networks that are not complete the posts are evidence too. Evidence belongs to the one post
    of a network that it certainly is: of that city, and of that organisation or the only one there.
    Else it has a line of its own.
    """
    complete = [network for network in networks if network.complete]
    partial = [network for network in networks if not network.complete]
    lines = _chained(complete)
    claims = [*evidence, *(one for network in partial for one in named_by(network))]
    alone: dict[tuple[str, str, str], list[Evidence]] = {}
    for claim in claims:
        line = _certain(claim, lines)
        if line is None:
            alone.setdefault((claim.host, claim.city, claim.organisation), []).append(claim)
        else:
            line.claims.append(claim)
    _gather(alone)
    made = [_lifeline(line, complete) for line in lines]
    return [*made, *(_unmatched(group, complete) for group in alone.values())]


def _gather(alone: dict[tuple[str, str, str], list[Evidence]]) -> None:
    """Claims that name no city join those of the one city that others of the same post name."""
    for key in [key for key in alone if key[2] and not key[1]]:
        same = [other for other in alone if other[1] and (other[0], other[2]) == (key[0], key[2])]
        if len(same) == 1:
            alone[same[0]] += alone.pop(key)


@dataclass
class _Line:
    """One post by the number of each complete network that has it, and what else names it."""

    posts: dict[int, Post]
    claims: list[Evidence] = field(default_factory=list)

    @property
    def last(self) -> Post:
        return self.posts[max(self.posts)]


def _chained(complete: Sequence[Dated]) -> list[_Line]:
    """The posts of all networks, each known again in the next one; see `geo.matching`."""
    lines: list[_Line] = []
    for number, network in enumerate(complete):
        now = posts(network.postings, network.accreditations)
        before = {line.posts[number - 1].row: line for line in lines if number - 1 in line.posts}
        pairs = match((line.posts[number - 1] for line in before.values()), now, complete=True)
        kept = (pairs.same, pairs.moved, pairs.organisation_changed, pairs.uncertain)
        for old, new in (pair for group in kept for pair in group):
            before[old.row].posts[number] = new
        ended = [line for line in lines if max(line.posts) < number - 1]
        for post in pairs.opened:
            again = next((line for line in ended if _same(line.last, post)), None)
            if again is None:
                lines.append(_Line({number: post}))
            else:
                ended.remove(again)
                again.posts[number] = post
    return lines


def _same(a: Post, b: Post) -> bool:
    return bool(a.city) and (a.host, a.city, a.organisation) == (b.host, b.city, b.organisation)


def _certain(claim: Evidence, lines: Iterable[_Line]) -> _Line | None:
    """The one line that a claim is about; None where there is none, or more than one."""
    if not claim.city:
        return None
    near = [
        line
        for line in lines
        if any(_may_be(claim, post) and _city(post) == claim.city for post in line.posts.values())
    ]
    exact = [
        line
        for line in near
        if any(post.organisation == claim.organisation for post in line.posts.values())
    ]
    fitting = exact if claim.organisation and exact else near
    return fitting[0] if len(fitting) == 1 else None


def _may_be(claim: Evidence, post: Post) -> bool:
    """Whether nothing that is said speaks against it."""
    pairs = ((claim.city, _city(post)), (claim.organisation, post.organisation))
    return claim.host == post.host and all(not a or not b or a == b for a, b in pairs)


def _city(post: Post) -> str:
    return post.city_printed if post.city.startswith("?") else post.city


def _sighting(claim: Evidence) -> Sighting:
    kind = PLANNED if claim.planned else MENTIONED
    return Sighting(claim.date, kind, claim.release, claim.organisation, claim.city)


def _lifeline(line: _Line, complete: Sequence[Dated]) -> Lifeline:
    sightings = [_sighting(claim) for claim in line.claims]
    for number, network in enumerate(complete):
        post = line.posts.get(number)
        if post is None:
            sightings.append(Sighting(network.as_of, ABSENT, network.release))
        else:
            kind = PRESENT if post.status == "active" else PLANNED
            at = post.organisation, _city(post)
            sightings.append(Sighting(network.as_of, kind, network.release, *at))
    return Lifeline(line.last.host, _city(line.last), line.last.organisation, _trimmed(sightings))


def _unmatched(claims: Sequence[Evidence], complete: Sequence[Dated]) -> Lifeline:
    """A line of evidence alone: absent only where no post of a network can be the one."""
    first = next((claim for claim in claims if claim.city), claims[0])
    sightings = list(map(_sighting, claims))
    for network in complete:
        there = posts(network.postings, network.accreditations)
        if not any(_may_be(first, post) for post in there):
            sightings.append(Sighting(network.as_of, ABSENT, network.release))
    return Lifeline(first.host, first.city, first.organisation, _trimmed(sightings))


def _trimmed(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """In order of time and each once, without absences that touch nothing else."""
    ordered = sorted(dict.fromkeys(sightings), key=lambda sighting: (sighting.date, sighting.kind))
    there = [sighting.kind != ABSENT for sighting in ordered]
    near = [any(there[max(0, at - 1) : at + 2]) for at in range(len(ordered))]
    return tuple(sighting for sighting, keep in zip(ordered, near, strict=True) if keep)
