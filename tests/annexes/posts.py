"""Posts and missions as they are drawn, before a layout gives them cells: what is printed of each,
and beside it what that means."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.annexes.atlas import COUNTRIES, HOSTS, Country
from tests.annexes.description import Golden

# As printed behind the country -> the organisation; "" prints none.
ORGANISATIONS = {"NP": "NP", "KMar": "KMar", "Kmar": "KMar", "GPI": "GPI", "": None}
DASHES = (" - ", " – ", " ", "- ", " -")
SEPARATORS = (" / ", "/ ", "/", ", ", "; ", "\n")


@dataclass(frozen=True)
class Piece:
    """One part of a work area: `printed` behind `joint`, or behind the area's separator.

    `manner` says what `units` are: "named" (read, or asked), "doubtful" (asked), "excluded"
    (neither served nor suggested), "aside" (not served) or "empty" (no country, no question).
    """

    printed: str
    units: tuple[str, ...] = ()
    manner: str = "named"
    joint: str | None = None
    behind: str = ""


@dataclass(frozen=True)
class Look:
    """What stands on the cells of a row beside their words: see `Cell`; keys are columns."""

    raised: tuple[tuple[str, str], ...] = ()
    note: tuple[tuple[str, str], ...] = ()
    struck: tuple[tuple[str, str], ...] = ()
    unseen: tuple[tuple[str, str], ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Post:
    """A posting of one row. `tail` stands behind the label, `ahead` before its organisation.

    `host` is how the label prints the country, where that is not its name; `remark` stands in a
    column of its own, `below` is a typed note under the table.
    """

    country: Country
    printed_organisation: str
    organisation: str | None
    pieces: tuple[Piece, ...]
    separator: str = " / "
    dash: str = " - "
    host: str = ""
    ahead: str = ""
    tail: str = ""
    city: str = ""
    city_tail: str = ""
    remark: str = ""
    number: str = ""
    below: str = ""
    status: str = "active"
    officers: int = 1
    asks: frozenset[str] = frozenset()
    words: str = ""
    end: str = ""
    look: Look = Look()

    @property
    def area(self) -> str:
        """Return the work area as printed."""
        text = ""
        for piece in self.pieces:
            joint = self.separator if piece.joint is None else piece.joint
            # Before the first piece only its own sign may stand, as in a list with bullets.
            first = joint if piece.joint is not None else ""
            text += f"{joint if text else first}{piece.printed}{piece.behind}"
        return text + self.end

    @property
    def label(self) -> str:
        """Return the label as printed where the organisation has no column of its own."""
        stated = f"{self.dash}{self.printed_organisation}" if self.printed_organisation else ""
        return f"{self.named}{self.ahead}{stated}{self.tail}"

    @property
    def named(self) -> str:
        """Return the country as printed in the label."""
        return self.host or self.country.name

    @property
    def station(self) -> str:
        """Return the duty station as printed."""
        return f"{self.city}{self.city_tail}"

    def golden(self) -> Golden:
        """Return what must be read from the row."""
        units = {manner: self._units(manner) for manner in ("named", "excluded", "aside")}
        excluded = {iso3 for iso3, _ in units["excluded"]}
        return Golden(
            "LO",
            (self.label, self.station, self.area),
            self.country.iso3,
            self.organisation,
            self.city,
            self.status,
            self.officers,
            tuple(each for each in units["named"] if each[0] not in excluded),
            tuple(piece.printed for piece in self.pieces if piece.manner == "doubtful"),
            units["excluded"],
            units["aside"],
            self.asks,
            self.words,
            seen=not self.look.hidden,
            unseen=bool(self.look.unseen),
        )

    def _units(self, manner: str) -> tuple[tuple[str, str], ...]:
        return tuple(
            (iso3, piece.printed)
            for piece in self.pieces
            if piece.manner == manner
            for iso3 in piece.units
        )

    def with_pieces(self, *pieces: Piece, end: bool = True) -> Post:
        """Return the post with more in its work area, at the end or before the last piece."""
        if end:
            return replace(self, pieces=(*self.pieces, *pieces))
        return replace(self, pieces=(*self.pieces[:-1], *pieces, self.pieces[-1]))


@dataclass(frozen=True)
class Mission:
    """A mission of one row; `area` are the codes of its area, "" in `duty` prints no station."""

    name: str
    lead: str
    area: tuple[str, ...]
    officers: int
    duty: str = ""
    printed_officers: str = ""
    asks: frozenset[str] = frozenset()
    look: Look = Look()

    def golden(self) -> Golden:
        """Return what must be read from the row."""
        return Golden(
            "mission",
            (self.name, self.duty, self.printed_officers or str(self.officers)),
            officers=self.officers,
            named=tuple((iso3, self.name) for iso3 in self.area),
            asks=self.asks,
            lead=self.lead,
            seen=not self.look.hidden,
        )


# Names of missions -> who leads them, and the units of their area.
MISSIONS = {
    "EULEX Kosovo": ("EU", ("XKX",)),
    "EUMM Georgië": ("EU", ("GEO",)),
    "EUMA Armenië": ("EU", ("ARM",)),
    "EUAM Oekraïne": ("EU", ("UKR",)),
    "EUCAP Somalië": ("EU", ("SOM",)),
    "EUCAP Sahel Mali": ("EU", ("MLI",)),
    "EUBAM Libië": ("EU", ("LBY",)),
    "EUAM Irak": ("EU", ("IRQ",)),
    "UNMISS Zuid-Soedan": ("UN", ("SSD",)),
    "EUTM Mozambique": ("EU", ("MOZ",)),
    "OVSE Moldavië": ("OSCE", ("MDA",)),
}


def draw_post(draw: random.Random, taken: set[tuple[str, str]]) -> Post:
    """Draw a post that no row of the annex has yet, with a work area in its part of the world."""
    while True:
        country = draw.choice(HOSTS)
        printed = draw.choice([*list(ORGANISATIONS) * 2, "NP", "NP", "KMar", "GPI"])
        if (country.iso3, printed.casefold()) not in taken:
            taken.add((country.iso3, printed.casefold()))
            break
    near = [each for each in COUNTRIES if each.part == country.part and each != country]
    served = draw.sample(near, draw.randint(1, 5))
    if draw.random() < 0.8:
        served.insert(0, country)
    post = Post(
        country,
        printed,
        ORGANISATIONS[printed],
        tuple(Piece(each.name, (each.iso3,)) for each in served),
        city=country.city,
    )
    # A dash without a space before it would belong to the name.
    return replace(post, dash=draw.choice(DASHES), separator=draw.choice(SEPARATORS))


def strangers(post: Post, draw: random.Random, many: int = 1) -> list[Country]:
    """Draw countries near the post that its work area does not name."""
    named = {iso3 for piece in post.pieces for iso3 in piece.units} | {post.country.iso3}
    near = [c for c in COUNTRIES if c.part == post.country.part and c.iso3 not in named]
    return draw.sample(near, many)


def draw_missions(draw: random.Random, many: int) -> list[Mission]:
    """Draw different missions with one to nine officers."""
    names = draw.sample(list(MISSIONS), many)
    return [Mission(name, *MISSIONS[name], draw.randint(1, 9)) for name in names]
