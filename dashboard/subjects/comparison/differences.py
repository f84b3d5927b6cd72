"""Two sides of a comparison, and where they differ or agree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from dashboard import records, rows, wording
from dashboard.document_names import table_name
from dashboard.i18n import Texts
from dashboard.records import Record, Row, plain
from dashboard.report import Cell, Piece, Text
from dashboard.wording import Names
from geo.comparison import PLACES, SIDES, Comparison
from geo.coverage import COVERED
from geo.names.normalise import key
from geo.options import Choice
from geo.schemas import NOT_STATED, NOT_STATED_WORD, ORGANISATIONS


@dataclass(frozen=True)
class Named:
    """One side as it is asked for: a release, or organisations within one ("NP+KMar")."""

    text: str
    release: str
    organisations: tuple[str, ...] = ()

    def choice(self, chosen: Choice) -> Choice:
        """What counts on this side, where `chosen` counts elsewhere."""
        return replace(chosen, organisations=self.organisations or chosen.organisations)


def named(text: str, release: str) -> Named:
    """The side that `text` asks for; organisations are those of `release`."""
    parts = text.replace(" ", "+").split("+")  # an address turns a plain + into a space
    if not all(part in (*ORGANISATIONS, NOT_STATED_WORD) for part in parts):
        return Named(text, text)
    codes = {NOT_STATED if part == NOT_STATED_WORD else part for part in parts}
    names = tuple(wording.in_order(list(codes)))
    return Named("+".join(name or NOT_STATED_WORD for name in names), release, names)


def on_both(left: Named, right: Named) -> list[str]:
    """The organisations that stand on both sides, in their order; none where a side is a release.

    What such an organisation serves would be served by both, whoever else is on a side.
    """
    return wording.in_order([name for name in left.organisations if name in right.organisations])


DRAWN = ("both", "left", "left_other", "right", "right_other", "none", "unknown", "home")
TABLE = "verschil"  # the name of the table of differences on the page
MOST_ROWS = 6  # of the document named in a sentence


@dataclass(frozen=True)
class Pair:
    """A comparison with the names of its sides, in sentences.

    `organisations` are those that the reader chose, for a side that names none itself. `called` is
    release -> what it is called, see `dashboard.document_names`; else its id.
    """

    comparison: Comparison
    left: Named
    right: Named
    organisations: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def sets(self) -> bool:
        """Whether both sides are organisations within one release."""
        return bool(self.left.organisations and self.right.organisations)

    def titles(self, t: Texts) -> tuple[str, str]:
        """What the sides are called: organisations, or a release and of whom its posts count."""
        return self._title(t, self.left), self._title(t, self.right)

    def _title(self, t: Texts, side: Named) -> str:
        whom = " + ".join(wording.organisation(t, name) for name in self.whom(side))
        if self.sets:
            return whom
        release = self.release(side)
        return f"{release} ({whom})" if whom else release

    def whom(self, side: Named) -> list[str]:
        """The organisations whose posts count on a side; empty for all."""
        return wording.in_order(side.organisations or self.organisations)

    def release(self, side: Named) -> str:
        """What the document of a side is called."""
        return self.called.get(side.release, side.release)

    def headline(self, t: Texts) -> str:
        """The finding in one sentence: who serves on both sides, and what differs."""
        titles, by = self.titles(t), ""
        if not (self.left.organisations or self.right.organisations):
            titles = self.release(self.left), self.release(self.right)
            by = wording.served_by(t, self.organisations)  # said once, for both
        sides = dict(zip(SIDES, (self._at(t, title) for title in titles), strict=True))
        counts = self.comparison.counts
        if counts["both"]:
            said = t.count("compare.both", counts["both"], by=by, **sides)
        else:
            nowhere = "both_nowhere" if all(self.comparison.complete) else "both_unknown"
            said = t(f"compare.{nowhere}", by=by, **sides)
        apart = (
            self.apart_texts(t)
            if self.sets
            else {side: t("compare.only", side=said) for side, said in sides.items()}
        )
        rest = [f"{t.number(n)} {apart[side]}" for side, n in self.apart.items() if n]
        if counts["unknown"]:
            form = "untold_set" if self.sets else "untold"
            hosts = t.count("network.hosts", counts["unknown"])
            rest.append(t(f"compare.{form}", hosts=hosts, release=self.release(self.left)))
        return "; ".join([said, *rest])

    @cached_property
    def apart(self) -> dict[str, int]:
        """Side -> how many units it serves and the other does not, whoever else serves them."""
        counts = self.comparison.counts
        return {side: counts[side] + counts[f"{side}_other"] for side in SIDES}

    def apart_texts(self, t: Texts) -> dict[str, str]:
        """The same in words, of two sets of organisations."""
        a, b = self.titles(t)
        return {
            "left": t("compare.set_one", a=a, b=b),
            "right": t("compare.set_one", a=b, b=a),
        }

    def _at(self, t: Texts, title: str) -> str:
        """ "door NP", "in het netwerk van begin 2026"."""
        return t("compare.by_set" if self.sets else "compare.in_release", side=title)

    def sentences(self, t: Texts, names: Names) -> list[Text]:
        """What differs, by name, and what cannot be said; what is left out leads to TABLE."""
        texts = []
        for side, title in zip(SIDES, self.titles(t), strict=True):
            codes = self.comparison.of(side)
            if codes:
                lands, others = _leading_on(t, names, codes)
                sentence = t("compare.lands", side=self._at(t, title), lands=lands)
                texts.append(rows.linked_text(sentence, others))
            codes = self.comparison.of(f"{side}_other")
            if codes:
                lands, others = _leading_on(t, names, codes)
                about = {"side": title, "who": self.third(t)}
                sentence = t("compare.lands_third", lands=lands, **about)
                texts.append(rows.linked_text(sentence, others))
        return [*texts, *map(Text, [*self._silence(t), *self._others(t)])]

    def third(self, t: Texts) -> str:
        """Who of neither side serves units of one side too: "KMar of een post zonder …"."""
        who = [
            t(f"short.{name}") if name else t("compare.third_not_stated") for name in self._third
        ]
        *first, last = who or [""]
        return f"{', '.join(first)} {t('whatif.or')} {last}" if first else last

    @cached_property
    def _third(self) -> list[str]:
        """The organisations of neither side that serve units of one side too."""
        places, others = self.comparison.places, self.comparison.others
        of_one_side = {f"{side}_other" for side in SIDES}
        cells = zip(others["organisation"].tolist(), others["iso3"].tolist(), strict=True)
        return wording.in_order([name for name, iso3 in cells if places.get(iso3) in of_one_side])

    def _silence(self, t: Texts) -> list[str]:
        """What a partial release cannot say; of two complete ones, how many neither serves."""
        neither = self.comparison.counts["neither"]
        sentences = [t.count("compare.neither", neither)] if neither else []
        sides, titles = (self.left, self.right), self.titles(t)
        silent = [place for place in (0, 1) if not self.comparison.complete[place]]
        for release in dict.fromkeys(self.release(sides[place]) for place in silent):
            sentence = t("compare.partial", release=release)
            sentences.append(sentence[:1].upper() + sentence[1:])
        for place in silent:
            unproven = len(self.comparison.unproven(SIDES[1 - place]))
            other, side = self._at(t, titles[1 - place]), titles[place]
            form = "unproven_set" if self.sets else "unproven"
            if unproven:
                release = self.release(sides[place])
                sentences.append(
                    t.count(f"compare.{form}", unproven, other=other, side=side, release=release)
                )
        return sentences

    def _others(self, t: Texts) -> list[str]:
        """How many units of one side or of none an organisation of neither side serves too."""
        sentences = []
        words = {f"{side}_other": said for side, said in self.apart_texts(t).items()}
        words["neither"] = t("compare.set_neither")
        every = {f"{side}_other": n for side, n in self.apart.items()}
        every["neither"] = self.comparison.counts["neither"]
        serving = self._serving_too()
        for who in wording.in_order([name for name, _ in serving]):
            parts = []
            for place, word in words.items():
                if posts := serving.get((who, place)):
                    count = {"n": len({row["iso3"] for row in posts}), "all": every[place]}
                    rows_ = _numbers(t, [row for row in posts if row["kind"] == "LO"])
                    parts.append(t("compare.also_part", place=word, rows=rows_, **count))
            if parts:
                by = t(f"compare.also_{who or 'not_stated'}")
                sentences.append(t("compare.also", who=by, parts="; ".join(parts)))
        if NOT_STATED in self._third:
            sentences.append(t("compare.third_note"))
        return sentences

    def _serving_too(self) -> dict[tuple[str, str | None], list[Row]]:
        """(organisation of neither side, place) -> its postings there."""
        by_place: dict[tuple[str, str | None], list[Row]] = {}
        columns = ("organisation", "iso3", "kind", "table", "table_row")
        for row in _rows(self.comparison.others, *columns):
            place = self.comparison.places.get(row["iso3"])
            by_place.setdefault((row["organisation"], place), []).append(row)
        return by_place


def _leading_on(t: Texts, names: Names, codes: Collection[str]) -> tuple[str, list[Piece]]:
    """Countries as a list, and the link for its `rows.PLACE`: on what is left out, to TABLE."""
    named, others = wording.first_countries(t, names, codes)
    if not others:
        return t.listing(named), []
    return t.listing([*named, rows.PLACE]), [Piece(others, f"#{TABLE}")]


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[Row]:
    """The rows of a frame, of these columns alone."""
    for cells in zip(*(frame[name].tolist() for name in columns), strict=True):
        yield dict(zip(columns, cells, strict=True))


def _numbers(t: Texts, printed: list[Row]) -> str:
    """ " (rijen 3 en 16 van tabel 1)"; nothing where they are too many to name."""
    numbers = sorted({int(row["table_row"]) for row in printed})
    if not 0 < len(numbers) <= MOST_ROWS:
        return ""
    names = dict.fromkeys(str(row["table"]) for row in printed)
    table = t.listing([table_name(t, name) for name in names])
    listed = t.listing(list(map(str, numbers)))
    return t.count("compare.rows", len(numbers), rows=listed, table=table)


def counts(t: Texts, pair: Pair) -> tuple[list[str], rows.Rows]:
    """(headers, rows): how many units are in each place.

    Of two sets first how many one serves and the other does not, then of these who else does.
    """
    made: rows.Rows = [[said, rows.number(t, n)] for said, n in _counted(t, pair)]
    return rows.headers(t, ("side", "units")), made


def _counted(t: Texts, pair: Pair) -> Iterator[tuple[str, int]]:
    """What is counted, and how many units that are, where there are any."""
    words, found = place_texts(t, pair), pair.comparison.counts
    apart = pair.apart_texts(t) if pair.sets else {}
    for place, n in found.items():
        side = place.removesuffix("_other")
        if place in apart and pair.apart[side]:
            yield apart[side], pair.apart[side]
        if side not in apart and n:
            yield words[place], n
        elif n and found[f"{side}_other"]:
            yield t("compare.of_these", what=words[place]), n


def place_texts(t: Texts, pair: Pair) -> dict[str, str]:
    """What each of PLACES is called between the sides of `pair`."""
    a, b = pair.titles(t)
    if pair.sets:
        who = pair.third(t)
        return {place: t(f"compare.set_{place}", a=a, b=b, who=who) for place in PLACES}
    places = (place for place in PLACES if not place.endswith("_other"))
    return {place: t(f"compare.place_{place}", a=a, b=b) for place in places}


def table(
    t: Texts, pair: Pair, names: Names, both: bool, beside: Callable[[str, str], list[str]]
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of the units that both sides serve, or of all other ones that one serves.

    With their postings, and those of others where one side serves; that a unit is on both sides is
    not said in every row. `beside` tells what the document of a release says of a unit in words,
    where it names no posting for it.
    """
    comparison, titles = pair.comparison, pair.titles(t)
    served = comparison.units["iso3"].isin(comparison.postings["iso3"])
    units = comparison.units[served & ((comparison.units["place"] == "both") == both)]
    words = place_texts(t, pair)
    serving = _postings(t, comparison.postings)
    third = comparison.others["iso3"].isin(units.loc[units["place"].str.endswith("_other"), "iso3"])
    elsewhere = _postings(t, comparison.others[third].assign(side=""))
    body: rows.Rows = []
    for row in sorted(units.to_dict("records"), key=lambda row: _order(row, names)):
        iso3 = row["iso3"]
        sides: list[Cell | str] = []
        for name, side in zip(SIDES, (pair.left, pair.right), strict=True):
            if place := serving.get((iso3, name)):
                sides.append(place)
                continue
            state = row[f"state_{name}"]
            absence = _absent(t, state, pair.whom(side))
            if pd.isna(state):
                sentences = (absence, *beside(side.release, iso3))
                absence = ". ".join(sentence.rstrip(".") for sentence in sentences)
            sides.append(absence)
        where = [] if both else [words[row["place"]]]
        others = [elsewhere.get((iso3, ""), "")] if elsewhere else []
        body.append(
            [Cell(names[iso3], href=rows.dossier(iso3), iso3=iso3), *where, *sides, *others]
        )
    heads = rows.headers(t, ("country",) if both else ("country", "side"))
    return [*heads, *titles, *([t("compare.others")] if elsewhere else [])], body


