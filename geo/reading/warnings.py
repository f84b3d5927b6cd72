"""What a reader should know of one row, though it was read: nothing is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Container

from geo.names.normalise import key, one_line
from geo.names.resolver import Resolver
from geo.problems import Place, Problem
from geo.reading.flags import CellFlag
from geo.reading.footnotes import is_marked
from geo.reading.label import Label
from geo.reading.mentions import named_in
from geo.reading.organisations import in_short, organisations_in
from geo.reading.status import Status, area_status, cell_status
from geo.reading.workarea import WorkArea

STATUSES = ("active", "planned")
AS_READ = "as_read"  # what a person confirms: the row stands as it was read
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]+(?:[-/& ]+[A-Z][A-Z0-9]+)*")  # "KST", "MAOC", "CTER"
# What police officers abroad work on, by the beginnings of the words.
_THEME = re.compile(
    r"haven|drug|verdovend|coca|heroïne|opium|cannabis|precurs|synthe|narc|smokkel|handel|crim|misda|terror|extrem|radical"
    r"|jihad|migra|asiel|grens|border|vreemdel|terugkeer|cyber|digita|internet|online|financ|fraud"
    r"|witwas|corrup|ondermijn|milieu|natuur|wapen|zeden|sek|kind|toeris|maritiem|marit|scheep"
    r"|boats?|vlieg|lucht|kunst|cultu|document|ident|mens|voertuig|auto|moord|geweld|oorlog|sport"
    r"|voetbal|evenement|georganis|maffia|opspor|recherche|forens|thema|visser|container|logist",
    re.I,
)
_NO_THEME = re.compile(
    r"\d|tijdelijk|nieuw|vanaf|vanuit|loopt|gestart|start|stopt|besluit|verzoek|aanvraag|wens|optie"
    r"|voorstel|concept|pilot|proef|\b(?:niet|geen|nog|wordt|tot|sinds|voor|dubbel\w*|duo\w*)\b",
    re.I,
)
_LEAST_OF_CITY = 4  # letters of the name of a city, or of a part of it
# A duty station that is not that of today, or not known yet.
_CITY_CHANGES = re.compile(
    r"→|->|\b(?:later|straks|wordt|naar|verhuis\w*|tijdelijk|voorlopig|of|onbekend|n\.?n\.?b|t\.?b\.?d)\b",
    re.I,
)
OF_CITY = re.compile(  # what a bracket behind a city may say without saying when, or how many
    r"^(?:(?-i:[A-Z]{2,})|\d+)$|ambassade|consula|kantoor|hoofd|residentie|provincie|regio|stad|district"
    r"|state|zetel|haven|vliegveld|luchthaven|Europol|Interpol|Eurojust|Frontex",
    re.I,
)
_DITTO = re.compile(  # "as above"
    r"(?:^|(?<=\s))[\"“”„〃]+(?:\s*[-–—])?$|\b(?:idem|ditto|ibid(?:em)?)\b|^id\.?$|^dez\.$"
    r"|\b(?:zie|als|gelijk\s+aan)\s+(?:hier)?boven\b|\b(?:de)?zelfde\b"
    r"|\b(?:see|as)\s+above\b|\bci-dessus\b",
    re.I,
)
_LAST_BRACKET = re.compile(r"(?<=\w)\s*\(([^()]*)\)?")
# Cells of which an empty one may be one with the cell above.
_TELLING = frozenset({"label", "city", "area", "organisation", "mission", "duty", "personnel"})
_NUMBER_IN_NOTE = re.compile(
    r"(?<![\d./-])\d{1,3}(?![\d./-])|\b(?:een|twee|drie|vier|vijf|zes|beide|alle)\b", re.I
)


def of_note(place: Place, flags: tuple[CellFlag, ...], label: str, *others: str) -> list[Problem]:
    """One warning for a row where a cell carries the mark of a footnote that was not read."""
    if any(flag.kind == "note" for flag in flags):
        return []
    cells = [label] * is_marked(label, numbered=True) + [c for c in others if is_marked(c)]
    return [place.warning("footnote_mark", one_line(cell)) for cell in cells[:1]]


def of_status(place: Place, cells: str, status: Status) -> list[Problem]:
    """A post that is planned does not count as active, whoever is sought for it.

    One that is said to be closed, or to be there for a time, is what a person says it is.
    """
    if status.ended:
        return [place.error("ended", status.ended, "status", STATUSES)]
    if status.dated:
        return [place.error("dated", status.dated, "status", STATUSES)]
    if status.vacant and not status.pending:
        return [place.warning("vacant", cells, "status")]
    return []


def of_uncertain(place: Place, *cells: str) -> list[Problem]:
    """A label or a city that its author was in doubt about."""
    doubted = [one_line(cell) for cell in cells if "?" in cell]
    if same := [one_line(cell) for cell in cells if _DITTO.search(cell)]:
        return [place.error("ditto", same[0], AS_READ)]
    return [place.error("doubt_mark", cell, AS_READ) for cell in doubted[:1]]


def of_officers(place: Place, cells: str, posts: int, code: str) -> list[Problem]:
    """A row that stands for several posts, or for nobody knows how many."""
    if code:
        return [place.error("officers_unclear", code, "officers")]
    return [place.warning("several_posts", cells, params={"posts": posts})] if posts > 1 else []


def of_host(place: Place, host: str | None, area: WorkArea) -> list[Problem]:
    """A host that its own work area excludes."""
    if host is None or host not in area.excluded_units:
        return []
    printed = ", ".join(name.printed for name in area.excluded)
    return [place.error("host_excluded", printed, "countries", params={"host": host})]


def of_bracket(place: Place, theme: str, city: str, resolver: Resolver) -> list[Problem]:
    """What a bracket of a label says, where it is neither a theme nor the city for certain.

    It may speak of the status, the number or the organisation in words that nobody foresaw.
    """
    names = [name for name, _ in named_in(theme, resolver)]
    parts = (part.strip() for part in theme.split(","))
    doubtful = [part for part in parts if part and not _is_theme(part, city)]
    # "zeden" is no misspelt Zweden.
    if any(resolver.exact(name) or doubtful for name in names):
        return [place.error("country_in_theme", theme, "countries", params={"theme": theme})]
    return [place.error("bracket", part, "status", STATUSES) for part in doubtful[:1]]


def _is_theme(part: str, city: str) -> bool:
    return bool(
        _ACRONYM.fullmatch(part)
        or (_THEME.search(part) and not _NO_THEME.search(part))
        or (len(key(part)) >= _LEAST_OF_CITY and key(part) in key(city))
    )


def of_city(
    place: Place, printed: str, city: str | None, host: str | None, resolver: Resolver
) -> list[Problem]:
    """A city that was not found and names other countries: cells may have run together."""
    if city is not None or host is None:
        return []
    for part in (bracket[1].strip() for bracket in _LAST_BRACKET.finditer(printed)):
        if part and not (OF_CITY.search(part) or named_in(part, resolver)):
            return [place.error("bracket", part, "status", STATUSES)]
    if _CITY_CHANGES.search(printed):
        return [place.error("city_changes", printed, AS_READ)]
    others = [name for name, units in named_in(printed, resolver) if host not in units]
    return [place.error("country_in_city", printed, AS_READ)] if others else []


def of_country_alone(place: Place, printed: str, others: str, label: Label) -> list[Problem]:
    """A row of one country and nothing else: it may be the heading of the rows below."""
    wrong = any(problem.severity == "error" for problem in label.problems)
    alone = label.host is not None and not (others or label.organisation or wrong)
    return [place.error("country_alone", printed, AS_READ)] if alone else []


def of_part(place: Place, printed: str, area: WorkArea) -> list[Problem]:
    """A bracket that says "planned" behind one of several countries, or behind all of them."""
    if len(area.names) < 2 or not area.status.pending:
        return []
    brackets = (bracket[1] for bracket in _LAST_BRACKET.finditer(printed))
    pending = [text for text in brackets if cell_status(text).pending]
    return [place.error("pending_part", text, "status", STATUSES) for text in pending[:1]]


def of_theme(place: Place, theme: str, resolver: Resolver) -> list[Problem]:
    """A warning where a country may have been taken for part of the theme."""
    if not named_in(theme, resolver):
        return []
    return [place.warning("country_in_theme", theme, "countries", params={"theme": theme})]


def of_explanation(place: Place, area: WorkArea, served: Container[str]) -> list[Problem]:
    """The countries that only the explanation names, see reading rule 3, or else what it says.

    An error where it may hold a part of the list.
    """
    if not area.explanation or not area.names:
        return []
    missing = [name for name, units in area.mentioned if not any(unit in served for unit in units)]
    if not missing:
        return [place.warning("explanation", area.explanation, params={"text": area.explanation})]
    params = {"names": tuple(dict.fromkeys(missing))}
    say = place.error if area.listed else place.warning
    return [say("named_in_explanation", area.explanation, "countries", params=params)]


def of_flags(place: Place, flags: tuple[CellFlag, ...], resolver: Resolver) -> list[Problem]:
    """What stands beside the words of the cells: struck-out text, notes, raised signs, merging."""
    problems = []
    for flag in dict.fromkeys(flags):
        match flag.kind:
            case "struck":
                problems.append(place.error("struck", flag.text, AS_READ))
            case "note":
                decides = _decides(flag.text, resolver)
                say = place.error if decides else place.warning
                problems.append(say("note_decides" if decides else "note", flag.text, AS_READ))
            case "raised":
                problems.append(place.warning("raised", flag.text))
            case "overflows":
                problems.append(place.error("cell_overflows", flag.text, AS_READ))
            case "blank" if flag.cell in _TELLING:
                problems.append(place.error("blank_cell", flag.text, AS_READ))
            case "merged" if flag.cell in ("personnel", "officers"):
                problems.append(place.error("merged_number", flag.text, flag.cell))
    merged = [flag for flag in flags if flag.kind == "merged"]
    others = [flag for flag in merged if flag.cell not in ("personnel", "officers")]
    return problems + [place.warning("merged", "")] * bool(others)


def _decides(note: str, resolver: Resolver) -> bool:
    """Whether a note speaks of what is counted: a country, a number, an organisation, a status."""
    text = in_short(note)
    return bool(
        named_in(note, resolver)
        or area_status(note, resolver) != Status(note)
        or organisations_in(text)
        or _NUMBER_IN_NOTE.search(note)
    )
