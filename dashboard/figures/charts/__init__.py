"""Charts on the screen: a specification as what plotly draws, a plain dict.

Direct labels, one meaning per colour, readable on a projector. `layout` makes a scene of a
specification; files draw the same scene as SVG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from dashboard import theme
from dashboard.figures.charts.layout import scene
from dashboard.figures.charts.scene import (
    LABEL,
    NOTHING,
    Axis,
    Bar,
    Box,
    Dot,
    Field,
    Line,
    Note,
    Scene,
    Stroke,
    Text,
)
from dashboard.i18n import texts_of
from dashboard.report import Spec

# No logo, no buttons: nothing here needs zooming, and a button is a tab stop. A chart answers a
# pointer or a finger, and the keyboard (static/charts.js).
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}

Part = dict[str, Any]


def figure(spec: Spec, language: str, source: str = "", narrow: bool = False) -> Part:
    """The figure of a chart; the width is that of its page, `narrow` where that is a telephone's.

    A pointer or a key hears of each piece what it stands for, and the `source`.
    """
    t = texts_of(language)
    return _Painter(scene(spec, t, narrow), f"{t('source')}: {source}" if source else "").figure()


class _Painter:
    """One scene as a plotly figure."""

    def __init__(self, drawn: Scene, source: str = "") -> None:
        self.scene = drawn
        self.source = source

    def figure(self) -> Part:
        """Traces and layout."""
        drawn = self.scene
        data = [self._bars(pieces) for pieces in _layers(drawn.bars)]
        data += [self._fields(group) for group in _alike(drawn.fields)]
        data += [self._dots(name, group) for name, group in drawn.dots if group]
        data += [self._of_boxes()] if any(box.says for box in drawn.boxes) else []
        data += [self._readings()] if drawn.readings else []
        margin = dict(zip("lrtb", drawn.margin, strict=True))
        colour = {"color": theme.INK} if drawn.ink else {}
        layout: Part = {
            "height": drawn.height,
            "margin": margin,
            "font": {"family": "FiraSans, sans-serif", "size": LABEL} | colour,
            "plot_bgcolor": NOTHING,
            "paper_bgcolor": NOTHING,
            "barmode": "stack",
            "xaxis": self._axis(drawn.x, "top"),
            "yaxis": self._axis(drawn.y, "left") | {"ticklabelstandoff": 8},
            "shapes": [*map(self._line, drawn.lines), *map(self._box, drawn.boxes)],
            "annotations": [self._note(note) for note in drawn.notes],
            "showlegend": drawn.legend,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {"align": "left", "namelength": -1, "font": {"size": LABEL - 1}},
        }
        for axis in ("xaxis", "yaxis"):
            layout[axis] |= {"fixedrange": True}
        if drawn.legend:
            corner = {"x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top"}
            font = {"size": LABEL - 1}
            layout["legend"] = corner | {"orientation": "h", "itemsizing": "constant", "font": font}
        if drawn.readings:
            layout |= {"hovermode": "x", "hoverdistance": -1}
            spike = {"spikemode": "across", "spikedash": "solid", "spikethickness": 1}
            layout["xaxis"] |= spike | {"showspikes": True, "spikesnap": "data"}
        if drawn.least:
            layout["uniformtext"] = {"mode": "hide", "minsize": drawn.least}
        # Without a trace there is no plane to write on.
        return {"data": data or [{"type": "scatter", "x": [], "y": []}], "layout": layout}

    def _font(self, text: Text) -> Part:
        return {"size": text.size} | ({"color": text.colour} if text.colour else {})

    def _stroke(self, stroke: Stroke) -> Part:
        return {"color": stroke.colour, "width": stroke.width, "dash": stroke.dash}

    def _edges(self, edges: Sequence[Stroke]) -> Part:
        return {
            "color": [edge.colour for edge in edges],
            "width": [edge.width for edge in edges],
        }

    def _axis(self, axis: Axis, side: str) -> Part:
        if not axis.ticks:
            return {"visible": False, "range": [axis.low, axis.high]}
        return {
            "range": [axis.low, axis.high],
            "tickvals": [value for value, _ in axis.ticks],
            "ticktext": [markup(text) for _, text in axis.ticks],
            "tickangle": 0,
            # Ink turns light where the page is dark, see page.css.
            "tickfont": {"size": LABEL - 1, "color": theme.INK},
            "showgrid": bool(axis.grid),
            "zeroline": False,
            **({"gridcolor": axis.grid} if axis.grid else {}),
            **({"side": side} if axis.top else {}),
        }

    def _bars(self, bars: Sequence[Bar]) -> Part:
        marker: Part = {"color": [bar.colour for bar in bars]}
        if edges := [bar.edge for bar in bars if bar.edge]:
            marker["line"] = self._edges(edges)
        if bars[0].hatched:
            # A list of colours would fill the ground of the hatch.
            colour = marker["color"] = bars[0].colour
            marker["pattern"] = self._hatch(colour)
        texts = [bar.text or Text(()) for bar in bars]
        return {
            "type": "bar",
            "orientation": "h",
            "y": [bar.y for bar in bars],
            "base": [bar.start for bar in bars],
            "x": [bar.end - bar.start for bar in bars],
            "width": [bar.thick for bar in bars],
            "marker": marker,
            "text": [markup(text) for text in texts],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "both" if self.scene.least else "none",
            "textfont": self._fonts(texts),
            **self._answers([bar.says for bar in bars]),
        }

    def _answers(self, says: Sequence[str]) -> Part:
        """What a pointer hears at each piece that says something, with the source."""
        if self.scene.readings or not any(says):
            return {"hoverinfo": "skip"}
        return {"customdata": [_broken(text) for text in says], **self._hover()}

    def _hover(self) -> Part:
        """How what a piece says is shown; the source once for all of them."""
        if not self.source:
            return {"hovertemplate": "%{customdata}<extra></extra>"}
        source = _broken(self.source)
        return {"hovertemplate": "%{customdata}<br>%{meta}<extra></extra>", "meta": source}

    def _of_boxes(self) -> Part:
        """A point in the middle of each box, unseen, that answers for it."""
        boxes = [box for box in self.scene.boxes if box.says]
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [(box.x0 + box.x1) / 2 for box in boxes],
            "y": [box.y for box in boxes],
            "marker": {"opacity": 0, "size": 24},
            **self._answers([box.says for box in boxes]),
        }

    def _dots(self, name: str, dots: Sequence[Dot]) -> Part:
        texts = [dot.text or Text(()) for dot in dots]
        return {
            "type": "scatter",
            "mode": "markers+text",
            "name": name,
            "x": [dot.x for dot in dots],
            "y": [dot.y for dot in dots],
            "text": [markup(text) for text in texts],
            "textposition": [dot.side for dot in dots],
            "textfont": self._fonts(texts),
            "marker": {
                "symbol": [dot.symbol for dot in dots],
                "size": [dot.size for dot in dots],
                "color": [dot.colour for dot in dots],
                "opacity": 1,  # plotly makes markers of several sizes see-through
                "line": self._edges([dot.edge for dot in dots]),
            },
            "cliponaxis": False,
            **self._answers([dot.says for dot in dots]),
        }

    def _fields(self, fields: Sequence[Field]) -> Part:
        """Planes of one look as one trace; a gap stands between two of them."""
        first = fields[0]
        x: list[float | None] = []
        y: list[float | None] = []
        for field in fields:
            corners = (*field.corners, field.corners[0])
            x += [*(corner[0] for corner in corners), None]
            y += [*(corner[1] for corner in corners), None]
        look: Part = {"fillcolor": first.colour}
        if first.hatched:
            look = {"fillcolor": NOTHING, "fillpattern": self._hatch(first.colour)}
        edge = self._stroke(first.edge) if first.edge else {"width": 0}
        return {
            "type": "scatter",
            "mode": "lines",
            "x": x[:-1],
            "y": y[:-1],
            "fill": "toself",
            "line": edge,
            "hoverinfo": "skip",
            **look,
        }

    def _hatch(self, colour: str) -> Part:
        look = {"shape": "/", "fillmode": "overlay", "size": 6, "solidity": 0.25}
        return look | {"fgcolor": colour, "bgcolor": NOTHING}

    def _readings(self) -> Part:
        """What is unseen until a pointer is there."""
        readings = self.scene.readings
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [x for x, _ in readings],
            "y": [self.scene.y.high] * len(readings),
            "customdata": [escape(text, quote=False).replace("\n", "<br>") for _, text in readings],
            **self._hover(),
            "marker": {"opacity": 0, "size": 1},
            "cliponaxis": False,
        }

    def _fonts(self, texts: Sequence[Text]) -> Part:
        """The looks of words at marks; where none has a colour, they have that of the chart."""
        colours = {text.colour for text in texts} - {""}
        ink = {"color": [text.colour or theme.INK for text in texts]} if colours else {}
        return {"size": [text.size for text in texts]} | ink

    def _line(self, line: Line) -> Part:
        ends: Part = {"y0": line.y, "y1": line.y, "layer": "below"}
        if line.whole:
            ends = {"y0": 0, "y1": 1, "yref": "y domain"}
        stroke = self._stroke(line.stroke)
        return {"type": "line", "x0": line.x0, "x1": line.x1, "line": stroke} | ends

    def _box(self, box: Box) -> Part:
        place = {"y0": box.y - box.half, "y1": box.y + box.half, "fillcolor": box.colour}
        around = {"x0": box.x0, "x1": box.x1, "line": self._stroke(box.edge)}
        return {"type": "rect"} | place | around

    def _note(self, note: Note) -> Part:
        return {
            "text": markup(note.text),
            "font": self._font(note.text),
            "x": note.x,
            "xref": "paper" if "x" in note.paper else "x",
            "xanchor": note.anchor,
            "xshift": note.shift[0],
            "y": note.y,
            "yref": "paper" if "y" in note.paper else "y",
            "yanchor": note.level,
            "yshift": note.shift[1],
            "borderpad": note.pad,
            "align": "left",
            "showarrow": False,
        }


def _layers(bars: Sequence[Bar]) -> list[list[Bar]]:
    """The first pieces of all bars, the second ones, and so on; what is hatched apart.

    plotly draws sharp edges only where it stacks several traces.
    """
    layers: dict[tuple[int, bool], list[Bar]] = {}
    pieces: Counter[float] = Counter()
    for bar in bars:
        layers.setdefault((pieces[bar.y], bar.hatched), []).append(bar)
        pieces[bar.y] += 1
    return list(layers.values())


def _alike(fields: Sequence[Field]) -> list[list[Field]]:
    """Planes by their look, in the order in which each look comes first."""
    looks: dict[tuple[str, Stroke | None, bool], list[Field]] = {}
    for field in fields:
        looks.setdefault((field.colour, field.edge, field.hatched), []).append(field)
    return list(looks.values())


WIDE = 60  # letters of a line that a pointer hears; a longer one would leave the chart


def _broken(text: str) -> str:
    """A text in lines, as plotly reads it; what a document prints is no markup."""
    return "<br>".join(
        escape(line, quote=False) for line in wrap(text, WIDE, break_on_hyphens=False)
    )


def markup(text: Text) -> str:
    """Words as plotly reads them; what a document prints is no markup."""
    parts = []
    for run in text.runs:
        words_ = escape(run.text, quote=False).replace("\n", "<br>")
        bold = f"<b>{words_}</b>" if run.bold else words_
        parts.append(f"<span style='color:{run.colour}'>{bold}</span>" if run.colour else bold)
    return "".join(parts)
