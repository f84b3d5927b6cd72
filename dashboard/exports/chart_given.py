"""What a plotly figure says, read so that nothing is passed over: what nobody takes raises."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import numpy as np

_RGBA = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)")


class Given:
    """A part of a figure, in a `with`: at its end NotImplementedError names what was not taken."""

    def __init__(self, values: Mapping[str, Any] | None, where: str) -> None:
        self.values = {key: value for key, value in (values or {}).items() if value is not None}
        self.where = where

    def __enter__(self) -> Given:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self.values and error is None:
            raise NotImplementedError(f"{self.where}.{min(self.values)} cannot be drawn here")

    def take(self, key: str, default: Any = None) -> Any:
        """The value of a key, `default` where it is not said."""
        return self.values.pop(key, default)

    def only(self, key: str, *known: Any) -> Any:
        """The value of a key that can be one of these, the first where it is not said."""
        value = self.values.pop(key, known[0])
        if value not in known:
            raise NotImplementedError(f"{self.where}.{key} = {value!r} cannot be drawn here")
        return value

    def part(self, key: str) -> Given:
        """A part of this part."""
        return Given(self.values.pop(key, None), f"{self.where}.{key}")

    def listed(self, key: str) -> list[Any]:
        """An array, however plotly wrote it down."""
        value = self.values.pop(key, None)
        if isinstance(value, Mapping):
            data = np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"]))
            return list(data.tolist())
        return [] if value is None else list(value)

    def each(self, key: str, n: int, default: Any) -> list[Any]:
        """A value for each of `n` marks: one for all, or an array of them."""
        if not isinstance(self.values.get(key), list | tuple | np.ndarray | Mapping):
            return [self.take(key, default)] * n
        found = self.listed(key)
        if len(found) != n:
            raise NotImplementedError(f"{self.where}.{key} has {len(found)} values for {n} marks")
        return found


def paint(attribute: str, colour: str) -> str:
    """An SVG attribute of a colour of plotly's; see-through ones have their opacity apart.

    >>> paint("fill", "rgba(0,0,0,0)"), paint("stroke", "rgba(128,128,128,.18)")
    ('fill="none"', 'stroke="#808080" stroke-opacity=".18"')
    """
    found = _RGBA.fullmatch(colour)
    if not found:
        return f'{attribute}="{colour}"'
    red, green, blue, opacity = found.groups()
    if float(opacity) == 0:
        return f'{attribute}="none"'
    hexed = f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
    return f'{attribute}="{hexed}" {attribute}-opacity="{opacity}"'


def dashed(dash: str, width: float) -> str:
    """The attribute for a dash as plotly names it: "solid", "dot" or lengths in px."""
    if dash == "solid":
        return ""
    if dash == "dot":
        return f' stroke-dasharray="{max(width, 3):g}"'
    if re.fullmatch(r"\d+px(,\d+px)*", dash):
        return f' stroke-dasharray="{dash.replace("px", "")}"'
    raise NotImplementedError(f"a line with dash {dash!r} cannot be drawn here")
