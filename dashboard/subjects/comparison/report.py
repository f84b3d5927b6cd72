"""The report on two releases, or two sets of organisations, side by side."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard import provenance, rows, snapshot, statements, wording
from dashboard.document_names import release_name, release_within
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import Texts, texts_of
from dashboard.report import Block, Map, Report, Section, Table, Text
from dashboard.snapshot import memoized
from dashboard.subjects.comparison import changes, differences
from dashboard.subjects.comparison.differences import Named, Pair, named, table
from data.imports import drafts
from data.load import reference
from geo.comparison import Comparison, Side, compare
from geo.errors import DataError
from geo.options import Choice


def _key(left: Named, right: Named, choice: Choice, *others: Hashable) -> Hashable:
    """All that tells one comparison from another: sides that name organisations replace others."""
    if left.organisations and right.organisations:
        choice = replace(choice, organisations=())
    return (left, right, choice, *others)


@snapshot.cached(32, _key)
def comparison(left: Named, right: Named, choice: Choice, language: str) -> Comparison:
    """Two sides under a choice that their own organisations replace; raises DataError."""
    one, other = (
        Side(snapshot.network(side.release, language), side.choice(choice))
        for side in (left, right)
    )
    return compare(reference("units"), one, other)


@snapshot.cached(32, _key)
def comparison_within(
    left: Named, right: Named, choice: Choice, language: str, area: str
) -> Comparison:
    """The same of an area; raises DataError."""
    return comparison(left, right, choice, language).within(snapshot.in_area(area))


@snapshot.cached(32, _key)
def difference_table(
    left: Named, right: Named, choice: Choice, language: str, area: str, both: bool
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of where two sides differ, or agree, in an area, see `differences.table`."""
    comparison = comparison_within(left, right, choice, language, area)
    pair = Pair(comparison, left, right, choice.organisations, release_names(language))
    t, documents = texts_of(language), snapshot.releases().set_index("release")["document"]

    def beside(release: str, iso3: str) -> list[str]:
        return statements.in_document(t, str(documents[release]), iso3)

    return table(t, pair, snapshot.names(language), both, beside)


def release_names(language: str) -> dict[str, str]:
    """Release -> what it is called in a sentence."""
    t = texts_of(language)
    return {name: release_within(t, name) for name in snapshot.releases()["release"]}


@snapshot.cached(32)
def between(before: str, after: str, language: str) -> tuple[list[str], rows.Rows, str]:
    """(headers, rows, parts that stay unknown) of what changed between two releases.

    The older one is what was, whichever is named first.
    """
    before, after = in_time(before, after)
    t = texts_of(language)
    differences = drafts.between(snapshot.store(), before, after)
    sides = snapshot.network(before, language), snapshot.network(after, language)
    said = changes.release_changes(
        t, differences, snapshot.names(language), sides, release_names(language)
    )
    return (*said, changes.silences(t, differences))


def in_time(one: str, other: str) -> tuple[str, str]:
    """Two releases, the older first."""
    order = list(snapshot.releases()["release"])  # newest first
    older, newer = sorted((one, other), key=order.index, reverse=True)
    return older, newer


SETS = ("NP+KMar", "GPI")
# The pairs of sets that a reader gets at one press.
READY = (SETS, ("NP", "KMar"), ("NP", "GPI"), ("KMar", "GPI"))


def pair(filters: Filters) -> tuple[Named, Named]:
    """What the address asks for; the Dutch and the Belgian police where it asks nothing."""
    left, right = (named(text, filters.release) for text in filters.sides or SETS)
    return left, right


def compares_sets(filters: Filters) -> bool:
    """Whether both sides are organisations of one release, which the address names itself."""
    return all(side.organisations for side in pair(filters))


