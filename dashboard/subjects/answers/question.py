"""What a question asks for: its words read as topics, tolerant of slips, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.i18n import LANGUAGES, texts_of
from dashboard.subjects.answers.index import NAMED, POST, Index, Meanings, Topic
from geo.names.normalise import key, key_tokens

LONGEST = 200  # signs of a question that are read
_WORDS = 6  # words of one name at most
_YEAR = re.compile(r"(19|20)\d\d")
_CODE = 3  # letters of a code or an abbreviation at most
_LIKELY = 6  # letters at least of a subject with a slip
_MANY = 8  # candidates that are worth naming


@dataclass(frozen=True)
class Part:
    """Words of a question with all they may name; `slipped` where none is written like that.

    `sure` is whether they can be answered about without a choice by the reader.
    """

    start: int
    end: int
    topics: tuple[Topic, ...]
    slipped: bool = False
    near: int = NAMED
    sure: bool = True
    beside: tuple[Topic, ...] = ()  # other names that begin with, or hold, these words


@dataclass(frozen=True)
class Question:
    """A question taken apart: its words as names are compared, and as they are `typed`.

    `unread` are those that mean nothing to us, `numbers` those in digits that name nothing.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    parts: tuple[Part, ...]
    years: tuple[str, ...]
    unread: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    def of(self, *kinds: str) -> list[Part]:
        """The parts that name something of these kinds."""
        return [part for part in self.parts if part.topics[0].kind in kinds]

    @property
    def subjects(self) -> list[str]:
        """The names of the subjects that are asked for."""
        return [part.topics[0].name for part in self.of("subject")]

    def printed(self, part: Part) -> str:
        """The words of a part as they are typed."""
        return " ".join(self.typed[part.start : part.end])

    def with_name(self, part: Part, name: str) -> str:
        """The question with a certain name in the place of words that are not."""
        return " ".join((*self.words[: part.start], name, *self.words[part.end :]))


def read(text: str, vocabulary: Index) -> Question:
    """Take a question apart, the longest names first, then slips, then beginnings of names."""
    text = text[:LONGEST]
    words = tuple(key_tokens(text))
    capitals = {key(word) for word in re.findall(r"[^\W\d_]{2,}", text) if word.isupper()}
    free = [bool(word) for word in words]
    years = tuple(dict.fromkeys(word for word in words if _YEAR.fullmatch(word)))
    parts: list[Part] = []

    def take(part: Part) -> None:
        parts.append(part)
        free[part.start : part.end] = [False] * (part.end - part.start)

    empty = _empty(words, capitals, vocabulary)
    for start, end in _spans(len(words)):
        if (end - start == 1 < len(words) and start in empty) or not all(free[start:end]):
            continue
        joined = "".join(words[start:end])
        alone = end - start == 1 and (joined in capitals or len(words) == 1)
        if found := _exact(joined, vocabulary, alone):
            topics, slipped, beside = found
            hollow = end - start > 1 and empty.issuperset(range(start, end))
            if hollow and topics[0].kind == "unit":
                continue  # "in de" is not "Inde", India in French
            take(Part(start, end, topics, slipped, sure=len(topics) == 1, beside=beside))
    written = _written() | set(years)
    for start, end in _spans(len(words)):
        span = words[start:end]
        hollow = not empty.isdisjoint((start, end - 1))
        if hollow or not all(free[start:end]) or not written.isdisjoint(span):
            continue
        if meanings := _slipped("".join(span), vocabulary):
            take(Part(start, end, tuple(meanings), True, min(meanings.values())))

    def unread_tokens() -> tuple[str, ...]:
        """The words that mean nothing to us as they are typed."""
        return tuple(
            typed
            for place, (word, typed) in enumerate(zip(words, _typed(text, words), strict=True))
            if free[place] and place not in empty and not word.isdigit()
        )

    parts, dropped = _settled(parts, words, bool(unread_tokens()))
    for part in dropped:
        free[part.start : part.end] = [True] * (part.end - part.start)
    unread = unread_tokens()
    numbers = tuple(word for place, word in enumerate(words) if free[place] and word.isdigit())
    ordered = tuple(sorted(parts, key=lambda part: part.start))
    return Question(words, _typed(text, words), ordered, years, unread, numbers)


def _settled(
    parts: list[Part], tokens: tuple[str, ...], more: bool
) -> tuple[list[Part], list[Part]]:
    """(parts, those that are no longer read): a slip is certain where it is all that is asked.

    Beside other words a slip of a name is a choice; an unlikely one is a word that we do not know.
    """
    certain, dropped = [], []
    for part in parts:
        if not part.slipped:
            certain.append(part)
            continue
        letters = sum(map(len, tokens[part.start : part.end]))
        likely = part.near == NAMED or (
            part.near == POST and (part.topics[0].kind != "subject" or letters >= _LIKELY)
        )
        alone = len(parts) == 1 and not more
        if not likely and not alone:
            dropped.append(part)
        else:
            certain.append(replace(part, sure=likely and alone and len(part.topics) == 1))
    return certain, dropped


