"""Comparison."""

from __future__ import annotations

from dashboard import cache, changes, rows, since, statements
from dashboard.comparison import Told, table
from dashboard.i18n import words
from dashboard.sides import Named, short_names
from data import drafts
from data.load import stamp
from geo.comparison import Comparison, Side, compare
from geo.coverage import Choice


def comparison(left: Named, right: Named, choice: Choice, language: str) -> Comparison:
    """Two sides under a choice that their own organisations replace; raises DataError."""
    marks = " ".join(cache.mark(side.release) for side in (left, right))
    return _comparison(left, right, choice, language, marks)


@cache.kept(32)
def _comparison(left: Named, right: Named, choice: Choice, language: str, mark: str) -> Comparison:
    one, other = (
        Side(cache.network(side.release, language), side.choice(choice)) for side in (left, right)
    )
    return compare(cache.reference("units"), one, other)


def differences(
    left: Named, right: Named, choice: Choice, language: str, area: str, both: bool = False
) -> tuple[list[str], rows.Rows]:
    """(headers, rows) of where two sides differ, or agree, in an area, see `comparison.table`."""
    marks = " ".join([*(cache.mark(side.release) for side in (left, right)), _names(language)])
    marks += stamp("events", "agreements", "statements")
    return _differences(left, right, choice, language, area, both, marks)


@cache.kept(32)
def _differences(
    left: Named, right: Named, choice: Choice, language: str, area: str, both: bool, mark: str
) -> tuple[list[str], rows.Rows]:
    found = comparison(left, right, choice, language).within(cache.in_area(area))
    told = Told(found, left, right, choice.organisations, called(language))
    t, documents = words(language), cache.releases().set_index("release")["document"]

    def beside(release: str, iso3: str) -> list[str]:
        return statements.in_document(t, str(documents[release]), iso3)

    return table(t, told, cache.names(language), both, beside)


def called(language: str) -> dict[str, str]:
    """Release -> what it is called in a sentence, see `sides.short_names`."""
    return short_names(words(language), cache.releases(), cache.documents())


def _names(language: str) -> str:
    """What every release is called: one more may give another a longer name."""
    return " ".join(called(language).values())


def between(before: str, after: str, language: str) -> tuple[list[str], rows.Rows, str]:
    """(headers, rows, parts that stay unknown) of what changed between two releases.

    The older one is what was, whichever is named first.
    """
    before, after = in_time(before, after)
    store, sides = cache.store(), (before, after)
    marks = [mark for side in sides for mark in (cache.mark(side), store.mark("deployments", side))]
    return _between(before, after, language, " ".join([*marks, _names(language)]))


@cache.kept(32)
def _between(before: str, after: str, language: str, mark: str) -> tuple[list[str], rows.Rows, str]:
    t = words(language)
    found = drafts.between(cache.store(), before, after)
    sides = cache.network(before, language), cache.network(after, language)
    told = since.table(t, found, cache.names(language), sides, called(language))
    return (*told, changes.unknown(t, found))


def in_time(one: str, other: str) -> tuple[str, str]:
    """Two releases, the older first."""
    order = list(cache.releases()["release"])  # newest first
    older, newer = sorted((one, other), key=order.index, reverse=True)
    return older, newer
