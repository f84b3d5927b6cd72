"""The address of a page and the reader's choices: one says the same as the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, unquote, urlencode, urlsplit

from dashboard.figures.views import VIEWS
from dashboard.filters import (
    COLOURINGS,
    LAYERS,
    MOST_LANDS,
    MOST_NOTICES,
    MOST_STEPS,
    NO_LAYERS,
    POSTS,
    SCALES,
    SIDES,
    WEIGHTS,
    WITHIN,
    Filters,
    Notice,
    ValidNames,
    organisations,
    slug,
    to_query,
)
from dashboard.i18n import LANGUAGES
from geo.names.normalise import key_tokens
from geo.options import KINDS, LONGEST_TEXT
from geo.ranking import WEIGHTS as COMPONENTS
from geo.ranking import Scaling
from geo.schemas import CONTRIBUTORS, NOT_STATED_WORD, ORGANISATIONS

PATHS = {
    "overview": "",
    "coverage": "dekking",
    "gaps": "vlekken",
    "whatif": "wat-als",
    "planning": "plaatsen",
    "compare": "vergelijken",
    "missions": "missies",
    "mission_years": "missies-sinds-1990",
    "network": "netwerk",
    "network_load": "werklast",
    "network_history": "geschiedenis",
    "country": "land",
    "sources": "bronnen",
    "downloads": "downloads",
    "data": "gegevens",
    "explanation": "uitleg",
    "present": "presenteren",
    "accessibility": "toegankelijkheid",
    "search": "zoeken",
}
# Parts that stood on the page of the network before it became three, by the page of each.
MOVED = {
    "network_load": ("carried", "load"),
    "network_history": (
        *("back", "chains", "between", "lines", "why", "placement", "limits", "figures", "events"),
    ),
}
# What one page keeps in the address beside the choices: what is open on it.
ROWS = "rij"
OF_A_PAGE = {
    "sources": ("document", "tabel", ROWS, "filter", "toon"),
    "search": ("vraag",),
    "network_load": ("deel",),
}
# Choices that only some pages show anything of, by those pages. A presentation and the page of the
# files show all of them.
_USED_ON = {
    "sides": ("compare",),
    "kinds": ("gaps",),
    "ranked": ("gaps",),
    "colouring": ("overview", "coverage"),
    "view": ("overview", "coverage", "gaps", "compare", "missions", "whatif", "planning"),
    **dict.fromkeys(("weights", "scaling"), ("gaps", "planning", "whatif")),
    "year": ("gaps", "planning"),
    **dict.fromkeys(("dates", "shown"), ("missions",)),
    **dict.fromkeys(("scenario", "beside"), ("whatif",)),
    **dict.fromkeys(("sender", "mission", "month"), ("mission_years",)),
    **dict.fromkeys(("posts", "within", "most"), ("planning",)),
    **dict.fromkeys(("tour", "step"), ()),
}
_WITH_ALL = ("present", "downloads")
_WITHOUT_LAND = ("search", "sources", "data", "explanation", "accessibility")
# How the names end that a machine or a small network gives out for itself (RFC 6761, 6762, 8375).
_PRIVATE = (".localhost", ".local", ".localdomain", ".lan", ".home.arpa", ".test", ".invalid")
OVERVIEW = "overzicht"  # in a presentation, where a path cannot be empty
# Path -> page of every page that a presentation can show.
STEP_PAGES = {
    path or OVERVIEW: name
    for name, path in PATHS.items()
    if name
    not in (*("sources", "downloads", "data", "explanation", "present", "accessibility", "search"),)
}


def is_shareable(address: str) -> bool:
    """Whether an address means the same to a reader of another machine.

    >>> [is_shareable(f"http://{host}/") for host in ("atlas.example.org", "localhost:8501")]
    [True, False]
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE)


