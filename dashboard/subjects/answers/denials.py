"""Whether a question asks for what is not there, or for several together: "both NP and KMar"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from dashboard.subjects.answers.index import DUTCH, Topic
from dashboard.subjects.answers.question import Part, Question, listed
from geo.coverage import HOME
from geo.names.normalise import key

_NOBODY = "nobody"  # the subject with words such as "no officer"
_PARTNER = Topic("unit", "BEL")  # whose police are in the network beside those of the Netherlands


def denies(word: str) -> bool:
    """Whether a word turns a question round, or leaves a part of the world out of it."""
    return key(word) in listed("no_words") | listed("except_words") | listed("only_words")


def asks_for_none(question: Question) -> bool:
    """Whether it is asked where nobody of those is whom the question names."""
    return bool(_denials(question)) and not _leaves_out_an_area(question)


def is_opposed(question: Question) -> bool:
    """Whether one organisation is asked for and another denied: "with NP but without KMar".

    Those of which the same is asked stand side by side, with at most "and the" between, or are all
    denied: "without NP and without KMar".
    """
    if not _denials(question) and _NOBODY not in question.subjects:
        return False
    inside = {place for part in question.parts for place in range(part.start, part.end)}
    home = (n for n, word in enumerate(question.words) if word in listed("home_words"))
    spans = [(part.start, part.end) for part in question.of("organisation")]
    spans = sorted([*spans, *((n, n + 1) for n in home if n not in inside)])
    between = _joining()
    if spans and _is_denied(question, spans[0][0]):
        between |= listed("no_words")
    return any(
        not between.issuperset(question.words[one[1] : other[0]]) for one, other in pairwise(spans)
    )


def _is_denied(question: Question, place: int) -> bool:
    """Whether a word such as "without" stands before a name, with at most "the" between."""
    before = [word for word in question.words[:place] if word not in listed("before_name_words")]
    return bool(before) and before[-1] in listed("no_words")


def with_partner(question: Question) -> Question:
    """The question where "the Netherlands and Belgium" are their police, not two countries."""
    parts = list(question.parts)
    for part in question.parts:
        home = _home_beside(question, part) if part.topics == (_PARTNER,) else None
        others = [each for each in question.of("unit") if each not in (home, part)]
        # "The Netherlands, Belgium and Luxembourg" are three countries.
        if home is not None and not any(_side_by_side(question, part, each) for each in others):
            spans = (home.start, home.end), (part.start, part.end)
            parts = [each for each in parts if (each.start, each.end) not in spans]
            if not any(_covers(each, home) for each in question.of("organisation")):
                parts.append(replace(home, topics=(Topic("organisation", DUTCH),), beside=()))
            parts.append(replace(part, topics=(Topic("organisation", "GPI"),), beside=()))
    return replace(question, parts=tuple(sorted(parts, key=lambda part: part.start)))


def _home_beside(question: Question, part: Part) -> Part | None:
    """The Netherlands where only a word such as "and" or "or" stands between it and a part."""
    homes = {part.start: part for part in question.of("unit") if part.topics[0].name == HOME}
    for place, word in enumerate(question.words):
        if word not in listed("home_words"):
            continue
        home = homes.get(place, Part(place, place + 1, (Topic("unit", HOME),)))
        if _side_by_side(question, home, part):
            return home
    return None


def _covers(part: Part, other: Part) -> bool:
    """Whether a part is made of all the words of another: "has the Netherlands"."""
    return part.start <= other.start and other.end <= part.end


def _side_by_side(question: Question, one: Part, other: Part) -> bool:
    """Whether two parts are joined by a word such as "and", with at most "the" beside it.

    How many may be asked again: "and how many does Belgium".
    """
    first, last = sorted((one, other), key=lambda part: part.start)
    between = frozenset(question.words[first.end : last.start])
    if "&" in between and asks_twice(question):
        between -= listed("plain_words") | listed("network_words")
    return between <= _joining() and bool(between - listed("before_name_words"))


def asks_twice(question: Question) -> bool:
    """Whether it is asked how many, and how many again: of each apart."""
    return sum(word in listed("how_many_words") for word in question.words) > 1


def _joining() -> frozenset[str]:
    """What stands between names of which the same is asked."""
    return listed("joining_words") | listed("before_name_words") | {"&"}


def denies_who(question: Question) -> bool:
    """Whether it is asked who does not do something: "wie bedient Peru niet"."""
    who = [n for n, word in enumerate(question.words) if word in listed("who_words")]
    return bool(who) and any(place > who[0] for place in _denials(question))


def _denials(question: Question) -> list[int]:
    """The places of the words such as "no", where they are not part of a name."""
    inside = {place for part in question.parts for place in range(part.start, part.end)}
    words = enumerate(question.words)
    return [n for n, word in words if word in listed("no_words") and n not in inside]


def _leaves_out_an_area(question: Question) -> bool:
    """Whether the denial is of a part of the world or the EU: "not in Europe"."""
    starts = {part.start for part in question.of("area", "body")}
    between = listed("before_a_year") | listed("before_name_words")
    for place in _denials(question):
        behind = place + 1
        while behind < len(question.words) and question.words[behind] in between:
            behind += 1
        if behind in starts:
            return True
    return False
