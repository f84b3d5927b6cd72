"""Real footnotes of a Word file: the part that holds them, and the references in the text."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What stands between the text and its footnotes, on their first page and on the next.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" '
    f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)
MARKED = '<w:rStyle w:val="FootnoteReference"/>'
_MARK = f"<w:r><w:rPr>{MARKED}</w:rPr>{{}}</w:r>"


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their references."""

    def __init__(self) -> None:
        self._notes: list[str] = []

    def reference(self, runs: str) -> str:
        """Keeps a footnote of these runs (XML) and returns the run that refers to it (XML)."""
        number = len(self._notes) + 1
        self._notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{_MARK.format('<w:footnoteRef/>')}"
            f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{runs}</w:p></w:footnote>'
        )
        return _MARK.format(f'<w:footnoteReference w:id="{number}"/>')

    def last(self) -> str:
        """The number of the last footnote, as Word shows it."""
        return str(len(self._notes))

    def attach(self, document: Any) -> None:
        """Puts the footnotes into a `docx.Document` as a part of its own."""
        body = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f"<w:footnotes {NAMESPACES}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"
        )
        part = Part(PackURI("/word/footnotes.xml"), _KIND, body.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