def permalink(home: str, page: str, filters: Filters) -> str:
    """The address of a page under these filters; `home` is where the application stands.

    Of a comparison, a scenario, a plan or a tour it carries nothing where the page shows none.

    >>> permalink("http://127.0.0.1:8501/", "gaps", Filters("r", area="Africa", posts=3))
    'http://127.0.0.1:8501/vlekken?release=r&taal=nl&gebied=africa'
    """
    return f"{home.rstrip('/')}/{PATHS[page]}?{page_query(page, filters)}"


def page_query(page: str, filters: Filters) -> str:
    """The query of an address: the choices of which the page shows something.

    >>> page_query("coverage", Filters("r", organisations=("NP", "KMar"), posts=3))
    'release=r&taal=nl&org=NP,KMar'
    """
    return urlencode(to_query(_used(page, filters)), safe=",:~/;!", quote_via=quote)


def _used(page: str, filters: Filters) -> Filters:
    """The choices without those that the page shows nothing of."""
    if page in _WITH_ALL:
        return filters
    elsewhere = [name for name, pages in _USED_ON.items() if page not in pages]
    elsewhere += ["land"] if page in _WITHOUT_LAND else []
    default = Filters(filters.release)
    return replace(filters, **{name: getattr(default, name) for name in elsewhere})


def page_of(page: str, part: str) -> str:
    """The page that has a part today; of a part that never moved, `page` itself.

    >>> page_of("network", "carried"), page_of("network", "double")
    ('network_load', 'network')
    """
    if page != "network":
        return page
    return next((name for name, parts in MOVED.items() if part in parts), page)


def source_address(document: str, table: str = "", *rows: str) -> str:
    """The address of printed rows, of a table or of a document, on the page of the sources.

    `static/shell.js` adds the reader's choices to it.

    >>> source_address("bijlage-2025-11", "2. Flexibel Inzetbare Liaison Officers", "1", "3")
    'bronnen?document=bijlage-2025-11&tabel=2-flexibel-inzetbare-liaison-officers&rij=1,3'
    """
    numbers = ",".join(rows)
    address = _table_address(document, table)
    return f"{address}&{urlencode({ROWS: numbers}, safe=',')}" if numbers else address


@lru_cache(maxsize=1000)  # tables of all documents; each is asked for once a row
def _table_address(document: str, table: str) -> str:
    parts = {"document": document, "tabel": table_key(table)}
    return "bronnen?" + urlencode({name: text for name, text in parts.items() if text})


def table_key(name: str) -> str:
    """The name of a printed table as it stands in an address."""
    return "-".join(word for word in key_tokens(name) if word.isalnum())


def question_address(question: str) -> str:
    """The address where a question is answered."""
    return "zoeken?" + urlencode({"vraag": question})


GROUPS = ("states", "territories", "all")
_ALL_NOTICES = 20  # a reader reads no more of them
PLACE = "kaart"
POST = "post"
# What a presentation shows when its reader has chosen nothing.
STANDARD = ("overzicht", "vlekken", "missies", "werklast!carried", "vergelijken")
STEP = re.compile(r"[a-z0-9-]+(/[a-z]+=[\w.,:+~%-]+)*(![a-z_]+)?", re.ASCII)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
MONTH = re.compile(r"(199|20\d)\d-(0[1-9]|1[0-2])", re.ASCII)
STEPS = tuple(str(number + 1) for number in range(MOST_STEPS))


# What stands between the parts of a parameter that has several.
_JOINTS = {"tour": ";", "links": "+", "rechts": "+"}
# What may stand in an address beside the choices: see `dashboard.web.session`, and what mail adds.
_BESIDE = re.compile("nalezen|embed|embed_options|utm_[a-z]+|[a-z]*clid")


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters of an address by name; one that stands there twice says both.

    >>> joined([("org", "NP"), ("land", "ECU"), ("org", "KMar")])
    {'org': 'NP,KMar', 'land': 'ECU'}
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if value not in found.setdefault(name, []):
            found[name].append(value)
    return {name: _JOINTS.get(name, ",").join(values) for name, values in found.items()}