def _order(row: Row, names: Names) -> tuple[int, str]:
    return PLACES.index(row["place"]), key(names[row["iso3"]])


def _absent(t: Texts, state: object, whom: list[str]) -> str:
    """What a side says of a unit where it has no post: silence, or no row of those who count."""
    if pd.isna(state):  # type: ignore[call-overload]
        return t("compare.silent")
    if state == "none" and whom:
        return t("compare.no_row", who=wording.any_of(t, whom))
    return t(f"state.{state}")


def _postings(t: Texts, postings: pd.DataFrame) -> dict[tuple[str, str], Cell]:
    """(unit, side) -> who serves it there, each leading to its row in the document of that side."""
    cells: dict[tuple[str, str], list[Cell]] = {}
    for row in postings.to_dict("records"):
        place = rows.leading(row, wording.placed(t, row))
        cells.setdefault((row["iso3"], row["side"]), []).append(place)
    return {unit: rows.together(each) for unit, each in cells.items()}


def drawn(comparison: Comparison) -> pd.DataFrame:
    """Every unit as the map draws it, see DRAWN; who serves it is told in its note."""
    state = comparison.units["place"].replace({"neither": "none"})
    return pd.DataFrame({"iso3": comparison.units["iso3"], "state": state})


def notes(t: Texts, comparison: Comparison, titles: tuple[str, str]) -> dict[str, str]:
    """Code -> who serves the unit on each side, for the tooltip."""
    texts: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    for row in _rows(comparison.others, "iso3", "city"):
        others.setdefault(row["iso3"], set()).add(records.text(row["city"]))
    columns = [f"{name}_{side}" for name in ("state", "cities") for side in SIDES]
    for row in _rows(comparison.units, "iso3", "place", *columns):
        sides = [
            f"{title}: {', '.join(row[f'cities_{side}']) or t('state.post')}"
            for title, side in zip(titles, SIDES, strict=True)
            if row[f"state_{side}"] in COVERED
        ]
        if sides and row["place"].endswith("_other"):
            cities = ", ".join(filter(None, sorted(others[row["iso3"]])))
            sides.append(f"{t('compare.others')}: {cities or t('state.post')}")
        if sides:
            texts[row["iso3"]] = " · ".join(sides)
    return texts


def record(comparison: Comparison, names: Names) -> Record:
    """The units in each place, with who makes the difference, for the command line."""
    serving: dict[tuple[str, str], list[Record]] = {}
    for row in plain(comparison.postings):
        iso3, side = row.pop("iso3"), row.pop("side")
        serving.setdefault((iso3, side), []).append(row)
    fields: Record = {"counts": comparison.counts}
    for place in PLACES:
        fields[place] = [
            {"iso3": iso3, "name": names[iso3]}
            | {f"postings_{side}": serving.get((iso3, side), []) for side in SIDES}
            for iso3 in comparison.of(place)
        ]
    return fields
