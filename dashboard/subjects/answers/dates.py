"""Whether a question names two dates, as in "now against 2023", and in which of its words."""

from __future__ import annotations

from dashboard.subjects.answers.question import Question, listed
from geo.names.normalise import key


def names_now(question: Question) -> bool:
    """Whether it is asked how things are today."""
    return not listed("now_words").isdisjoint(question.words)


def names_two(question: Question) -> bool:
    """Whether it asks for two dates: two years, or one year beside today, named or meant."""
    return len(question.years) + names_now(question) > 1 or _is_against_a_year(question)


def begins_in_a_year(question: Question) -> bool:
    """Whether it asks for what was so since a year, up to today."""
    return _stands_before_a_year(question, listed("since_words"))


def unread(question: Question) -> list[str]:
    """The words that were not understood, without those that set two dates side by side."""
    if not names_two(question):
        return list(question.unread)
    lists = ("now_words", "against_words", "more_words", "than_words", "before_a_year")
    known = frozenset().union(*map(listed, lists))
    return [word for word in question.unread if key(word) not in known]


def _is_against_a_year(question: Question) -> bool:
    """Whether a year is what something is compared with: "tegen 2023", "meer dan in 2023"."""
    more = not listed("more_words").isdisjoint(question.words)
    words = listed("against_words") | (listed("than_words") if more else frozenset())
    return _stands_before_a_year(question, words)


def _stands_before_a_year(question: Question, wanted: frozenset[str]) -> bool:
    """Whether one of these words leads to a year, with at most such as "in" and "met" between."""
    leading = False
    for word in question.words:
        if leading and word in question.years:
            return True
        leading = word in wanted or (leading and word in listed("before_a_year"))
    return False
