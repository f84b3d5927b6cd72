"""What a cell says of a post itself: not decided yet, vacant, closed, or there for a time only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.dates import ANY_MONTH
from geo.names.resolver import Resolver
from geo.reading.mentions import named_in

_CLOSING = r"sluiting|opheffing|beëindiging|terugtrekking|verplaatsing|vertrek"
_DECISION = r"besluit(?:vorming\w*(?:-?\s*proces)?)?|goedkeuring|instemming|akkoord|toestemming"
_PENDING = (
    r"(?:opening|plaatsing|start|oprichting)\s+(?:is\s+)?(?:nog\s+)?(?:voorzien|verwacht|gepland)"
    rf"|(?:{_DECISION})\s+(?:loopt(?:\s+nog)?|volgt|nodig|vereist|ontbreekt|(?:is\s+)?nog)"
    r"|(?:nog\s+)?in\s+(?:besluitvorming|voorbereiding|behandeling|aanvraag|oprichting)"
    rf"|(?:nog\s+)?afhankelijk\s+van(?:\s+(?:de|het|een|nadere?|verdere?|politieke?))*\s+\w+"
    rf"|(?:in\s+)?(?:af)?wacht(?:ing)?(?:end)?\s+(?:op|van)"
    rf"(?:\s+(?:de|het|een|nadere?|verdere?|politieke?))*\s+\w+"
    r"|(?:wordt\s+)?voorzien\s+(?:voor|in|per|vanaf)|opent\b|te\s+openen"
    r"|nog\s+(?:niet\s+(?:besloten|ingevuld|gestart|geopend|bevestigd|zeker|actief|gerealiseerd)"
    r"|te\s+(?:besluiten|openen|starten|bevestigen|realiseren|bepalen))"
    r"|onder\s+voorbehoud(?:\s+van\s+\w+)?|beoogde?|nader\s+te\s+bepalen|n\.?t\.?b\b\.?"
    # A post whose closing is planned is there today.
    rf"|(?<!niet\s)(?<!sluiting\s)(?<!opheffing\s)(?:geplande?|voorgenomen)(?!\s+(?:{_CLOSING}))"
)
_VACANT = r"vacatures?|vacante?s?|onbezet|onvervuld"
_ENDED = (
    r"opgeheven|be[ëe]indigde?|uitgefaseerd|afgebouwd|gesloten|opgeschorte?|geschorste?|stopgezette?|gestaakt|vervallen"
    r"|vervalt|ingetrokken|opgezegd|(?:ge)?sluit(?:en)?|eindigt|stopt|wordt\s+opgeheven|bevroren"
    r"|teruggetrokken|verplaatst|verhuisd|inactief|niet\s+(?:meer\s+)?(?:actief|in\s+gebruik|gepland|ingevuld|bezet|bemand)"
    rf"|(?:geplande?|voorgenomen|aanstaande)\s+(?:{_CLOSING})|(?:{_CLOSING})(?:\s+\w+)?"
    r"|closed|suspended|ended|terminated|ferm[ée]e?s?|supprim[ée]e?s?"
)
_DATE = r"(?:\d{1,2}[-/.\s]\s?\w+[-/.\s]\s?\d{2,4}|[a-z]{3,9}\s+\d{4}|\d{4}|Q[1-4])"
_NTH = r"(?:[1-4]e|eerste|tweede|derde|vierde|laatste)"
_PART_OF_YEAR = (
    r"(?:(?:begin|medio|halverwege|half|eind(?:e)?|ultimo|early|mid|late|end(?:\s+of)?)"
    rf"(?:[\s-]+(?:{ANY_MONTH}))?|voorjaar|lente|zomer"
    rf"|najaar|herfst|winter|{ANY_MONTH}|{_NTH}\s+(?:helft|kwartaal|halfjaar)|[QH][1-4]"
    r"|spring|summer|autumn)"
)
# "medio 2027" says until or from when without a word for it.
_PERIOD = rf"{_PART_OF_YEAR}(?:\s+van)?[\s-]+(?:19|20)\d\d"
_DATED = (
    rf"(?:(?:(?:per|vanaf|sinds|tot(?:\s+en\s+met)?|t/m)\s+)?{_PERIOD}"
    rf"|(?:per|vanaf|m\.?i\.?v\.?|met\s+ingang\s+van|tot(?:\s+en\s+met)?|t/m|start)\s+{_DATE}"
    r"|(?<=\()(?:19|20)\d\d(?=\)))"
)
_IS_PENDING = re.compile(rf"\b(?:{_PENDING})(?!\w)", re.I)
_IS_VACANT = re.compile(rf"\b(?:{_VACANT})\b", re.I)
_IS_ENDED = re.compile(rf"\b(?:{_ENDED})\b(?:\s+{_DATED})?", re.I)
_IS_DATED = re.compile(rf"\b{_DATED}\b", re.I)
_SIGNS = {"pending": _IS_PENDING, "vacant": _IS_VACANT, "ended": _IS_ENDED, "dated": _IS_DATED}
_ANY = rf"{_PENDING}|{_VACANT}|{_ENDED}|{_DATED}"
_SPOKEN = re.compile(rf"[\s,:–—-]*\b(?:{_ANY})(?!\w)[\s,:–—-]*", re.I)
_DASH = r"\s[-–—]\s"
_CLAUSE = re.compile(
    rf"((?:(?!{_DASH})[^,;.(/\n])*?)\b(?:{_ANY})(?!\w)((?:(?!{_DASH})[^,;.)/\n])*)", re.I
)
_BRACKET = re.compile(r"\(([^()]*)\)?")
_SQUARE = re.compile(r"[\[*]([^\[\]()*]*[^\W\d_]{3}[^\[\]()*]*)[\]*]")  # "[gepland]", "*gepland*"
_CAPITAL = re.compile(r"\b[^\W\d_a-zà-ÿ][\w-]+")
# Words that open a clause and are no name.
_OPENS = re.compile(
    r"(?:de|het|een|deze|dit|er|lo|lo's|post|functie|plaatsing|nieuwe|definitieve|politieke|wordt"
    rf"|is|tijdelijk|{ANY_MONTH}|q[1-4])$",
    re.I,
)


_POSTS = (
    r"(?:posten|plaatsing(?:en)?|lo['’]?s?|liaisons?|officier(?:en)?|missies?|standplaats(?:en)?"
    r"|inzet|netwerk|post(?:e?s)?|officers?|network|missions?)"
)
# What a heading or a title says of rows that are not those of today.
_NOT_TODAY = re.compile(
    r"\b(?:gewenste?|wens(?:en)?(?:lijst)?|uitbreiding(?:en)?|voormalige?|vroegere|historisch\w*"
    r"|toekomst(?:ig)?e?|(?:af\s+te\s+bouwen|op\s+te\s+heffen|te\s+(?:sluiten|openen|starten))"
    r"|verkenning(?:en)?|voorstel(?:len)?|scenario['’]?s?|opties?|reserve(?:lijst)?|mogelijke"
    rf"|potenti[eë]le|kandidaat\w*|(?:nieuwe?|tijdelijke?|extra|oude|new|temporary|former|planned"
    rf"|proposed|future|nouveaux|anciens)\s+{_POSTS})\b",
    re.I,
)
# A title that is no more than that: "3. Nieuw", "NIEUW (2027)".
_NEW = re.compile(
    r"(?:\d+\W+)*(?:nieuwe?|new|extra|tijdelijk|temporary|oud)\W*(?:\([^()]*\))?\W*", re.I
)


@dataclass(frozen=True)
class Status:
    """`rest` is the text without what it says of the post.

    `ended` and `dated` are the words that say that the post is closed, suspended or comes to an
    end, or that it is there from or until a day; a person must say what that means today.
    """

    rest: str
    pending: bool = False
    vacant: bool = False
    ended: str = ""
    dated: str = ""

    def __or__(self, other: Status) -> Status:
        """What either says, with the rest of the first."""
        return Status(
            self.rest,
            self.pending or other.pending,
            self.vacant or other.vacant,
            self.ended or other.ended,
            self.dated or other.dated,
        )


SILENT = Status("")


def cell_status(text: str) -> Status:
    """Take the words alone out of a label or a city: "Ghana - NP (KST, gepland)"."""
    status = _read(text)
    if status == Status(text):
        return status
    text = _SQUARE.sub(r"(\1)", text)
    return Status(_SPOKEN.sub(" ", _BRACKET.sub(_other_parts, text)).strip(), *_signs(status))


def is_of_another_day(title: str) -> bool:
    """Whether a heading or a title says that the rows below it are not simply those of today."""
    status = _read(title)
    said = status.pending or status.vacant or status.ended
    return bool(said or _NOT_TODAY.search(title) or _NEW.fullmatch(title.strip()))


def _signs(status: Status) -> tuple[bool, bool, str, str]:
    return status.pending, status.vacant, status.ended, status.dated


def _read(text: str) -> Status:
    """What is said anywhere in `text`; a post that ends is no planned one."""
    words = {name: sign.search(text) for name, sign in _SIGNS.items()}
    ended, pending = words["ended"], words["pending"]
    if ended and pending and pending.start() <= ended.start() < pending.end():
        ended = None  # "afhankelijk van sluiting elders" speaks of a decision
    dated = words["dated"] if not (ended or pending) else None
    return Status(
        text,
        bool(pending),
        bool(words["vacant"]),
        ended[0] if ended else "",
        dated[0] if dated and not words["vacant"] else "",
    )


def _other_parts(bracket: re.Match[str]) -> str:
    """The bracket without the parts that speak of the post ("vacant sinds mei")."""
    parts = re.split(r"[,;/](?!m\b)", bracket[1])
    remaining = [part for part in parts if not _SPOKEN.search(part)]
    if len(remaining) == len(parts):
        return bracket[0]
    return f"({','.join(remaining)})" if remaining else " "


def area_status(text: str, resolver: Resolver) -> Status:
    """Take whole clauses out of a work area ("de besluitvorming loopt nog"), but no name.

    A clause that names somebody else's post ("LO Bakoe teruggetrokken") says nothing of this one.
    """
    if not _SPOKEN.search(text):
        return Status(text)  # long before a search for the clauses would find none
    pending = vacant = False
    ended = dated = ""

    def remaining(clause: re.Match[str]) -> str:
        nonlocal pending, vacant, ended, dated
        own = _read(clause[0])
        parts = [part for part in clause.groups() if _may_name(part, resolver)]
        others = text[: clause.start()] + text[clause.end() :]
        of_others = named_in(others, resolver) or not _speaks_of_a_list(parts, resolver)
        if parts and (own.ended or own.dated) and of_others:
            return clause[0]  # of one country of several, or of another post
        pending, vacant = pending or own.pending, vacant or own.vacant
        ended, dated = ended or own.ended, dated or own.dated
        return " ".join(parts) if parts else " "

    rest = _CLAUSE.sub(remaining, text)
    if not (pending or vacant or ended or dated):
        return Status(text)
    return Status(rest, pending, vacant, ended, dated)


def _speaks_of_a_list(parts: list[str], resolver: Resolver) -> bool:
    """Whether beside the words of the status only names of countries stand: "Peru gesloten"."""
    return all(resolver.knows(part.strip(" ,:–—-")) for part in parts)


def _may_name(text: str, resolver: Resolver) -> bool:
    """Whether a country or theme may stand here; what opens with a capital is a name till read."""
    if re.search(r"\btaakaccent", text, re.I) or named_in(text, resolver):
        return True
    return any(not _OPENS.match(word) for word in _CAPITAL.findall(text))
