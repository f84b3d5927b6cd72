"""Organisations as documents print them: short, in full, with points, in either language."""

from __future__ import annotations

import re

from geo.schemas import ORGANISATIONS

_FULL = {
    "NP": r"(?:nationale|nederlandse|nat\.|ned\.)\s*politie(?:\s+nederland)?|politie\s+nederland"
    r"|dutch\s+(?:national\s+)?police|n\s?\.\s?p\s?\.?(?!\w)",
    "KMar": r"(?:koninklijke|kon\.?)\s+marechaussee|marechaussee|k\s?[.\s]\s?mar\b\.?"
    r"|k\s?\.\s?m\s?\.?\s?a\s?\.?\s?r\s?\.?(?!\w)",
    "GPI": r"ge[ïi]ntegreerde\s+politie(?:\s+(?:van\s+)?belgi[ëe])?"
    r"|(?:belgische\s+)?fed(?:erale|\.)\s*(?:gerechtelijke\s+)?politie(?:\s+(?:van\s+)?belgi[ëe])?"
    r"|belgische\s+politie|police\s+f[ée]d[ée]rale|belgian\s+(?:federal\s+)?police"
    r"|g\s?\.\s?p\s?\.\s?i\s?\.?(?!\w)",
}
# Services that post officers too, and police of other countries, as titles of tables name them.
OTHER_SERVICE = re.compile(
    r"douane|defensie|militair|immigratie|\b(?:IND|FIOD|NVWA|AIVD|MIVD|ILO['’]?s?)\b"
    r"|belastingdienst|kustwacht|rijksrecherche"
    r"|(?<!politie)(?<!politie[- ])(?<!liaison)(?<!liaison[- ])attach[ée]s?\b"
    # "Buiten de Europese Unie" and "in de Franse gebieden" say where, and not whose.
    r"|\b(?:belgisch|luxemburgs|frans|duits|brits|noords|scandinavisch|europes)e\s+(?:\w+\s+)?"
    r"(?:politie|liaison|lo['’]?s?\b|(?:verbindings)?officier|collega|partner|post|dienst|gendarm)"
    r"|\bvan\s+(?:belgi[ëe]|luxemburg|frankrijk|duitsland)\b",
    re.I,
)
_IN_FULL = [(code, re.compile(rf"(?<![\w.])(?:{words})", re.I)) for code, words in _FULL.items()]
NAME = rf"\b(?:{'|'.join(ORGANISATIONS)})(?![^\W\d_¹²³⁰⁴-⁹])"
_NAME = re.compile(NAME, re.I)
# Words that join two organisations in one post, or hand it from one to the other.
_JOINS = re.compile(
    r"\bi\s?\.?\s?s\s?\.?\s?m\b\.?|\bin\s+samenwerking\s+met\b|\bsamen\s+met\b|\b(?:mede\s+)?namens\b"
    r"|\bgedeeld\s+met\b|\bvoor\s+rekening\s+van\b|\bten\s+behoeve\s+van\b|\bt\.b\.v\b\.?"
    r"|\bvoorheen\b|\bovergenomen\s+van\b|\bovergedragen\s+aan\b|\bwordt\b|\bwas\b|→|\bmet\b|\bvoor\b",
    re.I,
)


def in_short(text: str) -> str:
    """The text with every organisation of ours as its short name: "Kenia - KMar"."""
    for code, words in _IN_FULL:
        text = words.sub(code, text)
    return text


def organisations_in(text: str) -> tuple[str, ...]:
    """Our organisations that stand in a text made `in_short`, each once, in their usual order."""
    folded = {name.casefold() for name in _NAME.findall(text)}
    return tuple(name for name in ORGANISATIONS if name.casefold() in folded)


def joins_another(text: str) -> bool:
    """Whether a text made `in_short` puts an organisation of ours beside another body.

    "NP i.s.m. Europol" is not a post of NP alone.
    """
    names = list(_NAME.finditer(text))
    return any(
        _JOINS.match(text, name.end() + len(_gap(text, name.end()))) is not None for name in names
    ) or any(_JOINS.fullmatch(_word_before(text, name.start())) is not None for name in names)


def _gap(text: str, start: int) -> str:
    gap = re.match(r"[\s,(–—-]*", text[start:])
    return gap[0] if gap else ""


def _word_before(text: str, end: int) -> str:
    word = re.search(r"(\S+)[\s(]*$", text[:end])
    return word[1].strip("(") if word else ""
