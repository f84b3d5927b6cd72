"""Answers that are computed before anybody asks, for a site that has no server to ask."""

from __future__ import annotations

from typing import Any

from dashboard import search, snapshot
from dashboard.filters import Filters
from dashboard.i18n import Texts
from dashboard.report import Cell, Table, Text
from dashboard.subjects.answers.asking import Asking, Reply
from dashboard.subjects.answers.index import Topic, index
from dashboard.subjects.answers.question import nearest, read
from dashboard.subjects.answers.reply import SUBJECTS, answer

_MOST = 3  # places that are named behind an answer


def entries(t: Texts, filters: Filters) -> list[dict[str, Any]]:
    """What a reader may type beside a country, with the answer; as `search.entries` has these.

    Cities with a post, missions of the tables, organisations and subjects; none for a release
    without a complete network. `code` begins with "?". Raises DataError.
    """
    if snapshot.store().release(filters.release)["network"] != "complete":
        return []
    words = _spellings(filters.release)
    asking = Asking(t, filters, read("", index(filters.release)))
    result = []
    for place, topic in enumerate(words):
        label = asking.label(topic)
        reply = answer(t, filters, label)
        if reply.choices:
            continue  # a name that another thing has too
        others = [[word, search.OTHER] for word in words[topic]]
        result.append(
            {
                "code": f"?{place}",
                "name": label,
                "rank": 1000 + place,  # behind every country
                "words": [[label, search.NAME], *others],
                "answer": _text(reply),
                "source": _source(t, reply),
            }
        )
    return result


def _spellings(release: str) -> dict[Topic, list[str]]:
    """Topic -> the words that name nothing nearer, of what is no country."""
    counted = {name for count in snapshot.mission_counts() for name in count.deployments["mission"]}
    result: dict[Topic, list[str]] = {}
    for word, meanings in index(release).words.items():
        for topic in nearest(meanings):
            wanted = topic.kind in ("city", "organisation")
            wanted |= topic.kind == "mission" and topic.name in counted
            wanted |= topic.kind == "subject" and topic.name in SUBJECTS
            if wanted:
                result.setdefault(topic, []).append(word)
    return result


def _text(reply: Reply) -> str:
    """The answer with the paragraphs below it."""
    more = [block.text for block in reply.blocks if isinstance(block, Text)]
    return " ".join([reply.title, *more])


def _source(t: Texts, reply: Reply) -> str:
    """The first places that the answer rests on, and how many there are more."""
    tables = [block for block in reply.blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row]
    leading = (cell for cell in cells if isinstance(cell, Cell) and cell.href)
    places = list(dict.fromkeys(cell.text for cell in leading))
    more = t.count("more", len(places) - _MOST) if len(places) > _MOST else ""
    return "; ".join([*places[:_MOST], *filter(None, [more])])
