"""How a printed list of countries is cut into single names.

The documents separate with slash, comma, semicolon, "en", "&", a dash, a new line, or nothing at
all ("Hongarije Moldavië"), leave brackets open and end on a slash. A name may itself hold any of
these ("Trinidad & Tobago"), so the cut is chosen that leaves the fewest pieces, all of them known.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo.names import Match, Region, Resolver, Unresolved

Name = Match | Region | Unresolved

_STRONG = re.compile(r"\s*[/;|•·\t]\s*")
_TOKEN = re.compile(r"\s*(,|&|\+|\b(?:en|and|und|et|alsmede)\b|\s[-–—]\s|[–—])\s*|\s+", re.I)
_COMPASS = r"noord|zuid|oost|west|north|south|east"
_BOTH = re.compile(
    rf"\b({_COMPASS})(elijk)?[- ]*(?:en|&|/|and)\s*({_COMPASS})([- ]*)(\w[\w-]+)", re.I
)
_FOOTNOTE = re.compile(r"(?<=[^\W\d])[\d*†¹²³]+(?=\s|$|[/,;.)])")
_EDGES = " .,:;/()[]–—-*"
_EXACT, _DOUBTFUL, _SPELLED, _UNKNOWN = 1.0, 1.5, 2.0, 6.0


def read_list(text: str, resolver: Resolver) -> list[Name]:
    """Every name in `text`, in order; a name printed twice comes back twice."""
    clean = _FOOTNOTE.sub("", " ".join(text.replace("\u00ad", "").split(" ")).replace("\xa0", " "))
    clean = _BOTH.sub(r"\1 \5 / \3 \5", clean)
    found: list[Name] = []
    for chunk in _STRONG.split(clean):
        found.extend(_read_chunk(" ".join(chunk.split()).strip(_EDGES + "\n"), resolver))
    return found


def _read_chunk(chunk: str, resolver: Resolver) -> list[Name]:
    if not chunk:
        return []
    whole = resolver.exact(chunk)
    if whole or resolver.is_ambiguous(chunk):
        return [whole or resolver.resolve(chunk)]
    outer, _, inner = chunk.partition("(")
    if inner and outer.strip():
        return _read_chunk(outer.strip(_EDGES), resolver) + _read_chunk(inner.strip(_EDGES), resolver)
    return [resolver.resolve(piece) for piece in _best_cut(chunk, resolver)]


def _best_cut(chunk: str, resolver: Resolver) -> list[str]:
    """The pieces of the cheapest way to cut `chunk`, see the costs above."""
    spans = _word_spans(chunk)

    def piece(start: int, end: int) -> str:
        return chunk[spans[start][0] : spans[end - 1][1]]

    @lru_cache(maxsize=None)
    def cost(start: int, end: int) -> float:
        text = piece(start, end)
        if resolver.exact(text):
            return _EXACT
        if resolver.is_ambiguous(text):
            return _DOUBTFUL
        if not (_stop_before(spans, start) and _stop_before(spans, end)):
            return 1e9  # an unknown word next to a known one makes the whole piece unknown
        if not isinstance(resolver.resolve(text), Unresolved):
            return _SPELLED
        return _UNKNOWN + sum(_stop_before(spans, place) for place in range(start + 1, end))

    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(spans) + 1):
        best.append(
            min(
                (best[start][0] + cost(start, end), [*best[start][1], piece(start, end)])
                for start in range(end)
            )
        )
    return best[-1][1]


def _word_spans(chunk: str) -> list[tuple[int, int, bool]]:
    """Start, end and "a separator stands before it" for each word of the chunk."""
    spans: list[tuple[int, int, bool]] = []
    position, stop = 0, True
    for gap in [*_TOKEN.finditer(chunk), None]:
        end = gap.start() if gap else len(chunk)
        if end > position:
            spans.append((position, end, stop))
            stop = False
        if gap:
            position, stop = gap.end(), stop or bool(gap.group(1))
    return spans


def _stop_before(spans: list[tuple[int, int, bool]], place: int) -> bool:
    return place in (0, len(spans)) or spans[place][2]
