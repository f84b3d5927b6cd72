"""How files look: colours, typefaces and templates, an organisation's own in front of ours.

`templates/` holds ours. The folder that `LIAISONATLAS_HOUSE_STYLE` names may hold files of the same
names; `dashboard.exports.house_check` looks at these when the product starts.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from dashboard.exports import typesetting
from dashboard.settings import Settings
from geo.errors import DataError

OURS = Path(__file__).parent / "templates"
STYLE = "style.toml"
# What a file of a typeface calls its letters -> their weight.
WEIGHTS = dict.fromkeys(("Regular", "Roman", "Book", "Normal"), 400)
WEIGHTS |= {"Medium": 500, "SemiBold": 600, "Semi Bold": 600, "Demi": 600, "Bold": 700}
_WHITE, _BLACK = "#ffffff", "#10181f"  # the grounds on which colours are read
_TEXTS = ("accent", "text", "quiet", "link")
_LEAST = 4.5  # to 1, the contrast of text that WCAG asks for


@dataclass(frozen=True)
class Style:
    """Colours as "#rrggbb" by name, typefaces, and the folder of an organisation's templates.

    `fonts` are the files of the typeface of pages by weight, such as 400; empty for Fira Sans,
    which the product brings.
    """

    colours: Mapping[str, str]
    dark: Mapping[str, str]
    office: str
    page: str
    fonts: Mapping[int, Path]
    folder: Path | None = None

    def hex(self, name: str) -> str:
        """A colour as office files write it: "154273"."""
        return self.colours[name].removeprefix("#").upper()

    def file(self, name: str) -> Path:
        """Where the template of this name stands: in the organisation's folder, or in ours."""
        own = self.folder and self.folder / name
        return own if own and own.is_file() else OURS / name

    def template(self, name: str) -> bytes:
        """The template of this name; ours in the colours and the typeface of this style."""
        path = self.file(name)
        content = path.read_bytes()
        ours = default()
        if path.parent != OURS or (self.colours, self.office) == (ours.colours, ours.office):
            return content
        new = {ours.hex(key).encode(): self.hex(key).encode() for key in ours.colours}
        new[ours.office.encode()] = self.office.replace("&", "&amp;").encode()
        old = re.compile(b"|".join(new))
        package = io.BytesIO()
        with ZipFile(io.BytesIO(content)) as source, ZipFile(package, "w") as target:
            for part in source.infolist():
                text = old.sub(lambda match: new[match[0]], source.read(part))
                target.writestr(part, text)
        return package.getvalue()


def current() -> Style:
    """The style of this process; raises DataError for a folder that has a wrong one."""
    return style(Settings.from_environment().house_style)


def default() -> Style:
    """Our own style."""
    return style(None)


@lru_cache(maxsize=4)
def style(folder: Path | None) -> Style:
    """The style of a folder over ours, read once; raises DataError for what is wrong in it."""
    entries = tomllib.loads((OURS / STYLE).read_text(encoding="utf-8"))
    if folder and (path := folder / STYLE).is_file():
        entries = _merged(entries, _read(path), str(path))
        _check_colours(entries, str(path))
    face = entries["typeface"]
    for name in face.values():
        if not re.fullmatch(r"[\w .-]+", name):
            where = str((folder or OURS) / STYLE)
            raise DataError("no_typeface_name", where, value=name)
    ours = face["page"] == typesetting.FONT
    fonts = {} if ours or not folder else _fonts(folder / "fonts", face["page"])
    return Style(entries["colours"], entries["dark"], face["office"], face["page"], fonts, folder)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise DataError("style_no_toml", str(path), why=str(error)) from error


def _merged(ours: Mapping[str, Any], theirs: Any, where: str) -> dict[str, Any]:
    """Ours with theirs in place; raises DataError for a name that we do not have."""
    for key, value in theirs.items():
        if key not in ours or isinstance(value, dict) != isinstance(ours[key], dict):
            raise DataError("no_such_style_entry", where, value=key, entries=tuple(ours))
        if not isinstance(value, dict | str) or not value:
            raise DataError("style_entry_no_text", where, value=str(value), entry=key)
    return {
        key: _merged(value, theirs.get(key, {}), where)
        if isinstance(value, dict)
        else theirs.get(key, value)
        for key, value in ours.items()
    }


def _check_colours(entries: Mapping[str, Mapping[str, str]], where: str) -> None:
    """Raise DataError for what is no colour, and for text that is hard to read."""
    for table, ground in (("colours", _WHITE), ("dark", _BLACK)):
        for name, colour in entries[table].items():
            entry = f"{table}.{name}"
            if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
                raise DataError("no_colour", where, value=colour, entry=entry)
            if name in _TEXTS and (ratio := contrast(colour, ground)) < _LEAST:
                raise DataError(
                    "contrast_too_low",
                    where,
                    value=colour,
                    entry=entry,
                    background=ground,
                    ratio=round(ratio, 1),
                    least=_LEAST,
                )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _fonts(folder: Path, name: str) -> dict[int, Path]:
    """The files of a typeface by weight; raises DataError where there is no regular one."""
    fonts = {}
    for path in sorted(folder.glob("*")):
        if path.suffix.lower() in (".ttf", ".otf"):
            try:
                family, cut = typesetting.face_of(path)
            except OSError as error:
                raise DataError("no_typeface", str(path)) from error
            if family == name and cut in WEIGHTS:
                fonts[WEIGHTS[cut]] = path
    if 400 not in fonts:
        raise DataError("no_regular_letters", str(folder), name=name, usual=typesetting.FONT)
    return fonts
