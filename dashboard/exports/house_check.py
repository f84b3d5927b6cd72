"""Look at an organisation's house style before anybody asks for a file in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from dashboard.exports import house_style, sheets_open, site_page, slide_design, word
from geo.errors import DataError

# Name of a template -> what of it is missing, in words.
TEMPLATES: dict[str, Callable[[bytes], Iterable[str]]] = {
    word.NAME: word.missing,
    slide_design.NAME: slide_design.missing,
    sheets_open.NAME: sheets_open.missing,
    site_page.NAME: lambda content: site_page.missing(content.decode("utf-8")),
}
NAMES = (*TEMPLATES, house_style.STYLE)


def check(folder: Path | None) -> None:
    """Raise DataError for the first thing that keeps files from being made in this style.

    None is our own style, which a test looks at. What the folder does not hold is ours.
    """
    if folder is None:
        return
    endings = {Path(name).suffix for name in NAMES}
    for path in sorted(folder.iterdir()):
        theirs = path.suffix.lower() in endings and path.name[0] not in "~."  # those are locks
        if theirs and path.name not in NAMES:
            raise DataError("no_file_of_style", str(path), names=tuple(NAMES))
    house_style.style(folder)
    for name, missing in TEMPLATES.items():
        if (path := folder / name).is_file():
            _check(path, missing)


def _check(path: Path, missing: Callable[[bytes], Iterable[str]]) -> None:
    try:
        lacks = list(missing(path.read_bytes()))
    except Exception as error:  # of whatever kind the library has for a file that is none
        what = str(error).splitlines()[:1]
        why = what[0] if what else type(error).__name__
        raise DataError("template_not_opened", str(path), why=why, name=path.name) from error
    if lacks:
        raise DataError("template_lacks", str(path), parts=tuple(lacks), name=path.name)
