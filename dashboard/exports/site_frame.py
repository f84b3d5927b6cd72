"""What stands around the pages of a site: their names, the choices, and where it all comes from."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from dashboard import map_blocks, theme
from dashboard.exports.html import picture, swatch
from dashboard.exports.site_choices import name
from dashboard.filters import CHOICES, Filters
from dashboard.i18n import Words
from dashboard.report import Imprint

START = "dekking"  # the page with the map
# The page of each report, by its name in an address.
PAGES = {
    "overzicht": "overview",
    "vlekken": "gaps",
    "missies": "missions",
    "netwerk": "network",
    "bronnen": "sources",
}


def parts(t: Words, filters: Filters, made: Imprint, other: str) -> dict[str, str]:
    """Everything of page.html but the reports; `other` is the file in the other language."""
    return {key: escape(text) for key, text in _texts(t, filters, made).items()} | {
        "nav": _nav(t),
        "live_link": _live(t, made),
        "switch": _switch(t, other),
        "boxes": "".join(map(_box, CHOICES, _labels(t))),
        "marks": _marks(t),
    }


def views(found: list[tuple[str, str, Any, Any]]) -> str:
    """The buttons for the parts of the world."""
    return "".join(
        f"<button type='button' value='{escape(view)}'>{escape(word)}</button>"
        for view, word, *_ in found
    )


def short(t: Words) -> dict[str, str]:
    """Organisation as an address names it -> its short name."""
    return {name((each,)): t(f"short.{each or 'not_stated'}") for each in CHOICES}


def swatches(choices: Mapping[str, Any]) -> dict[str, str]:
    """Style class -> the address of its picture, of every class that a legend explains."""
    keys = {key for choice in choices.values() for key, _ in choice["legend"]}
    return {key: picture(key) for key in sorted(keys)}


def _texts(t: Words, filters: Filters, made: Imprint) -> dict[str, str]:
    said = [
        *("skip", "search", "sections", "script", "organisations", "none_chosen", "back", "live"),
        "everything",
    ]
    return {each: t(f"site.{each}") for each in said} | {
        "language": t.language,
        "product": t("product"),
        "tagline": t("tagline"),
        "view": t("control.view"),
        "all": t("coverage.table"),
        "copy": t("site.copy", date=t.date(made.made)),
        "source": t("document.source", source=map_blocks.network_source(t, filters.release)),
        "identity": made.identity,
        "as_of": f"{t('document.as_of')}: {made.as_of}",
        "borders": made.borders,
        "permalink": made.way,
    }


def _live(t: Words, made: Imprint) -> str:
    """The way to the running application, where others know its address."""
    if made.path_note:
        return ""
    return f"<a href='{escape(made.permalink)}' rel='noreferrer'>{escape(t('site.live'))}</a>"


def _nav(t: Words) -> str:
    names = {START: "coverage"} | PAGES
    return "".join(
        f"<a href='#{page}' data-page='{page}'>{escape(t(f'page.{topic}'))}</a>"
        for page, topic in names.items()
    )


def _switch(t: Words, other: str) -> str:
    """The way to the page in the other language."""
    if not other:
        return ""
    language = "en" if t.language == "nl" else "nl"
    return (
        f"<a class='switch' href='{escape(other)}' data-language='{escape(other)}' "
        f"lang='{language}' hreflang='{language}'>{escape(t('site.other'))}</a>"
    )


def _labels(t: Words) -> list[str]:
    return [t(f"organisation.{each or 'not_stated'}") for each in CHOICES]


def _box(organisation: str, label: str) -> str:
    value = escape(name((organisation,)))
    key = theme.style_class("accredited", [organisation])
    return (
        f"<label><input type='checkbox' value='{value}' checked>{swatch(key)}"
        f"{escape(label)}</label>"
    )


def _marks(t: Words) -> str:
    """The legend of the marks of posts."""
    entries = (("mark", "2", "post_mark"), ("mark open", "", "planned_mark"))
    return "".join(
        f"<li><span class='{kind}' aria-hidden='true'>{sign}</span>"
        f"{escape(t(f'state.{word}'))}</li>"
        for kind, sign, word in entries
    )
