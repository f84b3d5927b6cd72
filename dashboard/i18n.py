"""Every text on the screen, by key, in Dutch and English; numbers and dates as each writes them.

What few commands need of a language (its texts, its dates) is read when it is first used.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.plural import PluralRule

LANGUAGES = ("nl", "en")
LOCALES = Path(__file__).parent / "locales"


class Texts:
    """The texts of one language; `words("map.title", n=3)` fills {n} in.

    Raises KeyError for a key that the language does not have.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._groups: dict[str, dict[str, str]] = {}

    @cached_property
    def _texts(self) -> dict[str, str]:
        return _texts(LOCALES / self.language)

    @cached_property
    def _plural(self) -> PluralRule:
        from babel import Locale

        rule: PluralRule = Locale(self.language).plural_form
        return rule

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its values; whole numbers are written in the language's way."""
        formatted = {
            name: self.number(value) if isinstance(value, int | float) else value
            for name, value in values.items()
        }
        return self._texts[key].format(**formatted)

    def count(self, key: str, n: int, **values: object) -> str:
        """The text for `n` things: `key`.one or `key`.other, with {n} filled in."""
        form = "one" if self._plural(n) == "one" else "other"
        return self(f"{key}.{form}", n=n, **values)

    def group(self, prefix: str) -> dict[str, str]:
        """All texts under a prefix, by the rest of their key, unfilled."""
        start = f"{prefix}."
        if prefix not in self._groups:
            keys = (key for key in self._texts if key.startswith(start))
            self._groups[prefix] = {key[len(start) :]: self._texts[key] for key in keys}
        return dict(self._groups[prefix])

    def has(self, key: str) -> bool:
        """Whether the language has a text for the key."""
        return key in self._texts

    def keys(self) -> frozenset[str]:
        """Every key of the language."""
        return frozenset(self._texts)

    def number(self, value: float) -> str:
        """1234.5 as 1.234,5 (nl) or 1,234.5 (en); at most one decimal."""
        return _number(value, self.language)

    def date(self, text: str) -> str:
        """An ISO date, month or year ("2025-11-12", "2026-01", "2013") with the month in words."""
        from babel.dates import format_date

        parts = [int(part) for part in text.split("-")]
        if len(parts) == 1:
            return text
        day = dt.date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
        style = "d MMMM y" if len(parts) > 2 else "MMMM y"
        return str(format_date(day, style, locale=self.language))

    def age(self, text: str) -> str:
        """How long ago an ISO date, month or year was, in the largest whole unit."""
        from babel.dates import format_timedelta

        parts = [int(part) for part in text.split("-")]
        then = (
            dt.date(parts[0], *(parts[1:] or [1]), *([] if len(parts) > 2 else [1]))
            if len(parts) > 1
            else dt.date(parts[0], 7, 1)
        )
        days = (dt.date.today() - then).days
        # Whole years that have passed: babel would round ten and three quarters up to eleven.
        passed = dt.timedelta(days=-(days - days % 365 if days >= 365 else days))
        return str(
            format_timedelta(passed, add_direction=True, locale=self.language, threshold=1.0)
        )

    def area(self, name: str) -> str:
        """A continent or subregion of table `units`; the world for an empty name."""
        return self._texts[f"area.{name.lower().replace(' ', '_') or 'world'}"]

    def area_within(self, name: str) -> str:
        """The same within a sentence, with the article that it takes."""
        key = f"area_within.{name.lower().replace(' ', '_') or 'world'}"
        return self._texts.get(key) or self.area(name)

    def listing(self, items: list[str]) -> str:
        """ "a, b en c"; an empty list gives an empty text."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('and')} {items[-1]}"


def sentence(text: str) -> str:
    """A finding, which a title prints without one, with its full stop; a question has its own."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def capital(text: str) -> str:
    """A part of a sentence as a legend begins it."""
    return text[:1].upper() + text[1:]


def _texts(folder: Path) -> dict[str, str]:
    """Every text of a language by its whole key; raises ValueError where two files have one."""
    merged: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        texts = _flat(tomllib.loads(path.read_text("utf-8")))
        if twice := merged.keys() & texts.keys():
            raise ValueError(f"{path}: {min(twice)!r} stands in another file too")
        merged |= texts
    return merged


@cache
def _number(value: float, language: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, format="#,##0.#", locale=language))


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


@cache
def texts_of(language: str) -> Texts:
    """The texts of a language, "nl" for any language we do not have."""
    return Texts(language if language in LANGUAGES else "nl")