def place(text: str) -> str | None:
    """Where the map was moved, as map/place.js reads it; None for what means no place."""
    try:
        north, east, times = map(float, text.split(","))
    except ValueError:
        return None
    on_earth = abs(north) <= 90 and abs(east) <= 180 and 0 < times < float("inf")
    return text if on_earth else None


def spot(text: str) -> str | None:
    """The post that was chosen on the map, as map/place.js reads it: its place on earth.

    >>> spot("4.71,-74.07"), spot("Bogota")
    ('4.71,-74.07', None)
    """
    return text if place(f"{text},1") else None


# What the map itself keeps in the address, and how each is read.
OF_THE_MAP: dict[str, Callable[[str], str | None]] = {PLACE: place, POST: spot}


def from_query(query: Mapping[str, str], valid: ValidNames) -> tuple[Filters, tuple[Notice, ...]]:
    """The filters an address stands for; what it says wrongly is left at its default and noted."""
    read = _Reader(query)
    default = Filters(valid.default_release)
    areas = {slug(area): area for area in valid.areas}
    area = areas.get(read.one("gebied", areas) or "", "")
    view = read.one("beeld", VIEWS) or default.view
    dates = read.several("peildata", sorted(valid.dates))
    if len(dates) == 1:
        read.note("peildata", dates[0])  # two make a comparison
    scenario = read.one("scenario", lambda text: text if len(text) <= LONGEST_TEXT else None)
    beside = read.one("naast", lambda text: text if len(text) <= LONGEST_TEXT else None)
    tour = read.tour(valid)
    most = len(STANDARD) + bool(scenario)  # which then comes first
    for name, means in OF_THE_MAP.items():
        read.one(name, means)  # the map takes it from the address itself
    filters = replace(
        default,
        release=read.one("release", valid.releases) or default.release,
        language=read.one("taal", LANGUAGES) or default.language,
        land=read.one("land", valid.unit),
        view=view if area or view != "world" else default.view,
        colouring=read.one("kleur", COLOURINGS) or default.colouring,
        area=area,
        organisations=organisations(read.several("org", (*ORGANISATIONS, NOT_STATED_WORD))),
        layers=read.several("lagen", LAYERS, default.layers),
        kinds=read.several("soort", KINDS, default.kinds),
        weights=tuple(dict(filter(None, map(read.weight, read.parts("weging")))).items()),
        scenario=scenario or "",
        beside=beside or "",
        sides=read.sides(valid),
        dates=dates if len(dates) == 2 else (),
        shown=read.one("kaartdatum", valid.dates) or "",
        ranked=read.one("rang", GROUPS) or "",
        scaling=read.scaling(),
        year=read.one("jaar", lambda text: text if YEAR.fullmatch(text) else None) or "",
        tour=tour,
        posts=read.whole("posten", POSTS) or default.posts,
        within=read.whole("km", WITHIN),
        most=read.whole("hooguit", MOST_LANDS),
        sender=read.one("zender", CONTRIBUTORS) or "",
        mission=read.one("missie", lambda name: name if name in valid.missions() else None) or "",
        month=read.one("maand", lambda text: text if MONTH.fullmatch(text) else None) or "",
        step=int(read.one("stap", STEPS[: len(tour) or most]) or 1) - 1,
    )
    read.strange()
    return filters, tuple(read.notices)


