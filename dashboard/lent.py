"""Choices that a link brings along: they hold on its page, and are not the reader's own.

A link to a list says what the list is about ("South America"). Whoever reads on elsewhere has not
chosen that, and finds their own choices again; what they change themselves stays.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from dashboard.filters import Filters

# Field of `Filters` -> (what the link says, what the reader had chosen).
Lent = Mapping[str, tuple[Any, Any]]
_EVERYWHERE = ("release", "language")  # no link changes these without saying so


def lent(own: Filters, found: Filters, kept: Collection[str] = ()) -> Lent:
    """What a link changes, but for the fields that are `kept`.

    >>> dict(lent(Filters("r", land="PER"), Filters("r", area="Africa"), kept=["land"]))
    {'area': ('Africa', '')}
    """
    pairs = {
        each.name: (getattr(found, each.name), getattr(own, each.name)) for each in fields(own)
    }
    return {
        name: pair
        for name, pair in pairs.items()
        if pair[0] != pair[1] and name not in (*_EVERYWHERE, *kept)
    }


def unchanged(parts: Lent, filters: Filters) -> Lent:
    """Those that are still as the link said; of the others an address has said something else."""
    return {name: pair for name, pair in parts.items() if getattr(filters, name) == pair[0]}


def returned(parts: Lent, filters: Filters) -> Filters:
    """The reader's own choices again.

    >>> returned({"area": ("Africa", "")}, Filters("r", area="Africa", kinds=("single",))).area
    ''
    """
    return replace(filters, **{name: own for name, (_, own) in unchanged(parts, filters).items()})