@dataclass(frozen=True)
class Compared:
    """Two sides that differ and have a network; everything raises DataError."""

    t: Texts
    filters: Filters
    left: Named
    right: Named

    @cached_property
    def everywhere(self) -> Comparison:
        """The comparison of the whole world, as the map has it."""
        return comparison(self.left, self.right, self.filters.choice, self.t.language)

    @cached_property
    def pair(self) -> Pair:
        """The comparison of the area, with the names of its sides."""
        about = (self.left, self.right, self.filters.choice, self.t.language)
        found = comparison_within(*about, self.filters.area)
        organisations, called = self.filters.organisations, release_names(self.t.language)
        return Pair(found, self.left, self.right, organisations, called)

    def side(self, side: Named) -> str:
        """What a side is called among the choices of a reader."""
        if side.organisations:
            return " + ".join(wording.organisation(self.t, name) for name in side.organisations)
        return release_name(self.t, side.release)

    @cached_property
    def title(self) -> str:
        """The finding in one sentence."""
        return wording.in_area(self.t, self.filters.area, self.pair.headline(self.t))

    @cached_property
    def releases(self) -> list[str]:
        """The releases that are compared, each once."""
        return list(dict.fromkeys((self.left.release, self.right.release)))

    @cached_property
    def source(self) -> str:
        """The documents of both sides and the days they hold for."""
        return " ".join(map_blocks.network_source(self.t, name) for name in self.releases)

    @memoized
    def map(self) -> Map:
        """The map of both sides, of the whole world."""
        t, pair = self.t, replace(self.pair, comparison=self.everywhere)
        texts_of, drawn = differences.place_texts(t, pair), differences.drawn(self.everywhere)
        return map_blocks.topic(
            t,
            self.filters,
            drawn,
            [name for name in differences.DRAWN if (drawn["state"] == name).any()],
            key="comparison",
            source=self.source,
            texts={
                **{name: word for name, word in texts_of.items() if name != "neither"},
                "none": texts_of["neither"],
                "title": t("compare.map_title"),
            },
            notes=differences.notes(t, self.everywhere, pair.titles(t)),
            about=set(drawn.loc[drawn["state"].isin(["left", "right"]), "iso3"]),
        )

    @memoized
    def counts(self) -> Table:
        """How many units are in each place."""
        t = self.t
        heads, rows = differences.counts(t, self.pair)
        return Table("counts", t("compare.counts_caption"), heads, rows, self.source)

    @cached_property
    def sentences(self) -> list[Text]:
        """What differs, by name, and what cannot be said."""
        return self.pair.sentences(self.t, snapshot.names(self.t.language))

    @memoized
    def where(self, both: bool) -> Table | Text:
        """The units that `both` sides serve, or all other ones, with their postings."""
        t, filters = self.t, self.filters
        about = (self.left, self.right, filters.choice, t.language, filters.area)
        heads, rows = difference_table(*about, both)
        if not rows:
            return Text(t("compare.none_both" if both else "compare.none"))
        return Table("both" if both else "differs", self.heading(both), heads, rows, self.source)

    def heading(self, both: bool) -> str:
        """What stands above `where`."""
        if both:
            return self.t("compare.table_both")
        certain = all(self.pair.comparison.complete)
        return self.t("compare.table" if certain else "compare.table_partial")

    @cached_property
    def order(self) -> tuple[bool, bool]:
        """The order of the two parts `where`: what is certain comes first."""
        return (False, True) if all(self.pair.comparison.complete) else (True, False)

    @memoized
    def changes(self) -> Section | None:
        """What changed from the older to the newer release; None within one release."""
        if len(self.releases) == 1:
            return None
        t = self.t
        heads, rows, unknown = between(self.left.release, self.right.release, t.language)
        called = release_names(t.language)
        then, now = (called[release] for release in in_time(self.left.release, self.right.release))
        title = t("compare.changes", a=then, b=now)
        blocks = list[Block]()
        if rows:
            blocks.append(Table("changes", title, heads, rows, self.source))
        if unknown:
            blocks.append(Text(t("compare.changes_unknown", what=unknown)))
        elif not rows:
            blocks.append(Text(t("compare.changes_none")))
        return Section("changes", title, blocks)


def compared(t: Texts, filters: Filters) -> Compared:
    """The sides that the reader chose; these must differ and have a network."""
    return Compared(t, filters, *pair(filters))


def report(t: Texts, filters: Filters) -> Report:
    """Two sides compared; raises DataError, also where they are the same or without a network."""
    left, right = pair(filters)
    if left == right:
        raise DataError("sides_equal", "comparison")
    if twice := differences.on_both(left, right):
        raise DataError("sides_share", "comparison", organisations=tuple(twice))
    compared = Compared(t, filters, left, right)
    notes = [t("compare.set_note")] if compared.pair.sets else []
    if compared.pair.sets and filters.organisations:
        notes.append(t("compare.set_filter"))
    sections = [
        Section("map", t("compare.map_title"), [compared.map(), *(Text(n, "note") for n in notes)]),
        Section("counts", t("compare.counts_caption"), [compared.counts()]),
    ]
    for both in compared.order:
        key = "both" if both else "differs"
        sections.append(Section(key, compared.heading(both), [compared.where(both)]))
    if changes := compared.changes():
        note = Text(t("compare.changes_note"), "note")
        sections.append(replace(changes, blocks=[note, *changes.blocks]))
    if not compared.pair.sets:  # the release of the address may be neither of the two
        filters = replace(filters, release=right.release)
    releases = [
        snapshot.store().release(name) for name in dict.fromkeys((left.release, right.release))
    ]
    return provenance.report(
        t, filters, "compare", subject=t("page.compare"), title=compared.title,
        summary=[each.text for each in compared.sentences], sections=sections,
        also=[(t("compare.left"), compared.side(left)), (t("compare.right"), compared.side(right))],
        as_of=[
            f"{release_name(t, each['release'])}: {wording.date_note(t, each)}" for each in releases
        ],
        consulted=[str(each["document"]) for each in releases],
    )  # fmt: skip