def _typed(text: str, tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a text as they stand there; `tokens` where they cannot be told apart."""
    typed = tuple(re.findall(r"[^\W_]+|[&+]", re.sub(r"['’‘ʼ`´]", "", text)))
    return typed if len(typed) == len(tokens) else tokens


def _spans(length: int) -> Iterable[tuple[int, int]]:
    """Every run of words, the longest first."""
    for many in range(min(_WORDS, length), 0, -1):
        for start in range(length - many + 1):
            yield start, start + many


def _empty(words: Sequence[str], capitals: set[str], vocabulary: Index) -> frozenset[int]:
    """The places of the words that name nothing: as we know them, with a slip, or "vs" between."""
    nothing, versus = _nothing(), listed("versus_words") - capitals
    return frozenset(
        place
        for place, word in enumerate(words)
        if word in nothing
        or (word in versus and 0 < place < len(words) - 1)
        or (len(words) > 1 and _is_misspelt(word, nothing, vocabulary))
    )


def _is_misspelt(word: str, nothing: frozenset[str], vocabulary: Index) -> bool:
    """Whether a word is one slip from one that names nothing, and from no name: "officiren"."""
    if len(word) < _LIKELY or word in vocabulary.words or word in _written():
        return False
    near = (nothing, vocabulary.words.keys())
    ours, names = (
        process.extractOne(word, many, scorer=OSA.distance, score_cutoff=1) for many in near
    )
    return ours is not None and len(ours[0]) >= _LIKELY and names is None


def _nothing() -> frozenset[str]:
    """The words of a question that name nothing, in either language."""
    compared = listed("compare_words") - listed("versus_words")  # "VS" is a country too
    return frozenset({"&"}) | listed("nothing_words") | listed("if_words") | compared


def _written() -> frozenset[str]:
    """Words that are written as they are meant: none of them is a slip of a name."""
    lists = ("no_words", "except_words", "only_words", "most_words", "least_words", "now_words")
    return frozenset().union(*map(listed, (*lists, "number_words", "amount_words")))


def listed(name: str) -> frozenset[str]:
    """Words of both languages: a reader may use either."""
    written = (texts_of(language)(f"find.{name}").split() for language in LANGUAGES)
    return frozenset(key(word) for words in written for word in words)


def _exact(
    joined: str, vocabulary: Index, alone: bool
) -> tuple[tuple[Topic, ...], bool, tuple[Topic, ...]] | None:
    """(what the words name as they are written, False, what else begins so); None for nothing."""
    meanings = vocabulary.words.get(joined)
    if meanings is None:
        code = vocabulary.codes.get(joined.upper()) if alone else None
        return ((code,), False, ()) if code else None
    topics = nearest(meanings)
    if topics[0].kind != "unit" or len(topics) > 1:
        return topics, False, ()
    others = _alike(joined, topics[0], vocabulary)
    holding = [topic for topic, words in others if joined in words]
    if len(holding) > 1:  # "Guinea" is part of the name of four countries
        return (*topics, *dict.fromkeys(holding)), False, ()
    beside = others if len(joined) > _CODE else []
    return topics, False, tuple(dict.fromkeys(topic for topic, _ in beside))


def nearest(meanings: Meanings) -> tuple[Topic, ...]:
    """What a word names most nearly: several where they are equally near."""
    near = min(meanings.values())
    return tuple(topic for topic, place in meanings.items() if place == near)


def _alike(joined: str, topic: Topic, vocabulary: Index) -> list[tuple[Topic, frozenset[str]]]:
    """The other units whose name begins with these letters or has them for a word."""
    return [
        (other, words)
        for name, (other, words) in vocabulary.names.items()
        if other != topic and (name.startswith(joined) or joined in words)
    ]


def _slipped(joined: str, vocabulary: Index) -> Meanings:
    """What the words may name with a slip of a finger, or unfinished; several are not certain."""
    letters = len(joined)
    if letters < 3:
        return {}
    if letters > 3:
        begins = [
            meanings for word, meanings in vocabulary.words.items() if word.startswith(joined)
        ]
        topics = _merged(begins)
        if 0 < len(topics) <= _MANY:
            return topics
    slips = 0 if letters < 4 else 1 if letters < 7 else 2
    if not slips:
        return {}
    matches = process.extract(
        joined, vocabulary.words.keys(), scorer=OSA.distance, score_cutoff=slips, limit=40
    )
    if not matches:
        return {}
    least = min(distance for _, distance, _ in matches)
    return _merged(vocabulary.words[word] for word, distance, _ in matches if distance == least)


def _merged(several: Iterable[Meanings]) -> Meanings:
    """The nearest meanings of several words, each topic once, own names of units first."""
    every: Meanings = {}
    for meanings in several:
        for topic in nearest(meanings):
            every[topic] = min(every.get(topic, 9), meanings[topic])
    ordered = sorted(every, key=lambda topic: (every[topic] != NAMED, every[topic]))
    return {topic: every[topic] for topic in ordered}
