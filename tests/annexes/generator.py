"""Annexes drawn from a seed: rows, a layout, and one kind of difficulty in some of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from tests.annexes.atlas import BANNERS, COUNTRIES
from tests.annexes.description import Annex, Cell, Golden, Row, Table
from tests.annexes.difficulties import DIFFICULTIES
from tests.annexes.posts import Mission, Piece, Post, draw_missions, draw_post, strangers

MONTHS = "januari februari maart april mei juni juli".split()
_HEADINGS = {
    "label": ("Liaison Officers", "Liaison Officer", "Liaisons", "LO’s"),
    "city": ("Werklocatie", "Standplaats", "Vaste standplaats"),
    "area": ("Werkgebied", "Accreditatie", "Werkgebieden"),
    "mission": ("Missienaam", "Missie", "Naam missie"),
    "duty": ("Standplaats", "Werklocatie"),
    "personnel": ("Aantal uitgezonden politiefunctionarissen", "Aantal"),
}
_OTHER_HEADINGS = {
    "label": ("Verbindingsofficier", "LO-post", "Post", "Verbindingsofficieren"),
    "city": ("Plaats van stationering", "Stad", "Plaats", "Locatie"),
    "area": ("Mede-accreditatie", "Accreditatiegebied", "Zorggebied", "Landen", "Werk-\ngebied"),
    "mission": ("Naam van de missie", "Missies", "Missie / operatie"),
    "duty": ("Vaste standplaats", "Plaats"),
    "personnel": ("Aantal politiefunctionarissen", "Uitgezonden", "Totaal"),
}
_FIXED = {
    "region": "Regio",
    "organisation": "Organisatie",
    "number": "Aantal",
    "nr": "Nr.",
    "function": "Functie",
    "remark": "Opmerkingen",
}
# What concerns the writer of a file alone.
_OPTIONS = {
    *("no_lines", "lines_between_rows", "turned", "printed_twice", "ligatures"),  # PDF
    *("one_line_each", "open_quote", "escaped_return"),
}
_PROSE = "In deze bijlage staan de ontwikkelingen van het afgelopen half jaar."


@dataclass
class _Plan:
    """How one annex is laid out; `columns` of the network from left to right."""

    draw: random.Random
    form: str
    whole: str
    columns: list[str] = field(default_factory=lambda: ["label", "city", "area"])
    headings: dict[str, str] = field(default_factory=dict)
    look: dict[str, str] = field(default_factory=dict)

    def heading(self, column: str) -> str:
        """Return the words over a column."""
        return _FIXED.get(column) or self.headings[column]


def annex(seed: int, difficulty: str = "none", form: str = "docx") -> Annex:
    """Draw the annex of a seed: a few posts and missions, some with the difficulty."""
    kind = DIFFICULTIES[difficulty]
    draw = random.Random(f"{seed} {difficulty} {form}")
    plan = _plan(draw, form, kind.whole)
    taken: set[tuple[str, str]] = set()
    many = 45 if kind.whole == "long_table" else draw.randint(5, 8)
    posts = [draw_post(draw, taken) for _ in range(many)]
    if kind.post:
        for at in draw.sample(range(many), 3):
            posts[at] = kind.post(draw, posts[at])
    posts.sort(key=lambda post: list(BANNERS).index(post.country.part))
    missions = draw_missions(draw, draw.randint(3, 5))
    if kind.mission:
        missions[1] = kind.mission(draw, missions[1])
    _widen(plan, posts, missions)
    network = _network(plan, posts)
    tables = [*_split(plan, network), *_others(plan), _mission_table(plan, missions)]
    drawn = Annex(seed, difficulty, ("Een verzonnen bijlage", _PROSE), tuple(tables))
    return _dated(plan, _counted(plan, replace(drawn, look=plan.look), missions))


def _plan(draw: random.Random, form: str, whole: str) -> _Plan:
    plan = _Plan(draw, form, whole)
    plain = whole != "other_headings"
    plan.headings = {
        role: draw.choice(words)
        for role, words in (_HEADINGS if plain else _OTHER_HEADINGS).items()
    }
    if whole == "column_order":
        draw.shuffle(plan.columns)
    if whole == "first_column_number":
        plan.columns.insert(0, "nr")
    if whole == "first_column_function":
        plan.columns.insert(0, "function")
    for column in ("region", "organisation"):
        if whole == f"{column}_column":
            plan.columns.insert(draw.choice((0, 1, 3)) if column == "region" else 1, column)
    banners = draw.choice(("merged", "merged", "plain", "none"))
    plan.look["banners"] = "none" if "region" in plan.columns else banners
    plan.look["sheets"] = whole if whole in ("beside", "stacked") else "apart"
    if whole in _OPTIONS:
        plan.look[whole] = "yes"
    if whole == "other_encoding":
        plan.look["encoding"] = draw.choice(("cp1252", "utf-16"))
    plan.look["running"] = draw.choice(("yes", "no"))
    plan.look["grid"] = draw.choice(("lines", "none"))
    plan.look["delimiter"] = draw.choice((";", ";", ",", "\t"))
    return plan


def _widen(plan: _Plan, posts: list[Post], missions: list[Mission]) -> None:
    """Add the columns that the rows need."""
    if any(post.remark for post in posts) or "open_quote" in plan.look:
        plan.columns.append("remark")
    if any(post.number for post in posts):
        plan.columns.insert(plan.draw.choice((1, len(plan.columns))), "number")
    if any(mission.duty for mission in missions) or plan.draw.random() < 0.3:
        plan.look["duty"] = "yes"


# --- the network ----------------------------------------------------------------------------------


def _network(plan: _Plan, posts: list[Post]) -> Table:
    rows = _header(plan, plan.columns)
    part = ""
    if plan.whole in ("merged_host", "merged_area"):
        posts = _merged(plan, posts)
    if plan.whole == "same_row_twice":
        posts.insert(1, posts[0])
    below = [post.below for post in posts if post.below]
    for number, post in enumerate(posts, start=1):
        if post.country.part != part and plan.look["banners"] != "none":
            part = post.country.part
            form = "banner" if plan.look["banners"] == "merged" else "plain"
            cells = [Cell() for _ in plan.columns]
            at = 0 if form == "banner" else plan.columns.index("label")
            cells[at] = Cell(BANNERS[part])
            rows.append(Row(tuple(cells), form))
        rows.append(_post_row(plan, post, number))
    if plan.whole in ("merged_host", "merged_area"):
        rows = _join(plan, rows)
    if plan.whole == "network_total":
        cells = [Cell() for _ in plan.columns]
        cells[0], cells[-1] = Cell("Totaal"), Cell(str(len(posts)))
        rows.append(Row(tuple(cells)))
    title = "1. Gecombineerd Benelux LO-netwerk"
    return Table(title, tuple(rows), tuple(dict.fromkeys(below)))


def _split(plan: _Plan, network: Table) -> list[Table]:
    """Cut the network in two: under headings of their own, or the rest without its header."""
    if plan.whole not in ("table_each_half", "headless_rest"):
        return [network]
    posts = [at for at, row in enumerate(network.rows) if row.golden]
    middle = posts[len(posts) // 2]
    upper, lower = network.rows[:middle], network.rows[middle:]
    if plan.whole == "headless_rest":
        return [replace(network, rows=upper), replace(network, rows=lower)]
    header = network.header
    return [
        replace(network, rows=upper),
        replace(network, title=f"{network.title} (vervolg)", rows=(*header, *lower)),
    ]


def _header(plan: _Plan, columns: list[str]) -> list[Row]:
    header = Row(tuple(Cell(plan.heading(column)) for column in columns), "header")
    if plan.whole != "two_header_rows" or "city" not in columns:
        return [header]
    upper = [Cell() for _ in columns]
    upper[0] = Cell("Overzicht van het netwerk")
    if plan.draw.random() < 0.5:  # the words of one heading over two rows
        words = plan.heading("city")
        at = columns.index("city")
        upper = [Cell(plan.heading(column)) for column in columns]
        lower = [Cell() for _ in columns]
        upper[at], lower[at] = Cell("Vaste"), Cell(words.removeprefix("Vaste ").lower())
        return [Row(tuple(upper), "header"), Row(tuple(lower), "header")]
    return [Row(tuple(upper), "header"), header]


def _post_row(plan: _Plan, post: Post, number: int) -> Row:
    apart = "organisation" in plan.columns
    label = f"{post.named}{post.ahead}{post.tail}" if apart else post.label
    texts = {
        "label": label,
        "city": post.station,
        "area": post.area,
        "organisation": post.printed_organisation,
        "region": BANNERS[post.country.part],
        "nr": str(number),
        "function": "Politieattaché",
        "number": post.number or "1",
        "remark": post.remark or ("" if "open_quote" not in plan.look else "Zie de brief"),
    }
    look = post.look
    cells = []
    for column in plan.columns:
        signs = {
            kind: dict(getattr(look, kind)).get(column, "")
            for kind in ("raised", "note", "struck", "unseen")
        }
        cells.append(Cell(texts[column], **signs))
    golden = replace(post.golden(), printed=(label, post.station, post.area))
    return Row(tuple(cells), "hidden" if look.hidden else "plain", golden)


def _merged(plan: _Plan, posts: list[Post]) -> list[Post]:
    """Make the second post share its host and city, or its area, with the first."""
    first = replace(posts[0], separator=" / ", number="")
    if plan.whole == "merged_host":
        other = [Piece(c.name, (c.iso3,)) for c in strangers(first, plan.draw, 2)]
        second = replace(first, pieces=tuple(other))
    else:
        near = next(post for post in posts[1:] if post != first)
        second = replace(near, pieces=first.pieces, separator=first.separator, end=first.end)
        posts = [post for post in posts if post is not near]
    return [first, second, *posts[1:]]


def _join(plan: _Plan, rows: list[Row]) -> list[Row]:
    """Merge the cells that the first two posts share; no banner may stand between them."""
    columns = ("label", "city") if plan.whole == "merged_host" else ("area",)
    posts = [at for at, row in enumerate(rows) if row.golden]
    first, second = posts[0], posts[1]
    cells = list(rows[second].cells)
    for column in columns:
        at = plan.columns.index(column)
        cells[at] = replace(cells[at], joined=True)
    joined = replace(rows[second], cells=tuple(cells))
    between = rows[first + 1 : second]
    return [*rows[: first + 1], joined, *between, *rows[second + 1 :]]


# --- the other tables -----------------------------------------------------------------------------


def _others(plan: _Plan) -> list[Table]:
    """Draw a hidden copy of the network, FILO's and placements, where the annex has them."""
    tables = []
    if plan.whole == "hidden_table":
        old = _network(plan, [draw_post(plan.draw, set()) for _ in range(3)])
        rows = tuple(
            replace(row, golden=replace(row.golden, seen=False) if row.golden else None)
            for row in old.rows
        )
        tables.append(Table("Oude versie", rows, hidden=True))
    if plan.form in ("csv",) or plan.look["sheets"] != "apart" or plan.draw.random() < 0.5:
        return tables
    tables.append(_filos(plan))
    if plan.form in ("docx", "odt", "txt") and plan.whole != "one_line_each":
        tables.append(_placements())
    return tables


