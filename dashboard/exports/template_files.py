"""Pack the templates of office files: `python -m dashboard.exports.template_files`.

The parts are XML that a review can read, one file each; the packages beside them are what a
designer opens. Nothing of another template is in them, and the same parts give the same bytes.
"""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

TEMPLATES = Path(__file__).parent / "templates"
# File -> the part that programs want first: it says what the package is.
PACKAGES = {
    "word.docx": "[Content_Types].xml",
    "slides.pptx": "[Content_Types].xml",
    "sheets.ods": "mimetype",
}


def packed(name: str) -> bytes:
    """The template of this file name, made of its parts."""
    folder = TEMPLATES / "parts" / Path(name).stem
    parts = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    package = io.BytesIO()
    with ZipFile(package, "w") as archive:
        for part in sorted(parts, key=lambda part: (part != PACKAGES[name], part)):
            info = ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same on every system
            kind = ZIP_STORED if part == "mimetype" else ZIP_DEFLATED
            archive.writestr(info, parts[part].read_bytes(), kind)
    return package.getvalue()


if __name__ == "__main__":
    for name in PACKAGES:
        (TEMPLATES / name).write_bytes(packed(name))