class _Reader:
    """Takes an address apart, and notes what in it means nothing."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.consulted = set(SIDES)
        self.notices: list[Notice] = []

    def one(
        self, parameter: str, valid: Collection[str] | Callable[[str], str | None]
    ) -> str | None:
        """The value of a parameter, where it is known."""
        self.consulted.add(parameter)
        value = self.query.get(parameter)
        if value is None:
            return None
        found = valid(value) if callable(valid) else value if value in valid else None
        if found is None:
            self.note(parameter, value)
        return found

    def whole(self, parameter: str, valid: range) -> int:
        """A whole number of that range; 0 where there is none."""
        return int(self.one(parameter, lambda text: text if _within(text, valid) else None) or 0)

    def sides(self, valid: ValidNames) -> tuple[str, ...]:
        """Two releases, or organisations twice; what is left of a pair is noted and not taken."""
        found = {name: self.one(name, lambda side: _side(side, valid)) for name in SIDES}
        kinds = {side in valid.releases for side in found.values() if side}
        if all(found.values()) and len(kinds) == 1:
            return tuple(side for side in found.values() if side)
        if all(found[name] for name in self.query if name in SIDES):  # else a side was noted
            for name, side in found.items():
                if side:
                    self.note(name, side)
        return ()

    def strange(self) -> None:
        """Note the parameters that nothing was read from: no page has them."""
        for parameter, value in self.query.items():
            if parameter not in self.consulted and not _BESIDE.fullmatch(parameter):
                self.note(parameter[:40], value)

    def tour(self, valid: ValidNames) -> tuple[str, ...]:
        """The steps of a presentation; one that cannot be read is noted and left out.

        One that says something wrong is noted and stays, as a page with a wrong address does.
        """
        self.consulted.add("tour")
        steps = [step for step in self.query.get("tour", "").split(";") if step]
        taken = tuple(
            step
            for step in steps
            if STEP.fullmatch(step) and re.split("[/!]", step)[0] in STEP_PAGES
        )[:MOST_STEPS]
        for step in steps:
            if step not in taken or from_query(parts_of(step), valid)[1]:
                self.note("tour", step)
        return taken

    def parts(self, parameter: str) -> list[str]:
        """What stands between the commas of a parameter."""
        self.consulted.add(parameter)
        return [part for part in self.query.get(parameter, "").split(",") if part]

    def several(
        self, parameter: str, valid: Collection[str], default: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """The known parts in their fixed order; "none" is the choice of nothing."""
        self.consulted.add(parameter)
        if parameter not in self.query:
            return default
        if not self.query[parameter]:
            self.note(parameter, "")
        if self.query[parameter] == NO_LAYERS:
            return ()
        named = self.parts(parameter)
        for part in named:
            if part not in valid:
                self.note(parameter, part)
        return tuple(value for value in valid if value in named) or default

    def weight(self, part: str) -> tuple[str, int] | None:
        """A component with its weight, "population:3"."""
        name, _, weight = part.partition(":")
        if name in COMPONENTS and weight in map(str, WEIGHTS):
            return name, int(weight)
        self.note("weging", part)
        return None

    def scaling(self) -> Scaling:
        """How figures become 0 to 1, each part of it a parameter of its own."""
        chosen = {field: self.one(name, words) for name, (field, words) in SCALES.items()}
        return Scaling(**{field: word for field, word in chosen.items() if word})

    def note(self, parameter: str, value: str) -> None:
        """Keep what means nothing; of many such parts of one parameter the first few."""
        if len(self.notices) >= _ALL_NOTICES:
            return
        if sum(notice.parameter == parameter for notice in self.notices) < MOST_NOTICES:
            self.notices.append(Notice(parameter, value[:40]))


def parts_of(step: str) -> dict[str, str]:
    """What a step of a presentation says after its page, by parameter."""
    said = step.partition("!")[0].split("/")[1:]
    pairs = (part.partition("=") for part in said if "=" in part)
    return {name: unquote(value) for name, _, value in pairs}


def _within(text: str, valid: range) -> bool:
    """Whether a text is a whole number of the range, as we write it."""
    return text.isascii() and text.isdigit() and text[:1] != "0" and int(text[:9]) in valid


def _side(side: str, valid: ValidNames) -> str | None:
    """One side of a comparison: a release, or organisations joined by "+"."""
    side = side.replace(" ", "+")  # what a plus in an address becomes when it is typed
    names = side.split("+")
    is_set = all(name in (*ORGANISATIONS, NOT_STATED_WORD) for name in names)
    return side if side in valid.releases or is_set else None


def organisations_name(organisations: tuple[str, ...]) -> str:
    """A choice as addresses write it.

    >>> organisations_name(("NP", "")), organisations_name(())
    ('NP,not-stated', '')
    """
    return ",".join(each or NOT_STATED_WORD for each in organisations)
