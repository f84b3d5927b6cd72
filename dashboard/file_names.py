"""What files, and the tables within them, are called: in words of the reader, fit for every system.

Small letters of the alphabet, digits and hyphens: no space, and nothing that Windows refuses. The
same choices give the same name, whatever the figures are.
"""

from __future__ import annotations

import re
import unicodedata

from dashboard.i18n import Texts

_LONGEST = 60  # characters of one part of a name


def slugged(*parts: str) -> str:
    """The words as one name, joined by hyphens; empty parts are left out.

    >>> slugged("Landen zonder officier", "", "NP", "Curaçao")
    'landen-zonder-officier-np-curacao'
    """
    plain = (
        unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode() for part in parts
    )
    words = ("-".join(re.findall(r"[a-z0-9]+", part.lower())) for part in plain)
    return "-".join(filter(None, words))


def of_release(what: str, release: str, name: str) -> str:
    """What a file with `what` of a release is called, so that those of two are not mixed up.

    The release goes by its id where its `name` is missing or long.

    >>> of_release("Plaatsingen", "bijlage-2025-11", "Netwerk begin 2026")
    'plaatsingen-netwerk-begin-2026'
    """
    words = slugged(name)
    return slugged(what, words if 0 < len(words) <= _LONGEST else release)


def part_name(t: Texts, key: str) -> str:
    """What the table, chart or map of that key is called, the same in every release and choice.

    A step of a presentation adds its number to the key. One that has no name keeps its key.
    """
    if t.has(f"part_name.{key}"):
        return t(f"part_name.{key}")
    base, _, rest = key.rpartition("_")
    if rest.isdigit() and t.has(f"part_name.{base}"):
        return f"{t(f'part_name.{base}')} {rest}"
    base, _, area = key.partition("_")
    if base == "matrix" and t.has(f"area.{area}"):
        return f"{t('part_name.matrix')} {t(f'area.{area}')}"
    return key.replace("_", " ")