def _filos(plan: _Plan) -> Table:
    rows = [Row((Cell("FILO’s"), Cell("Werkgebied")), "header")]
    country = plan.draw.choice(COUNTRIES)
    for label, organisation, area in (
        ("NP FILO CTER", "NP", "wereldwijd"),
        ("GPI FILO", "GPI", country.name),
    ):
        named = ((country.iso3, area),) if area == country.name else ()
        golden = Golden("FILO", (label, "", area), organisation=organisation, named=named)
        rows.append(Row((Cell(label), Cell(area)), golden=golden))
    return Table("2. Flexibel Inzetbare Liaison Officers", tuple(rows))


def _placements() -> Table:
    rows = [Row((Cell("Plaatsingen"),), "header")]
    for where, label in (
        ("Europol", "Europol - Seconded national expert"),
        ("UNODC Wenen", "Consultant human rights"),
    ):
        rows.append(Row((Cell(where),)))
        rows.append(Row((Cell(label),), golden=Golden("multilateral", (label, "", ""))))
        rows.append(Row((Cell(),)))
    return Table("3. Multilaterale plaatsingen", tuple(rows[:-1]))


def _mission_table(plan: _Plan, missions: list[Mission]) -> Table:
    columns = ["mission", *(["duty"] if "duty" in plan.look else []), "personnel"]
    rows = _header(plan, columns)
    for mission in missions:
        texts = {
            "mission": mission.name,
            "duty": mission.duty,
            "personnel": mission.printed_officers or str(mission.officers),
        }
        raised, struck = dict(mission.look.raised), dict(mission.look.struck)
        cells = tuple(
            Cell(texts[column], raised.get(column, ""), struck=struck.get(column, ""))
            for column in columns
        )
        rows.append(Row(cells, golden=mission.golden()))
    title = "4. Overzicht uitgezonden politiefunctionarissen (peildatum 12 mei 2026)"
    return Table(title, tuple(rows), beside=plan.look["sheets"] == "beside")


