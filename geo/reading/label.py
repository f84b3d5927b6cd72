"""What the label of a row says: country, organisation and theme, with every doubt about them.

Nothing is guessed: an organisation that is not one of ours, two organisations or two countries in
one label, or no country at all, is an error that a person settles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.names.decisions import Ignored
from geo.names.outcomes import Match, Unresolved
from geo.names.resolver import Resolver
from geo.problems import Place, Problem, decided
from geo.reading.lists import FOOTNOTE, read_list
from geo.reading.organisations import NAME, in_short, joins_another, organisations_in
from geo.reading.status import SILENT, Status, cell_status
from geo.schemas import ORGANISATIONS

_NAMES = rf"{NAME}(?:\s*(?:[/,;&+]|[-–—]|\b(?:en|and)\b)?\s*{NAME})*"
_MARK = r"(?:[\d*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+|\s?\[\d+\]|\s?\(\d+\)|\s?\d{1,2}\)|\s?[*†‡]{1,3})?"
_AT_END = re.compile(rf"({_NAMES}){_MARK}[\s.,;]*$", re.I)
_AT_START = re.compile(rf"^[\s:–—-]*({_NAMES})\b", re.I)
_IN_BRACKETS = re.compile(rf"\(\s*({_NAMES})\s*\)", re.I)
_FILO = re.compile(r"^(.*?)\bFILO(?:['’]?s)?\b(.*)$", re.I | re.S)
_OFFICER = re.compile(  # "LO Kenia", "Verbindingsofficier voor Kenia"
    r"^\s*(?:LO|liaisons?(?:\s?officers?)?|verbindingsofficier|politieattach[ée])\s+"
    r"(?:(?:in|te|voor)\s+)?(?=(?-i:[A-ZÀ-Þ]))",
    re.I,
)
_ORDINAL = re.compile(r"(?:\s*[-–—]\s*|\s+)(?:\d+|I{1,3}|IV)\s*$")
_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*")
_CLOSED = re.compile(r"\([^()]*\)")
_DASH = re.compile(r"\s+[-–—]\s+")
_EXPLAINING = re.compile(
    r"\s*\(([^()]*\b(?:overgenomen|voortgezet|verplaatst|teruggetrokken|verhuisd)\b[^()]*)\)?", re.I
)
_GAP = re.compile(r"[\s/–—-]+")
_EDGES = " -–—/,:"
_LONGEST = 500  # signs; a longer text is no label, and taking it apart would take long
# Words by which a body is known that posts officers: capitals in its name, or what it does.
_BODY = re.compile(
    r"\b[A-Z][\w.&]*[A-Z]|^[A-Z]$|(?i:poli[tcz]|gendarm|marech|recherche|douane|customs|defensie|justitie)"
)


@dataclass(frozen=True)
class Label:
    """`country` is the printed text that `host` was read from; `organisation` None: not stated."""

    country: str
    host: Match | Ignored | Unresolved | None
    organisation: str | None
    theme: str
    problems: tuple[Problem, ...] = ()
    status: Status = SILENT


def read_label(printed: str, resolver: Resolver, place: Place) -> Label:
    """Read a label such as "Kenia-2 Kmar" or "Portugal (MAOC) - NP"."""
    if len(printed) > _LONGEST:
        long = Unresolved(printed, "too_long")
        doubts = [*place.problems_of(long, "host"), *_not_printed(printed, [], place)]
        return Label(printed, long, None, "", tuple(doubts))
    status = cell_status(printed)
    text, explained = _without_explanation(in_short(status.rest))
    text = _OFFICER.sub("", _IN_BRACKETS.sub(r" \1 ", text))
    organisations = organisations_in(text)
    if joins_another(text) and organisations:
        names = organisations if len(organisations) > 1 else ORGANISATIONS
        problems = [place.error("several_organisations", printed, "organisation", names)]
        rest = re.split(NAME, text, maxsplit=1, flags=re.I)[0]
        country, theme = _country_and_theme(rest, resolver)
        read = Label(country, None, None, theme, (), status)
        label = _host(read, printed, True, resolver, place)
        return replace(label, problems=(*label.problems, *problems))
    label = _read_plain(text, printed, status, resolver, place)
    # Also where it goes with the status: "Kenia - KMar (NP vanaf 2028)".
    said = organisations_in(_without_explanation(in_short(printed))[0])
    if label.organisation and {*said} - {label.organisation}:
        error = place.error("several_organisations", printed, "organisation", said)
        label = replace(label, organisation=None, problems=(*label.problems, error))
    if explained:
        remark = place.warning("explanation", printed, params={"text": explained})
        label = replace(label, problems=(*label.problems, remark))
    return label


def _without_explanation(text: str) -> tuple[str, str]:
    """The text without the brackets that tell where the post comes from, and those."""
    told = [bracket[1].strip() for bracket in _EXPLAINING.finditer(text)]
    return _EXPLAINING.sub(" ", text), "; ".join(told)


def _read_plain(text: str, printed: str, status: Status, resolver: Resolver, place: Place) -> Label:
    """A label of one organisation or none."""
    # A bracket may stand behind the organisation, and an open one may run to the end of the label.
    rest, stated = _cut_off(_AT_END, text)
    if not stated:
        bare, stated = _cut_off(_AT_END, _CLOSED.sub(" ", text))
        rest = f"{bare} {' '.join(_CLOSED.findall(text))}" if stated else text
    country, theme = _country_and_theme(rest, resolver)
    ahead: list[Problem] = []
    if not stated:
        behind, first = _cut_off(_AT_START, text)
        country_behind, theme_behind = _country_and_theme(behind, resolver)
        if first and isinstance(resolver.exact(country_behind), Match):
            country, theme, stated = country_behind, theme_behind, first
            ahead = [place.warning("organisation_ahead", printed, "organisation")]
    organisation, problems = _one_organisation(stated, place)
    label = _host(
        Label(country, None, organisation, theme, (), status),
        printed,
        bool(stated),
        resolver,
        place,
    )
    problems = [*label.problems, *problems, *ahead]
    if not stated:
        problems += _not_printed(printed, problems, place)
    return replace(label, problems=tuple(problems))


def _country_and_theme(text: str, resolver: Resolver) -> tuple[str, str]:
    """A label without its organisation as country and theme, which a bracket holds."""
    rest = text.strip(_EDGES)
    # "Congo (Kinshasa)-2": the number is none of the name, and the bracket is.
    whole = (rest, _ORDINAL.sub("", rest).strip(_EDGES))
    named = any(resolver.exact(each) or resolver.is_ambiguous(each) for each in whole)
    themes = [] if named else [part.strip() for part in _BRACKET.findall(rest)]
    country = rest if named else FOOTNOTE.sub("", _BRACKET.sub(" ", rest)).strip(_EDGES)
    country = _ORDINAL.sub("", country).strip(_EDGES)
    return country, ", ".join(part for part in themes if re.search(r"[^\W\d_]", part))


def _not_printed(printed: str, problems: list[Problem], place: Place) -> list[Problem]:
    """The warning that no organisation is printed or read, where there is no error about it yet."""
    if any(problem.field == "organisation" for problem in problems):
        return []
    if re.search(NAME, in_short(printed), re.I):
        return [place.warning("organisation_not_read", printed, "organisation")]
    return [place.warning("organisation_not_printed", printed, "organisation")]


def _cut_off(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """`text` without the organisations that `pattern` finds at one end of it, and those."""
    found = pattern.search(text)
    if not found:
        return text, ""
    return text[: found.start()] if found.start() else text[found.end() :], found[1]


def _one_organisation(stated: str, place: Place) -> tuple[str | None, list[Problem]]:
    """The organisation in a text that names some, or the error that it names several."""
    folded = {name.casefold() for name in re.findall(rf"{NAME}", stated, re.I)}
    names = tuple(name for name in ORGANISATIONS if name.casefold() in folded)
    if len(names) < 2:
        return next(iter(names), None), []
    printed = " ".join(stated.split())
    return None, [place.error("several_organisations", printed, "organisation", names)]


def _host(label: Label, printed: str, stated: bool, resolver: Resolver, place: Place) -> Label:
    """`label` with its host, or with the error that says why there is none.

    `stated`: an organisation that we know is printed, so that another word is none.
    """
    certain = resolver.decided(printed)
    host = certain if isinstance(certain, Match | Ignored) else resolver.exact(label.country)
    if isinstance(host, Ignored) and host.leaves_out:
        return replace(label, host=host)
    if isinstance(host, Ignored) or not re.search(r"[^\W\d_]", label.country):
        error = place.error("no_host", printed, "host")
        return replace(label, problems=(error,))
    if not isinstance(host, Match):
        # Before a misspelling is considered: two letters more are no slip but an organisation.
        several = _several(read_list(label.country, resolver))
        if several:
            error = place.error("several_hosts", label.country, "host", several)
            return replace(label, problems=(error,))
        country, other = ("", "") if stated else _unknown_organisation(label.country, resolver)
        if other:
            read = _decided_organisation(replace(label, country=country), other, resolver, place)
            return _with_host(read, resolver.unit(country), place)
    return _with_host(
        label, host if isinstance(host, Match) else resolver.unit(label.country), place
    )


def _decided_organisation(label: Label, other: str, resolver: Resolver, place: Place) -> Label:
    """`label` with what a person decided that a word for an organisation means, or the question."""
    decision = resolver.organisation(other)
    if decision is None:
        error = place.error("unknown_organisation", other, "organisation", ORGANISATIONS)
        return replace(label, problems=(error,))
    params = {"organisation": decision.value, **decided(decision)}
    remark = place.warning("decided_organisation", other, "organisation", params=params)
    return replace(label, organisation=decision.value or None, problems=(remark,))


def _with_host(label: Label, host: Match | Ignored | Unresolved, place: Place) -> Label:
    return replace(label, host=host, problems=(*label.problems, *place.problems_of(host, "host")))


def _several(names: Iterable[object]) -> tuple[str, ...]:
    """The units where a text names nothing else and more than one; a stray code is no country."""
    found = list(names)
    units = [name for name in found if isinstance(name, Match)]
    different = tuple(dict.fromkeys(name.iso3 for name in units))
    one_way = len({name.how == "code" for name in units}) == 1
    return different if len(units) == len(found) and len(different) > 1 and one_way else ()


def _unknown_organisation(text: str, resolver: Resolver) -> tuple[str, str]:
    """(country, the word that is no organisation of ours), both empty where it cannot be told.

    Behind a dash with spaces any word is one; without, only what looks like a body that posts
    officers, so that a country misspelt in two words does not become another country.
    """
    first, *others = _DASH.split(text)
    country = _ORDINAL.sub("", first)
    if others and isinstance(resolver.unit(country), Match):
        return country, " - ".join(others)
    for gap in reversed([gap for gap in _GAP.finditer(text) if gap.start()]):
        country, other = _ORDINAL.sub("", text[: gap.start()]), text[gap.end() :]
        if isinstance(resolver.exact(country), Match) and _BODY.search(other):
            return country, other
    return "", ""


def read_filo_label(printed: str, resolver: Resolver, place: Place) -> Label:
    """Read a label such as "NP FILO CTER": organisation before or behind the word, then a theme."""
    status = cell_status(printed)
    text = _IN_BRACKETS.sub(r" \1 ", in_short(status.rest))
    parts = _FILO.match(text)
    before, theme = (parts[1], parts[2]) if parts else ("", text)
    stated = " / ".join(re.findall(NAME, before, re.I))
    other = re.sub(NAME, "", before, flags=re.I).strip(_EDGES)
    for pattern in (_AT_START, _AT_END):
        if not stated:
            theme, stated = _cut_off(pattern, theme)
    organisation, problems = _one_organisation(stated, place)
    label = Label("", None, organisation, theme.strip(_EDGES), (), status)
    if re.search(r"[^\W\d_]", other):
        return _decided_organisation(replace(label, organisation=None), other, resolver, place)
    if not stated:
        problems = _not_printed(printed, problems, place)
    return replace(label, problems=tuple(problems))
