"""What lies on the pages of a PDF and may be shown or not: annotations, form fields and layers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import LIT
from pdfminer.utils import apply_matrix_rect, decode_text

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_DRAWN = {
    *("Widget", "FreeText", "Stamp", "Square", "Circle", "Polygon", "PolyLine", "Line", "Ink"),
    "Watermark",
}
_UNSEEN = 2 | 32  # flags of an annotation: hidden, or not to be viewed
_LIST, _COMBO, _PASSWORD = "Ch", 1 << 17, 1 << 13
_DEEPEST = 30  # fields within fields, conditions within conditions
_numbers = count(1 << 40)  # of streams that stand in no file; the library asks for one


class Layers:
    """Which layers (optional content) a reader sees when the document is opened."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        properties = resolve1(catalog.get("OCProperties"))
        self._off: set[int] = set()
        if not isinstance(properties, dict):
            return
        default = dict_value(properties.get("D") or {})
        every = _numbers_of(properties.get("OCGs"))
        if _name(default.get("BaseState")) == "OFF":
            self._off = every - _numbers_of(default.get("ON"))
        self._off |= _numbers_of(default.get("OFF"))
        for usage in list_value(default.get("AS") or []):
            usage = resolve1(usage)
            if isinstance(usage, dict) and _name(usage.get("Event")) == "View":
                self._used(usage)

    def __bool__(self) -> bool:
        return bool(self._off)

    def off(self, content: Any, depth: int = 0) -> bool:
        """Whether a layer, or a group of layers with a condition, is not shown."""
        if isinstance(content, PDFObjRef) and content.objid in self._off:
            return True
        group = resolve1(content)
        if not isinstance(group, dict) or _name(group.get("Type")) != "OCMD":
            return False
        condition = resolve1(group.get("VE"))
        if isinstance(condition, list) and condition:
            return not self._holds(condition, depth)
        members = group.get("OCGs")
        several = resolve1(members)
        each = several if isinstance(several, list) else [members] if several else []
        shown = [not self.off(member, depth + 1) for member in each if depth < _DEEPEST]
        if not shown:
            return False
        policy = _name(group.get("P")) or "AnyOn"
        return not {
            "AllOn": all(shown),
            "AnyOff": not all(shown),
            "AllOff": not any(shown),
        }.get(policy, any(shown))

    def _holds(self, condition: list[Any], depth: int) -> bool:
        """Whether a condition over layers ("And", "Or", "Not") is met."""
        if depth > _DEEPEST:
            return True
        values = []
        for part in condition[1:]:
            inner = resolve1(part)
            if isinstance(inner, list) and inner:
                values.append(self._holds(inner, depth + 1))
            else:
                values.append(not self.off(part, depth + 1))
        how = _name(condition[0])
        if how == "Not":
            return not any(values[:1])
        return all(values) if how == "And" else any(values)

    def _used(self, usage: dict[str, Any]) -> None:
        """Layers that are on or off on a screen only."""
        for group in list_value(usage.get("OCGs") or []):
            if not isinstance(group, PDFObjRef):
                continue
            view = resolve1((resolve1(dict_value(group).get("Usage")) or {}).get("View"))
            state = _name((view or {}).get("ViewState"))
            if state == "OFF":
                self._off.add(group.objid)
            elif state == "ON":
                self._off.discard(group.objid)


def overlays(page: PDFPage, layers: Layers) -> Iterator[tuple[PDFStream, Matrix]]:
    """What is drawn over a page, as forms with their place: values of fields, notes, strokes."""
    form = resolve1((page.doc.catalog or {}).get("AcroForm"))
    anew = bool(isinstance(form, dict) and resolve1(form.get("NeedAppearances")))
    for each in list_value(page.annots or []):
        annotation = resolve1(each)
        if not isinstance(annotation, dict):
            continue
        flags = resolve1(annotation.get("F"))
        if isinstance(flags, int) and flags & _UNSEEN:
            continue
        if "OC" in annotation and layers.off(annotation["OC"]):
            continue
        kind = _name(annotation.get("Subtype"))
        rect = _box(annotation.get("Rect"))
        if kind in ("StrikeOut", "Redact"):
            yield _strokes(annotation, rect, struck=kind == "StrikeOut"), _IDENTITY
        elif kind in _DRAWN and rect:
            yield from _appearance(annotation, rect, anew)


