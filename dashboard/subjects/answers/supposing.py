"""Whether a question supposes that a post closes, and in which of its words it does so."""

from __future__ import annotations

from dashboard.subjects.answers.index import Topic
from dashboard.subjects.answers.question import Part, Question, listed

_CLOSE = Topic("subject", "close")


def is_supposed(question: Question) -> bool:
    """Whether it is asked what a closing would do, as in "als Dubai sluit"."""
    return not listed("if_words").isdisjoint(question.words) or _condition(question) is not None


def supposed_in(question: Question, places: list[Part]) -> list[Part]:
    """Those of some places of which the question supposes that they close; all where none is apart.

    In "als Dubai sluit, wie bedient dan Oman" that is Dubai.
    """
    starts = [at for at, word in enumerate(question.words) if word in listed("if_words")]
    clause = _condition(question) or _clause(question, starts[0] if starts else 0)
    return [part for part in places if clause and part.start in clause] or places


def _condition(question: Question) -> range | None:
    """The words of a condition that begins on "wanneer", None where that asks for a time.

    The verb follows at once where a time is asked for ("wanneer sluit Dubai"), and comes behind
    the place in a condition. That has a consequence: a question before it, or words behind it.
    """
    words = question.words
    for at, word in enumerate(words[:-1]):
        indirect = at > 0 and words[at - 1] in listed("time_before")
        if word not in listed("when_words") or indirect or words[at + 1] in listed("time_verbs"):
            continue
        clause = _clause(question, at)
        # "Was the post in Lisbon once closed": of no place behind the word is anything supposed.
        if clause and any(part.start in clause for part in question.of("city", "unit")):
            silent = listed("time_verbs") | listed("time_rest") | set(question.years)
            behind = [word for word in words[clause.stop :] if word not in silent]
            if behind or not listed("asking_words").isdisjoint(words[:at]):
                return clause
    return None


def _clause(question: Question, start: int) -> range | None:
    """The words from `start` to the first behind it that says that something closes."""
    ends = (part.end for part in question.parts if _CLOSE in part.topics and part.start > start)
    end = next(ends, None)
    return None if end is None else range(start, end)
