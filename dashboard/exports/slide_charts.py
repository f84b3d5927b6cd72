"""Charts as PowerPoint draws them: editable, labelled at the mark, flat and without a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from dashboard.exports.house_style import Style
from dashboard.exports.office import clean
from dashboard.figures.charts.scene import COLOURS
from dashboard.report import Spec
from dashboard.theme import INK

_ACTIVE = re.compile(r"\{?=|(https?|ftp|mailto|internal|external):", re.IGNORECASE)
MOST = 15  # categories on a slide
MOST_ROWS, ROOMY_ROWS = 18, 8  # rows of a panel on a slide
SHORT = 5  # letters: categories of no more stand in a row below columns, as years do
# Their library does not say of what type these are.
_colour: Any = RGBColor.from_string
_data: Any = CategoryChartData


Bars = tuple[str, Sequence[float | None], str]


def drawable(spec: Spec) -> bool:
    """Whether an office program has such a chart; for unknown years and arrows it has none."""
    return bool(spec.categories) and spec.kind in ("ranking", "bars", "dots", "change")


def pages(spec: Spec) -> list[Spec]:
    """The chart in parts of as many categories as a slide can show, about equally many."""
    total = len(spec.categories)
    if total <= MOST or _stands(spec):
        return [spec]
    parts = -(-total // MOST)
    edges = [round(total * n / parts) for n in range(parts + 1)]
    return [
        replace(
            spec,
            categories=spec.categories[start:end],
            series=tuple(replace(one, values=one.values[start:end]) for one in spec.series),
        )
        for start, end in pairwise(edges)
    ]


def sheets(spec: Spec) -> list[Spec]:
    """A chart of panels in parts that keep its axis: what is counted by time, then the rows.

    Any other chart is one part.
    """
    timed = tuple(panel for panel in spec.panels if not panel.rows)
    parts = [replace(spec, panels=timed)] if timed else []
    for panel in spec.panels:
        most = ROOMY_ROWS if panel.roomy else MOST_ROWS
        count = -(-len(panel.rows) // most)
        edges = [round(len(panel.rows) * n / (count or 1)) for n in range(count + 1)]
        parts += [
            replace(spec, panels=(replace(panel, rows=panel.rows[start:end]),))
            for start, end in pairwise(edges)
        ]
    return parts or [spec]


def bars(spec: Spec) -> list[Bars]:
    """(name, values, colour) of each series; what is planned is one series, in grey."""
    firm = [one for one in spec.series if not one.planned]
    drawn: list[Bars] = [(one.name, one.values, COLOURS[one.role]) for one in firm]
    if planned := [one for one in spec.series if one.planned]:
        columns = list(zip(*(one.values for one in planned), strict=True))
        sums = [sum(filter(None, each)) or None for each in columns]
        drawn.append((planned[0].name, sums, COLOURS["planned"]))
    return drawn


def categories(spec: Spec) -> list[str]:
    """The names of the categories; a star says that one is explained below the chart."""
    return [f"{one.name} *" if one.starred else one.name for one in spec.categories]


def _stacked(spec: Spec) -> bool:
    """Whether bars lie in one line; those of two dates, and a single series, do not."""
    return spec.kind != "change" and not (spec.kind == "bars" and len(spec.series) == 1)


def most(spec: Spec) -> float:
    """The end of the axis: the longest bar of all parts, with room for its label."""
    lists = [[value or 0 for value in values] for _, values, _ in bars(spec)]
    if _stacked(spec):
        lists = [[sum(each) for each in zip(*lists, strict=True)]]
    return max((value for values in lists for value in values), default=0) * 1.08 or 1


def kind_of(spec: Spec) -> Any:
    """The kind of chart that PowerPoint has for it."""
    if _stands(spec):
        return XL_CHART_TYPE.COLUMN_STACKED if _stacked(spec) else XL_CHART_TYPE.COLUMN_CLUSTERED
    return XL_CHART_TYPE.BAR_STACKED if _stacked(spec) else XL_CHART_TYPE.BAR_CLUSTERED


def data_of(spec: Spec) -> Any:
    """The data as PowerPoint keeps them; nothing of a text becomes a formula of its workbook."""
    data: Any = _data(number_format=_format(spec))
    data.categories = [_plain(name) for name in categories(spec)]
    for name, values, _ in bars(spec):
        data.add_series(_plain(name), list(values))
    return data


def dress(chart: Any, spec: Spec, end: float, language: str, style: Style) -> None:
    """The colours and the type of the template; `end` is where the axis of values ends."""
    chart.has_title = False
    chart.font.name, chart.font.size = "+mn-lt", Pt(12)  # of the theme, as is the colour
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_legend = bool(spec.series[0].name)  # it also names the unit
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(13)
    _axes(chart, spec, end, style.colours["line"])
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (45, 100) if _stacked(spec) else (55, -5)
    for series, (_, _, colour) in zip(plot.series, bars(spec), strict=True):
        _series(series, spec, colour.removeprefix("#").upper())
    for looks in chart._chartSpace.iter("{*}defRPr"):
        looks.set("lang", language)


def _axes(chart: Any, spec: Spec, end: float, line: str) -> None:
    """Names beside quiet marks; the numbers stand at the bars, so the axis of values is away."""
    values, names = chart.value_axis, chart.category_axis
    lowest = min((v for _, each, _ in bars(spec) for v in each if v is not None), default=0)
    values.minimum_scale, values.maximum_scale = min(0, lowest * 1.08), end
    values.has_major_gridlines, values.visible = False, False
    names.has_major_gridlines = False
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = _rgb(line)
    names.reverse_order = not _stands(spec)  # the first on top
    skip: Any = OxmlElement("c:tickLblSkip")  # every bar has its name, however many there are
    skip.set("val", "1")
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _series(series: Any, spec: Spec, colour: str) -> None:
    """One series in its colour, each bar with its number."""
    stacked = _stacked(spec)
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(colour)
    labels = series.data_labels
    labels.show_value = True
    labels.number_format_is_linked = False
    labels.number_format = _format(spec) + (";;" if stacked else "")  # no 0 between two parts
    labels.font.size = Pt(12)
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    if stacked:
        labels.font.color.rgb = _rgb(_on(colour))


def _on(colour: str) -> str:
    """White or ink, whichever reads better on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "FFFFFF" if light < 0.2 else INK.removeprefix("#").upper()


def _rgb(colour: str) -> Any:
    """A colour such as "#154273" as python-pptx has it."""
    return _colour(colour.removeprefix("#").upper())


def _stands(spec: Spec) -> bool:
    """Whether columns fit: many short names such as years."""
    return all(len(name) <= SHORT for name in categories(spec))


def _format(spec: Spec) -> str:
    values = [v for _, each, _ in bars(spec) for v in each if v is not None]
    return "#,##0" if all(float(value).is_integer() for value in values) else "#,##0.0"


def _plain(text: str) -> str:
    """A name that the workbook behind a chart takes as text, not as a formula or a link."""
    text = clean(text)
    return f" {text}" if _ACTIVE.match(text) else text
