"""A paragraph to paste: facts first, what is not known last, its source in brackets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard import snapshot
from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.report import Section, Text


def paragraph(t: Texts, sentences: Sequence[str], places: Mapping[str, str]) -> Text:
    """The sentences with their source; `places` says where in each document, by its id.

    Raises DataError.
    """
    titles = snapshot.documents()[f"title_{t.language}"]
    named = [", ".join(filter(None, (str(titles[name]), place))) for name, place in places.items()]
    source = t("ready.source", label=t("ready.source_label"), sources="; ".join(named))
    return Text(" ".join([*filter(None, sentences), source]), "paste", tuple(places))


def section(t: Texts, in_language: Callable[[Texts], Text]) -> Section:
    """The paragraph in both languages, the reader's first."""
    order = sorted(LANGUAGES, key=lambda language: language != t.language)
    blocks = []
    for language in order:
        label = Text(t(f"ready.in_{language}"), "note")
        blocks += [label, in_language(texts_of(language))]
    return Section("paste", t("ready.heading"), blocks)
