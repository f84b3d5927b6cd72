"""What stands where in a chart: values on their axes, and what is unknown drawn as unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from dashboard import theme
from dashboard.figures.charts import layout
from dashboard.figures.charts.scene import (
    COLOURS,
    COMPONENTS,
    DARK,
    NOTHING,
    OTHERS,
    Text,
    component_roles,
    text_colour,
)
from dashboard.i18n import texts_of
from dashboard.report import (
    Category,
    ChartKind,
    Event,
    Panel,
    Series,
    Span,
    Spec,
    Stretch,
)
from geo.ranking import WEIGHTS
from tests.dashboard.figures.specs import SPECS

NL = texts_of("nl")
SCENES = {name: layout.scene(spec, NL) for name, spec in SPECS.items()}


def said(text: Text | None) -> str:
    return "".join(run.text for run in text.runs) if text else ""


def notes(name: str) -> list[str]:
    return [said(note.text) for note in SCENES[name].notes]


def test_every_kind_of_chart_has_its_sample():
    assert {spec.kind for spec in SPECS.values()} == set(get_args(ChartKind))


def test_every_component_has_a_colour_and_no_two_the_same():
    assert set(COMPONENTS) == set(WEIGHTS)
    roles = component_roles([*COMPONENTS, "a", "b", "c", "d", "e"])
    colours = [COLOURS[role] for role in roles.values()]
    assert len(set(colours)) == len(COMPONENTS) + len(OTHERS)
    assert COLOURS["kind"] == theme.UNCOVERED and roles["e"] == roles["a"]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*COMPONENTS.values(), *OTHERS])
def test_words_can_be_read_on_their_piece(colour: str):
    ink, ground = luminance(text_colour(colour)), luminance(colour)
    assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5


def test_the_scheme_of_the_page_does_not_change_the_words_on_a_piece():
    # page.css turns text of the colour of ink light where the page is dark.
    css = theme.css()
    ink = ", ".join(str(int(theme.INK[at : at + 2], 16)) for at in (1, 3, 5))
    assert f"rgb({ink})" in css and DARK != theme.INK
    assert ", ".join(str(int(DARK[at : at + 2], 16)) for at in (1, 3, 5)) not in css


def test_pieces_of_a_score_are_its_parts_and_what_is_supposed_is_hatched_and_last():
    scene = SCENES["ranking"]
    assert [(b.y, b.start, b.end, b.hatched, said(b.text)) for b in scene.bars] == [
        (0, 0, 20, False, "Leeg 20"),
        (1, 0, 20, False, "Ver weg 20"),
        (1, 20, 20.5, False, "Afstand 0,5"),
        (0, 20, 24.5, True, ""),
    ]
    assert notes("ranking") == ["1. Ecuador  24,5 (onbekend: afstand)", "2. Zweden  20,5"]
    assert scene.y.low > scene.y.high  # the first of the list on top
    assert scene.x.high >= 24.5


def test_short_names_stand_beside_their_bars_and_on_a_telephone_above():
    beside, above = SCENES["scores"], layout.scene(SPECS["scores"], NL, narrow=True)
    assert [said(name) for _, name in beside.y.ticks] == ["1. Lima  25", "2. Rome  8,5"]
    assert [said(note.text) for note in above.notes] == ["1. Lima  25", "2. Rome  8,5"]
    assert (beside.notes, above.y.ticks) == ((), ())
    assert above.height > 1.5 * beside.height
    # A legend names the colours; what differs from row to row is said in each.
    assert [said(bar.text) for bar in beside.bars] == ["Leeg 20", "Ver weg 8", "5", "0,5"]
    assert [said(bar.text) for bar in above.bars][2:] == ["Afstand 5", "Afstand 0,5"]
    for scene in (beside, above):  # no bar is cut off by the edge of the plane
        ends = [bar.y + side * bar.thick / 2 for bar in scene.bars for side in (-1, 1)]
        assert scene.y.high < min(ends) and max(ends) < scene.y.low


def test_a_bar_says_its_name_above_and_more_at_its_end():
    scene = SCENES["bars"]
    assert [(b.y, b.start, b.end, b.colour, said(b.text)) for b in scene.bars] == [
        (0, 0, 8, theme.SINGLE, "8"),
        (1, 0, 2, theme.SINGLE, "2"),
        (1, 2, 6, theme.KEPT, "4"),
    ]
    assert [(said(n.text), n.x, n.y) for n in scene.notes[2::2]] == [
        ("87,8 mln", 8, 0),
        ("9", 6, 1),
    ]
    assert notes("bars")[0] == "■ alleen \u00a0 ■ ook een ander"


def test_the_words_at_the_end_of_a_bar_fit_on_a_telephone():
    # A chart is 300 px wide there; 26 letters of 14 px are about 170 px of Fira Sans, not 124.
    category = Category("Beijing, NP", note="1,6 mld inwoners, 5 landen")
    spec = Spec("bars", (category,), (Series("Inwoners", (1.6e9,), "post"),))
    wide, narrow = layout.scene(spec, NL), layout.scene(spec, NL, narrow=True)
    assert (1 - 1.6e9 / narrow.x.high) * 300 >= 170
    assert wide.x.high < narrow.x.high


@pytest.mark.parametrize("name", ["bars", "people"])
def test_words_in_a_bar_keep_their_colour_where_the_page_is_dark(name: str):
    # A bar has the same colour there; ink would turn light on a pale one.
    colours = {bar.text.colour for bar in SCENES[name].bars if bar.text}
    assert colours <= {DARK, theme.PAPER}


def test_one_series_needs_no_key_and_has_the_colours_of_its_categories():
    assert [bar.colour for bar in SCENES["people"].bars] == [theme.LIGHT["?"], theme.LIGHT["GPI"]]
    assert notes("people") == ["Lima", "5", "Rome", "4"]


def test_the_parts_of_a_date_stand_side_by_side_on_one_scale():
    first, other, after, africa = sorted(SCENES["totals"].bars, key=lambda bar: (bar.y, bar.start))
    assert [(b.start, b.end) for b in (first, other, after)] == [(0, 26), (26, 27), (0, 32)]
    assert first.y == other.y < after.y < africa.y
    assert first.colour == after.colour != other.colour  # one part, one colour
    assert notes("totals") == [
        *("Wie leidt", "2023: 27", "■\u2009EU 26\u2002■\u2009OVSE 1"),
        *("2025: 32", "■\u2009EU 32", "Werelddeel", "2023: 27", "■\u2009Afrika 27"),
    ]
    assert SCENES["totals"].y.low == SCENES["totals"].height  # its rows count px


def test_a_plan_is_an_open_ring_and_two_posts_are_one_dot_with_a_number():
    scene = SCENES["dots"]
    [(_, (two, plan, unsaid))] = scene.dots
    assert (two.x, two.y, said(two.text), two.colour) == (0, 0, "2", theme.LIGHT["KMar"])
    assert (plan.x, plan.y, plan.colour, plan.edge.colour) == (0, 1, NOTHING, theme.LIGHT["KMar"])
    assert (unsaid.x, unsaid.y, unsaid.colour, unsaid.text) == (1, 2, theme.LIGHT["?"], None)
    assert [said(text) for _, text in scene.x.ticks] == ["KMar", "niet\nvermeld"]


def ticks(name: str) -> dict[float, str]:
    return {value: said(text) for value, text in SCENES[name].y.ticks}


def test_a_point_for_every_value_with_its_number_once_and_outside():
    rows = ticks("change")
    assert list(rows.values()) == [
        *("Meer", "EUMA A&B", "Minder", "EULEX", "Gelijk", "EUAM", "Nieuw", "OSC\u2009*")
    ]
    points = {
        date: [(rows[d.y], d.x, said(d.text).strip(), d.side, d.size) for d in dots]
        for date, dots in SCENES["change"].dots
    }
    assert points == {
        "2023": [
            ("EUMA A&B", 3, "3", "middle left", 13),
            ("EULEX", 5, "5", "middle right", 13),
            ("EUAM", 2, "", "middle right", 20),  # a ring around the same point
        ],
        "2025": [
            ("EUMA A&B", 9, "9", "middle right", 13),
            ("EULEX", 1, "1", "middle left", 13),
            ("EUAM", 2, "2", "middle right", 13),
            ("OSC\u2009*", 4, "4", "middle right", 13),
        ],
    }


def test_a_line_and_a_difference_only_where_both_dates_count():
    rows, scene = ticks("change"), SCENES["change"]
    lines = [(rows[line.y], line.x0, line.x1) for line in scene.lines if not line.whole]
    assert lines == [("EUMA A&B", 3, 9), ("EULEX", 1, 5)]
    ends = {rows[note.y]: said(note.text) for note in scene.notes}
    assert ends == {"EUMA A&B": "+6", "EULEX": "−4", "EUAM": "="}


def test_one_date_has_points_only():
    spec = SPECS["change"]
    scene = layout.scene(replace(spec, series=spec.series[1:]), NL)
    [(date, dots)] = scene.dots
    assert (date, len(dots), scene.notes, scene.legend) == ("2025", 4, (), False)
    assert {dot.colour for dot in dots} == {theme.MISSION}


def test_a_long_name_does_not_crowd_out_the_chart():
    spec = Spec("change", (Category("very " * 50),), (Series("2025", (3.0,), "mission"),))
    [(_, tick)] = layout.scene(spec, NL).y.ticks
    assert said(tick).endswith("…") and len(said(tick)) == layout.LONGEST


def test_only_what_is_certain_is_a_solid_line():
    lines = [(line.y, line.x0, line.x1, line.stroke.dash) for line in SCENES["chains"].lines]
    assert lines == [
        *((0, 2013.5, 2014.5, "solid"), (0, 2014.5, 2019.5, "dot"), (0, 2019.5, 2026, "dot")),
        (1, 2012.5, 2015.5, "dot"),
    ]
    assert notes("chains") == ["onbekend", "Rome", "Parijs"]
    [(_, dots)] = SCENES["chains"].dots
    marks = [(said(dot.text), dot.symbol, dot.side) for dot in dots if dot.y == 0]
    assert marks == [
        ("", "circle", "top right"),
        ("2014: termijn eindigt", "x-open", "bottom right"),
        ("2019: genoemd", "diamond", "top right"),
        ("NP", "circle", "bottom left"),  # near the end: before its mark, below the words of 2019
    ]


def test_the_words_at_the_end_do_not_meet_those_of_a_departure_before_it():
    events = (Event(2016.5, "ends", "2016: termijn eindigt"), Event(2026, "present", "NP, KMar"))
    spec = replace(SPECS["chains"], categories=(Category("Parijs", events=events),))
    [(_, (departure, end))] = layout.scene(spec, NL).dots
    assert (departure.side, end.side) == ("bottom right", "top left")


def test_the_second_of_two_near_numbers_stands_beside_its_months():
    def labels(first: float, last: float) -> list[tuple[str, str, str]]:
        parts = (
            Stretch(first, first + 0.1, 20.0, label="20"),
            Stretch(last, last + 0.1, 17.0, label="17"),
        )
        spec = replace(SPECS["years"], panels=(Panel("Maand", "VN", parts),))
        numbers = [note for note in layout.scene(spec, NL).notes if note.text.runs[0].bold][1:]
        return [(said(note.text), note.anchor, note.level) for note in numbers]

    assert labels(2013.3, 2014.2) == [("20", "center", "bottom"), ("17", "left", "middle")]
    assert labels(1997.0, 2014.2) == [("20", "center", "bottom"), ("17", "center", "bottom")]


def test_unknown_years_are_dashed_and_what_goes_on_has_an_arrow():
    scene = SCENES["spans"]
    assert [(box.y, box.x0, box.x1, box.edge.dash) for box in scene.boxes] == [
        (0, 2002, 2006, "solid"),
        *((1, 2008, 2009, "solid"), (1, 2009, 2012, "2px,3px")),
        (2, 2014, 2017, "2px,3px"),
    ]
    assert [box.colour == NOTHING for box in scene.boxes] == [False, False, True, True]
    assert [(said(note.text), note.x, note.anchor) for note in scene.notes] == [
        ("EUPM (max. 7)", 2002, "left"),
        ("OVSE (max. 1), einde onbekend", 2012, "right"),
        ("▶", 2017, "left"),
        ("EUPOL (max. 50)", 2017, "right"),
    ]


def test_panels_stand_below_one_axis_and_no_plane_reaches_into_another():
    scene = SCENES["years"]
    assert [value for value, _ in scene.x.ticks] == [1990.0, 2000.0]
    hatched = [field for field in scene.fields if field.hatched]
    # What is unknown, and the month of a doubtful number, are hatched and never a zero.
    assert [(min(x for x, _ in f.corners), max(x for x, _ in f.corners)) for f in hatched] == [
        (1990.5, 1991.0),
        (1992.5, 1993.0),
    ]
    [(_, dots)] = scene.dots
    assert [dot.x for dot in dots if dot.colour == theme.PAPER] == [1992.75]
    silence = scene.fields[0]
    assert {x for x, _ in silence.corners} == {2016.2, 2023.9}
    planes = [f for f in scene.fields if f.edge and not f.hatched and f.colour != NOTHING]
    # Numbers that follow one another are one plane; a doubt parts them.
    assert [len(plane.corners) for plane in planes[:2]] == [6, 4]


def test_a_name_is_shortened_only_where_a_telephone_has_no_room():
    text = notes("years")
    assert "ECPA  2" in text and "ISAF Afghanistan  1" in text


def test_the_words_of_a_bar_of_years_fit_on_a_telephone():
    """There 43 letters fit on a line, and a year is as wide as 2.7 of them."""
    note = " (max. 1), einde onbekend"
    spans = (Span(2008, 2009, True), Span(2009, 2012, False))
    rows = [
        Category(name, note=note, spans=spans) for name in ("OVSE Servië", "EUPM Bosnië en X-land")
    ]
    first, second = layout.scene(Spec("spans", tuple(rows), axis=(2001, 2017)), NL).notes
    # Thirty-six letters at the end of the bar begin before 2001, at its start they end after 2017.
    assert (said(first.text), first.x, first.anchor) == (f"OVSE Servië{note}", 2001, "left")
    assert said(second.text) == "EUPM Bosnië en X-land\n(max. 1), einde onbekend"
    assert (second.x, second.anchor) == (2012, "right")
