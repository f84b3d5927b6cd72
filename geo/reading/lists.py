"""How a printed list of countries is cut into single names.

The documents separate with slash, comma, semicolon, "en", "&", a dash, a new line, or nothing at
all ("Hongarije Moldavië"), number the countries, leave brackets open and end on a slash. A name
may itself hold any of these ("Trinidad & Tobago"), so the cut is chosen that leaves the fewest
pieces, all of them known. A text that a person decided about is known, whatever it holds.

A new line may stand within a known name, where a narrow column broke it ("Saoedi", "Arabië"), and
else separates: what is not known never runs over the end of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

from geo.names.decisions import Ignored
from geo.names.normalise import key, key_tokens, one_line
from geo.names.outcomes import Match, Region, Unresolved
from geo.names.resolver import Resolver

Name = Match | Region | Ignored | Unresolved
Span = tuple[int, int, str]

# But the slash of "t/m", which says until when.
_STRONG = re.compile(r"\s*(?!(?<=\bt)/m\b)[/\\;|•·\t]\s*|(?:^|\s+)\d+[.)]\s+")
# A gap with a group is a separator; a space, or a hyphen between letters, may stand in a name.
_TOKEN = re.compile(
    r"\s*(,|&|\+|\b(?:en|and|und|et|alsmede)\b|\s[-–—]\s|[–—]|\n)\s*|\s+|(?<=\w)-(?=\w)", re.I
)
_COMPASS = r"noord|zuid|oost|west|north|south|east"
_BOTH = re.compile(
    rf"\b({_COMPASS})(elijk)?[-\s]*(?:en|&|/|and)\s*({_COMPASS})([-\s]*)(\w[\w-]+)", re.I
)
FOOTNOTE = re.compile(
    r"\s?\[(?:footnoteRef:)?\d+:?\]|\s?\((?:\d+|\*+)\)|(?<=[^\W\d])\s\d{1,2}\)(?=\s*(?:$|[/,;]))"
    r"|(?<=[^\W\d])[\d*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=\s|$|[/,;.)])"
)
_BULLET = re.compile(r"(?:(?<=[/;\n])|^)\s*[→⇒>]\s*")  # before a name, and not between two
_CUTS = re.compile(r"[,–—-]")  # no misspelt name runs over these
# Where a text begins with "a)" or "i)" its parts are marked so; a single "n)" is no mark.
_MARKED = re.compile(r"\s*\(?[ai]\)\s", re.I)
_MARK = re.compile(r"(?:^|(?<=[\s/,;]))\(?(?:[a-z]|i{2,3}|i[vx]|vi{1,3})\)\s+", re.I)
_DOUBT = re.compile(r"\s*\(\s*\?+\s*\)|(?<=\w)\s+\?+")  # belongs to the name before it
# Words in small letters at the end of a line, behind a separator, belong to the name below.
_BROKEN_OFF = re.compile(
    r"((?:^|[/,;(\n])\s*(?!(?:en|and|und|et|alsmede)\s*\n)"
    r"(?:[a-zà-ÿ]+\.?[ \t]+)*[a-zà-ÿ]+\.?)[ \t]*\n\s*(?=[^\W\d_])"
)
# The states beside which Georgia is one, as `key` has them in English and Dutch.
_STATES = frozenset(
    "alabama alaska arizona arkansas california californie colorado connecticut delaware florida"
    " hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts"
    " michigan minnesota mississippi missouri montana nebraska nevada newhampshire newjersey"
    " newmexico newyork northcarolina noordcarolina northdakota ohio oklahoma oregon pennsylvania"
    " rhodeisland southcarolina zuidcarolina southdakota tennessee texas utah vermont virginia"
    " washington westvirginia wisconsin wyoming".split()
)
_WORD = re.compile(r"[^\W_]+|[&+]")
_APART = re.compile(r"[/\\;|•·→\t\n,&+–—:()\[\]]|\s-\s")
_EDGES = " .,:;/()[]–—-*\n"
# Two or three certain names are never one misspelt name, whatever stands between them.
_EXACT, _DOUBTFUL, _SPELLED, _SPELLED_OVER, _UNKNOWN = 1.0, 1.5, 2.1, 0.6, 6.0
_SHORTENED = 3.0  # "Trinidad & T." is one question and not two names
# A name broken over two lines, where each line is no name of its own.
_BROKEN = 1.05
_IMPOSSIBLE = 1e9
_LONGEST_NAME = 10  # words; a longer piece is no name, and trying every length would take long


def read_list(text: str, resolver: Resolver) -> list[Name]:
    """Every name in `text`, in order; a name printed twice comes back twice."""
    clean = FOOTNOTE.sub("", " ".join(text.replace("\u00ad", "").split(" ")).replace("\xa0", " "))
    clean = _BROKEN_OFF.sub(r"\1 ", _DOUBT.sub("?", _BULLET.sub("/", clean)))
    clean = _MARK.sub("/", clean) if _MARKED.match(clean) else clean
    found: list[Name] = []
    place = 0
    for start, end in _decided_spans(clean, resolver):
        found.extend(_read_undecided(clean[place:start], resolver))
        found.append(resolver.resolve(one_line(clean[start:end])))
        place = end
    return _beside_states(found + _read_undecided(clean[place:], resolver))


def _beside_states(names: list[Name]) -> list[Name]:
    """The same, but "Georgia" beside Florida is a question: it may be the country or the state."""
    unknown = [name.printed for name in names if isinstance(name, Unresolved)]
    if not any(_STATES & {key(printed), *key_tokens(printed)} for printed in unknown):
        return names
    return [
        Unresolved(name.printed, "several", (name.iso3, "USA")) if _is_georgia(name) else name
        for name in names
    ]


def _is_georgia(name: Name) -> TypeGuard[Match]:
    return isinstance(name, Match) and key(name.printed) == "georgia" and not name.decision


def _read_undecided(text: str, resolver: Resolver) -> list[Name]:
    found: list[Name] = []
    for chunk in _STRONG.split(_BOTH.sub(r"\1 \5 / \3 \5", text)):
        for part in _parts(chunk, resolver):
            found.extend(_read_chunk(part.strip(_EDGES), resolver))
    return found


def _parts(chunk: str, resolver: Resolver) -> Iterator[str]:
    """The lines of a chunk without needless space; a name with a bracket stands on its own.

    Else the bracket would be taken off "Congo (Kinshasa)", the name of one country.
    """
    rest = ""
    for line in map(one_line, chunk.splitlines()):
        if "(" in line and resolver.exact(line):
            yield rest
            yield line
            rest = ""
        else:
            rest += f"\n{line}"
    yield rest


def _decided_spans(text: str, resolver: Resolver) -> Iterator[tuple[int, int]]:
    """Where in `text` stands a decided text of several words, set apart on both sides.

    The longest from the left; its own separators ("Noord/Oost Syrië") then cut nothing.
    """
    if not resolver.decided_in_words:
        return
    longest = max(map(len, resolver.decided_in_words))
    found = [(word.start(), word.end(), key(word[0])) for word in _WORD.finditer(text)]
    gaps = [text[a:b] for (_, a, _), (b, _, _) in pairwise(found)]
    joins = [word == "&" for _, _, word in found]
    # Whether something stands before word i that sets it apart from the word before.
    apart = [
        True,
        *(
            bool(_APART.search(gap)) or before or after
            for gap, before, after in zip(gaps, joins, joins[1:], strict=False)
        ),
        True,
    ]
    start = 0
    while start < len(found):
        joined, end, last = "", start, start
        while apart[start] and end < len(found) and len(joined) <= longest:
            joined += found[end][2]
            end += 1
            if apart[end] and joined in resolver.decided_in_words:
                last = end
        if last > start:
            stop = found[last - 1][1]
            opened = text.count("(", found[start][0], stop) > text.count(")", found[start][0], stop)
            yield found[start][0], stop + (opened and text.startswith(")", stop))
        start = max(last, start + 1)


def _read_chunk(chunk: str, resolver: Resolver) -> list[Name]:
    """The names between two strong separators: whole, or before and inside a bracket, or cut."""
    found: list[Name] = []
    while chunk:
        line = one_line(chunk)
        listed = resolver.exact(line) or resolver.is_ambiguous(line)
        bracket = "(" in line and (listed or resolver.may_shorten(line, whole=True))
        if bracket or (listed and line == chunk):
            return [*found, resolver.resolve(line)]
        outer, _, inner = chunk.partition("(")
        outer, chunk = outer.strip(_EDGES), inner.strip(_EDGES)
        if outer:
            pieces = map(one_line, _best_cut(outer, resolver))
            found.extend(resolver.resolve(piece.strip(_EDGES) or piece) for piece in pieces)
    return found


def _best_cut(chunk: str, resolver: Resolver) -> list[str]:
    """The pieces of the cheapest way to cut `chunk`, see the costs above."""
    spans = _word_spans(chunk)
    codes = all(end - start <= 3 for start, end, _ in spans)  # "BE NL LU"

    def piece(start: int, end: int) -> str:
        return chunk[spans[start][0] : spans[end - 1][1]]

    def cost(start: int, end: int) -> float:
        text, many = piece(start, end), end - start
        apart = _stop_before(spans, start) and _stop_before(spans, end)
        broken = "\n" in text
        if many > _LONGEST_NAME:
            return _IMPOSSIBLE if broken else _UNKNOWN + 2 * many
        text = one_line(text)
        known = resolver.exact(text)
        # "DE FILIPIJNEN" is not Germany: two letters among words are a word. And a word in small
        # letters that is decided to be no country may do something to the name beside it
        # ("voorheen Togo").
        joins = isinstance(known, Ignored) and text[:1].islower()
        if known and (apart or ((codes or len(text) > 2) and not joins)):
            return _EXACT + _BROKEN * broken
        if resolver.is_ambiguous(text):
            return _DOUBTFUL + _BROKEN * broken
        if not apart:
            return _IMPOSSIBLE  # an unknown word next to a known one makes the whole piece unknown
        stops = [spans[place][2] for place in range(start + 1, end) if spans[place][2]]
        cut = any(_CUTS.search(stop) for stop in stops)
        if stops and resolver.may_shorten(text, whole=True):
            return _SHORTENED
        if not cut and resolver.makes_out(text):
            return _SPELLED + _SPELLED_OVER * len(stops)
        return _IMPOSSIBLE if broken else _UNKNOWN + many + len(stops)

    best: list[tuple[float, int]] = [(0.0, 0)]  # cost up to a word, and where its last piece starts
    stop = 0
    for end in range(1, len(spans) + 1):
        starts = {stop, *range(max(0, end - _LONGEST_NAME), end)}
        best.append(min((best[start][0] + cost(start, end), start) for start in starts))
        stop = end if _stop_before(spans, end) else stop
    pieces, end = [], len(spans)
    while end:
        end, last = best[end][1], end
        pieces.append(piece(end, last))
    return pieces[::-1]


def _word_spans(chunk: str) -> list[Span]:
    """Start, end and the separator before it ('' for none) of each word of the chunk."""
    spans: list[Span] = []
    position, before = 0, "\n"
    for gap in [*_TOKEN.finditer(chunk), None]:
        end = gap.start() if gap else len(chunk)
        if end > position:
            spans.append((position, end, before))
            before = ""
        if gap:
            position, before = gap.end(), before + (gap.group(1) or "")
    return spans


def _stop_before(spans: list[Span], place: int) -> bool:
    return place in (0, len(spans)) or bool(spans[place][2])
