"""A paragraph to paste: facts first, what is not known last, its source in brackets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dashboard import records, snapshot
from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.report import Section, Text
from geo.options import Choice


def paragraph(t: Texts, sentences: Sequence[str], places: Mapping[str, str]) -> Text:
    """The sentences with their source; `places` says where in each document, by its id.

    Raises DataError.
    """
    named = [", ".join(filter(None, (_dated(t, name), place))) for name, place in places.items()]
    source = t("ready.source", label=t("ready.source_label"), sources="; ".join(named))
    return Text(" ".join([*filter(None, sentences), source]), "paste", tuple(places))


def _dated(t: Texts, document: str) -> str:
    """A document by its title, its number in parliament and its date, as a quote names it."""
    row = snapshot.documents().loc[document]
    paper, date = records.text(row["paper"]), records.text(row["date"])
    title = str(row[f"title_{t.language}"]) + (f" ({paper})" if paper else "")
    return ", ".join(filter(None, (title, t.date(date) if date else "")))


def counted(t: Texts, choice: Choice) -> str:
    """Whose officers were counted, for a reader who does not see what was chosen."""
    names = [
        f"{t(f'full.{name}')} ({t(f'short.{name}')})" if name else t("short.not_stated")
        for name in choice.organisations
    ]
    sentences = [t("ready.counted_all")]
    if names:
        sentences = [t.count("ready.counted", len(names), names=t.listing(names))]
    if not choice.regions:
        sentences.append(t("ready.without_regions"))
    sentences += [
        t(f"ready.with_{layer}") for layer in ("planned", "filo") if getattr(choice, layer)
    ]
    return " ".join(sentences)


def section(t: Texts, in_language: Callable[[Texts], Text]) -> Section:
    """The paragraph in both languages, the reader's first."""
    order = sorted(LANGUAGES, key=lambda language: language != t.language)
    blocks = []
    for language in order:
        label = Text(t(f"ready.in_{language}"), "note")
        blocks += [label, in_language(texts_of(language))]
    return Section("paste", t("ready.heading"), blocks)
