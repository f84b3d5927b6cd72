"""A report as a Word file (OOXML): an annex to a letter, to read, print, quote and edit."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml import parse_xml

from dashboard.exports.footnotes import NAMESPACES
from dashboard.exports.office import LANGUAGES, describe, stamped
from dashboard.exports.word_body import Body
from dashboard.exports.word_parts import bold, facts_xml, run
from dashboard.exports.word_styles import (
    PORTRAIT,
    numbering_xml,
    room,
    settings_xml,
    styles_xml,
)
from dashboard.i18n import words
from dashboard.report import Imprint, Report, Source


def word(report: Report) -> bytes:
    """The report as a .docx; the same report gives the same bytes.

    Raises what `picture.drawing` raises for a picture that cannot be drawn.
    """
    document = docx.Document()
    body = Body(report, document)
    _opening(report, body)
    for section in report.sections:
        body.section(section)
    body.upright()
    _closing(report, body)
    _dress(report, document, body)
    describe(document.core_properties, report)
    made = io.BytesIO()
    document.save(made)
    return stamped(made.getvalue(), report.imprint.made)


def _dress(report: Report, document: Any, body: Body) -> None:
    """Our body, styles, list and settings in the place of those of the empty template."""
    language = LANGUAGES[words(report.language).language]
    whole = f"<w:body {NAMESPACES}>{''.join(body.xml)}{body.page()}</w:body>"
    for old, new in (
        (document.element.body, whole),
        (document.styles.element, styles_xml(language)),
        (document.settings.element, settings_xml(language)),
        (document.part.numbering_part.element, numbering_xml()),
    ):
        old[:] = list(parse_xml(new))
    body.notes.attach(document)
    for rels in (document.part.rels, document.part.package.rels):
        for key, relation in list(rels.items()):  # what only the empty template needs
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del rels[key]


def _opening(report: Report, body: Body) -> None:
    """Title, what the annex is about and for which choices, and the findings in brief."""
    t, imprint = words(report.language), report.imprint
    facts = [
        (t("document.subject"), report.subject),
        (t("document.as_of"), imprint.as_of),
        (t("document.release"), imprint.release),
        (t("document.filters"), "\n".join(f"{name}: {chosen}" for name, chosen in imprint.filters)),
        (t("document.made"), t.date(imprint.made)),
    ]
    body.add("Subtitle", run(t("document.annex")))
    body.add("Title", run(report.title))
    said = [fact for fact in facts if fact[1]]
    body.xml.append(facts_xml(report.subject, said, room(PORTRAIT)))
    if report.summary:
        body.add("Heading1", run(t("document.summary")))
    for sentence in report.summary:
        body.add("ListBullet", run(sentence))


def _closing(report: Report, body: Body) -> None:
    """Sources, borders, and where the file comes from."""
    t, imprint = words(report.language), report.imprint
    body.add("Heading1", run(t("document.about")))
    if imprint.sources:
        body.add("Heading2", run(t("document.sources")))
    for number, source in enumerate(imprint.sources, 1):
        body.add("Source", _source(report, body, source, number))
    if imprint.borders:
        body.add("Heading2", run(t("document.borders")))
        body.add("Normal", run(imprint.borders))
    body.add("Heading2", run(t("document.origin")))
    body.add("Normal", run(imprint.identity))
    if imprint.permalink:
        body.add("Normal", run(f"{t('document.permalink')}: ") + _way(body, imprint))


def _way(body: Body, imprint: Imprint) -> str:
    return run(imprint.way) if imprint.path_note else body.web(imprint.permalink)


def _source(report: Report, body: Body, source: Source, number: int) -> str:
    """A document in the list, with the bookmark that footnotes lead to."""
    t = words(report.language)
    named = [source.document, t.date(source.date) if source.date else ""]
    runs = body.mark(f"source_{number}", bold(source.title or source.document))
    runs += run("\n" + ", ".join(each for each in named if each))
    if source.url:
        runs += run("\n") + body.web(source.url)
    if source.note:
        runs += run(f"\n{source.note}")
    return runs
