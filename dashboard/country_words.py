"""The name of a country within a sentence, with its article, and verbs that agree with it."""

from __future__ import annotations

from typing import NamedTuple

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.records import text
from data.load import reference

VERBS = ("has", "is", "stood", "gets", "lies", "first")


class _Grammar(NamedTuple):
    article: str
    number: str  # "one" or "other", as the texts of `Texts.count`


@snapshot.cached(2)
def _grammars(language: str) -> dict[str, _Grammar]:
    """Code -> article and number; of most countries a name has neither article nor plural."""
    table = reference("country_articles")
    columns = (table["iso3"], table[f"article_{language}"], table[f"number_{language}"])
    return {
        str(iso3): _Grammar(text(article), str(number))
        for iso3, article, number in zip(*columns, strict=True)
    }


def within(t: Texts, iso3: str, name: str) -> str:
    """The name as it stands within a sentence: "de Verenigde Staten", "Zuid-Afrika"."""
    grammar = _grammars(t.language).get(iso3)
    return f"{grammar.article} {name}" if grammar and grammar.article else name


def agreeing(t: Texts, iso3: str, name: str) -> dict[str, str]:
    """What a sentence about one country fills in.

    `land` is the name within the sentence and `start` the same at its start; each of VERBS is the
    verb in the number of the name, as the language has it under `verb`.
    """
    grammar = _grammars(t.language).get(iso3, _Grammar("", "one"))
    phrase = within(t, iso3, name)
    verbs = {verb: t(f"verb.{verb}.{grammar.number}") for verb in VERBS}
    return {"land": phrase, "start": phrase[:1].upper() + phrase[1:], **verbs}
