"""Whether a question asks for what is not there, as in "countries without the KMar"."""

from __future__ import annotations

from itertools import pairwise

from dashboard.subjects.answers.question import Question, listed
from geo.names.normalise import key

_NOBODY = "nobody"  # the subject with words such as "no officer"


def denies(word: str) -> bool:
    """Whether a word turns a question round, or leaves a part of the world out of it."""
    return key(word) in listed("no_words") | listed("except_words") | listed("only_words")


def asks_for_none(question: Question) -> bool:
    """Whether it is asked where nobody of those is whom the question names."""
    return bool(_denials(question)) and not _leaves_out_an_area(question)


def is_opposed(question: Question) -> bool:
    """Whether one organisation is asked for and another denied: "with NP but without KMar".

    Those of which the same is asked stand side by side, with at most "and the" between.
    """
    if not _denials(question) and _NOBODY not in question.subjects:
        return False
    inside = {place for part in question.parts for place in range(part.start, part.end)}
    home = (n for n, word in enumerate(question.words) if word in listed("home_words"))
    spans = [(part.start, part.end) for part in question.of("organisation")]
    spans = sorted([*spans, *((n, n + 1) for n in home if n not in inside)])
    joining = listed("joining_words") | {"&"}
    return any(
        not joining.issuperset(question.words[one[1] : other[0]]) for one, other in pairwise(spans)
    )


def _denials(question: Question) -> list[int]:
    """The places of the words such as "no", where they are not part of a name."""
    inside = {place for part in question.parts for place in range(part.start, part.end)}
    words = enumerate(question.words)
    return [n for n, word in words if word in listed("no_words") and n not in inside]


def _leaves_out_an_area(question: Question) -> bool:
    """Whether the denial is of a part of the world or the EU: "not in Europe"."""
    starts = {part.start for part in question.of("area", "body")}
    between = listed("before_a_year") | {"de"}
    for place in _denials(question):
        behind = place + 1
        while behind < len(question.words) and question.words[behind] in between:
            behind += 1
        if behind in starts:
            return True
    return False