def _counted(plan: _Plan, drawn: Annex, missions: list[Mission]) -> Annex:
    """Print a total below the missions: right, wrong, or as a formula."""
    total = sum(mission.officers for mission in missions if mission.officers > 0)
    wrong = plan.whole == "wrong_total"
    if wrong:
        total += plan.draw.choice((-1, 1, 2))
    table = drawn.tables[-1]
    empty = [Cell() for _ in range(table.width - 2)]
    letter, last = "ABC"[table.width - 1], len(table.rows) + 1  # the title stands in row 1
    summed = f"{letter}3:{letter}{last}" if plan.whole == "sum_below" else ""
    row = Row((Cell("Totaal"), *empty, Cell(str(total), summed=summed)))
    table = replace(table, rows=(*table.rows, row))
    unsure = any("personnel" in mission.asks for mission in missions)
    return replace(
        drawn,
        tables=(*drawn.tables[:-1], table),
        total=None if unsure else total,
        total_is_right=not wrong,
    )


# --- dates ----------------------------------------------------------------------------------------


def _date(draw: random.Random) -> tuple[str, frozenset[str]]:
    """Draw a reference date as printed, and the ISO dates that it may be read as."""
    day, month = draw.randint(13, 28), draw.randint(1, 6)
    word, iso = MONTHS[month - 1], f"2026-{month:02d}-{day:02d}"
    month_only = f"2026-{month:02d}"
    last = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30}[month]
    return draw.choice(
        (
            (f"peildatum {day} {word} 2026", frozenset({iso})),
            (f"peildatum: {day}-{month}-2026", frozenset({iso})),
            (f"peildatum {day:02d}-{month:02d}-2026", frozenset({iso})),
            (f"peildatum 1-{month}-2026", frozenset({f"{month_only}-01"})),
            (f"stand per {day} {word} 2026", frozenset({iso})),
            (f"peildatum {day}-{word}-2026", frozenset({iso})),
            (f"peildatum 2026/{month:02d}/{day:02d}", frozenset({iso})),
            (f"peildatum 2026-{month:02d}-{day:02d}", frozenset({iso})),
            (f"ultimo {word} 2026", frozenset({f"{month_only}-{last}", month_only})),
            (f"medio {word} 2026", frozenset({month_only, f"{month_only}-15"})),
            (f"peildatum {word} 2026", frozenset({month_only})),
            (f"stand per {day}-{month}-2026", frozenset({iso})),
        )
    )


def _dated(plan: _Plan, drawn: Annex) -> Annex:
    """Print the reference dates, above the tables or in running text."""
    may = frozenset({"2026-05-12"})
    network, missions = drawn.tables[0], drawn.tables[-1]
    network_as_of = missions_as_of = may
    opening = drawn.opening
    if plan.whole in ("network_date", "two_dates"):
        printed, network_as_of = _date(plan.draw)
        network = replace(network, title=f"{network.title} ({printed})")
    if plan.whole in ("missions_date", "two_dates"):
        printed, missions_as_of = _date(plan.draw)
        title = missions.title.replace("peildatum 12 mei 2026", printed)
        missions = replace(missions, title=title)
        if plan.whole == "missions_date":
            network_as_of = missions_as_of
    if plan.whole == "earlier_date":
        opening = (*opening, "De vorige bijlage had als peildatum 24 november 2023.")
        if plan.draw.random() < 0.5:
            missions = replace(missions, title=missions.title.partition(" (")[0])
            network_as_of = missions_as_of = frozenset()
    tables = (network, *drawn.tables[1:-1], missions)
    return replace(
        drawn,
        opening=opening,
        tables=tables,
        network_as_of=network_as_of,
        missions_as_of=missions_as_of,
    )