def _appearance(
    annotation: dict[str, Any], rect: tuple[float, ...], anew: bool
) -> Iterator[tuple[PDFStream, Matrix]]:
    """The look that is kept of an annotation; where there is none, its words."""
    kind = _name(_inherited(annotation, "FT")) if "Subtype" in annotation else ""
    wide, high = rect[2] - rect[0], rect[3] - rect[1]
    if kind == "Btn":
        state = _name(annotation.get("AS")) or "Off"
        flags = resolve1(_inherited(annotation, "Ff")) or 0
        if state != "Off" and not (isinstance(flags, int) and flags & 1 << 16):
            yield _texts("X", wide, high), (1, 0, 0, 1, rect[0], rect[1])
            return
    look = resolve1(dict_value(annotation.get("AP") or {}).get("N"))
    if isinstance(look, dict):
        look = resolve1(look.get(_name(annotation.get("AS"))))
    value = _value(annotation, kind)
    flags = resolve1(_inherited(annotation, "Ff")) or 0
    listed = kind == _LIST and isinstance(flags, int) and not flags & _COMBO
    hidden = isinstance(flags, int) and kind == "Tx" and bool(flags & _PASSWORD)
    empty = not isinstance(look, PDFStream) or not _has_text(look)
    if value and not hidden and (anew or listed or empty):
        yield _texts(value, wide, high), (1, 0, 0, 1, rect[0], rect[1])
    elif isinstance(look, PDFStream) and kind != "Btn":
        box = _box(look.get("BBox"))
        if box:
            numbers = [float(resolve1(each)) for each in list_value(look.get("Matrix") or [])]
            own = tuple(numbers) if len(numbers) == 6 else _IDENTITY
            x0, y0, x1, y1 = apply_matrix_rect(own, box)  # type: ignore[arg-type]
            across = wide / (x1 - x0) if x1 > x0 else 1.0
            up = high / (y1 - y0) if y1 > y0 else 1.0
            yield look, (across, 0, 0, up, rect[0] - x0 * across, rect[1] - y0 * up)


def _has_text(look: PDFStream) -> bool:
    """Whether a look shows words, itself or in a form within."""
    data = look.get_data()
    return b"Tj" in data or b"TJ" in data or b"Do" in data or b"'" in data


def _value(annotation: dict[str, Any], kind: str) -> str:
    """What a field holds, or a note says."""
    if _name(annotation.get("Subtype")) == "FreeText":
        return _text(annotation.get("Contents"))
    if kind not in ("Tx", "Ch"):
        return ""
    held = resolve1(_inherited(annotation, "V"))
    values = [_text(each) for each in (held if isinstance(held, list) else [held])]
    shown = {}
    for option in list_value(_inherited(annotation, "Opt") or []):
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2:
            shown[_text(pair[0])] = _text(pair[1])
    return "\n".join(shown.get(value, value) for value in values if value)


def _inherited(field: dict[str, Any], key: str) -> Any:
    """A property of a field, or of the field it is a part of."""
    for _ in range(_DEEPEST):
        if key in field:
            return field[key]
        parent = resolve1(field.get("Parent"))
        if not isinstance(parent, dict):
            break
        field = parent
    return None


def _texts(text: str, wide: float, high: float) -> PDFStream:
    """A form of that size that shows `text`, a line a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    size = min(10.0, 0.75 * high / len(lines), 1.8 * wide / max(map(len, lines), default=1) + 1)
    step = min(1.2 * size, high / len(lines))
    first = high / 2 + (len(lines) / 2 - 0.5) * step - 0.3 * size
    drawn = b"BT /Words %.2f Tf %.2f TL 2 %.2f Td " % (size, step, first)
    for line in lines:
        coded = line.encode("cp1252", "replace")
        for sign in (b"\\", b"(", b")"):
            coded = coded.replace(sign, b"\\" + sign)
        drawn += b"(%s) Tj T* " % coded
    font = {"Type": LIT("Font"), "Subtype": LIT("Type1"), "BaseFont": LIT("Helvetica")}
    font["Encoding"] = LIT("WinAnsiEncoding")
    return _form(drawn + b"ET", (0, 0, wide, high), {"Font": {"Words": font}})


def _strokes(annotation: dict[str, Any], rect: Any, struck: bool) -> PDFStream:
    """A thin line through every marked passage, or a box over it."""
    numbers = [float(resolve1(each)) for each in list_value(annotation.get("QuadPoints") or [])]
    quads = [numbers[at : at + 8] for at in range(0, len(numbers) - 7, 8)]
    boxes = [(min(q[::2]), min(q[1::2]), max(q[::2]), max(q[1::2])) for q in quads]
    boxes = boxes or ([rect] if rect else [])
    drawn = b""
    for x0, y0, x1, y1 in boxes:
        low, high = (0.47 * (y1 - y0) + y0, 0.06 * (y1 - y0)) if struck else (y0, y1 - y0)
        drawn += b"%.2f %.2f %.2f %.2f re f " % (x0, low, x1 - x0, high)
    far = 1e6
    return _form(drawn, (-far, -far, far, far), {})


def _form(drawn: bytes, box: tuple[float, ...], resources: dict[str, Any]) -> PDFStream:
    attributes = {"Subtype": LIT("Form"), "BBox": list(box), "Resources": resources}
    stream = PDFStream(attributes, drawn)
    stream.objid = next(_numbers)
    return stream


def _box(value: Any) -> tuple[float, float, float, float] | None:
    """A rectangle, its corners in order."""
    numbers = [resolve1(each) for each in list_value(value)] if resolve1(value) else []
    if len(numbers) != 4 or not all(isinstance(each, int | float) for each in numbers):
        return None
    x0, y0, x1, y1 = map(float, numbers)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _text(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, bytes):
        return decode_text(value)
    return getattr(value, "name", "") if isinstance(getattr(value, "name", ""), str) else ""


def _name(value: Any) -> str:
    found = getattr(resolve1(value), "name", "")
    return found if isinstance(found, str) else ""


def _numbers_of(value: Any) -> set[int]:
    """The numbers of the objects that a list refers to."""
    found = resolve1(value)
    return (
        {each.objid for each in found if isinstance(each, PDFObjRef)}
        if isinstance(found, list)
        else set()
    )
