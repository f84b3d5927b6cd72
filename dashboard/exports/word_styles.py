"""How a Word file looks: its styles, its list, its settings and its pages, as WordprocessingML."""

from __future__ import annotations

from dashboard.exports.footnotes import NAMESPACES
from dashboard.exports.office import ACCENT, LINE, QUIET, TYPEFACE

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)  # A4, mm
SIDE, TOP, BOTTOM = 22.5, 24.0, 22.0  # margins, mm
BODY, CELL = 9.5, 8.0  # sizes, points
OWN = ("Note", "Picture", "Cell Text", "Source")  # styles that Word does not know by itself
_TWIPS = 1440 / 25.4  # in a mm


def twips(mm: float) -> int:
    """Millimetres in the unit of Word, a twentieth of a point."""
    return round(mm * _TWIPS)


def room(page: tuple[int, int]) -> float:
    """How wide the text on a page is, in mm."""
    return page[0] - 2 * SIDE


def page_xml(page: tuple[int, int], footer: str) -> str:
    """The properties of a section with pages of this size; `footer` is the id of its footer."""
    turned = ' w:orient="landscape"' if page == LANDSCAPE else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/>'
        f'<w:pgSz w:w="{twips(page[0])}" w:h="{twips(page[1])}"{turned}/>'
        f'<w:pgMar w:top="{twips(TOP)}" w:right="{twips(SIDE)}" w:bottom="{twips(BOTTOM)}" '
        f'w:left="{twips(SIDE)}" w:header="{twips(11)}" w:footer="{twips(11)}" w:gutter="0"/>'
        "</w:sectPr>"
    )


def settings_xml(language: str) -> str:
    """The settings: separators of footnotes, language, and no mode for older versions."""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/>'
        '<w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{language}"/></w:settings>'
    )


def numbering_xml() -> str:
    """One list with dots."""
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _style(key: str, name: str, paragraph: str = "", run: str = "", after: str = "Normal") -> str:
    """A paragraph style on top of Normal; `after` is the style of the paragraph behind it."""
    own = ' w:customStyle="1"' if name in OWN else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{after}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _space(before: int, after: int, line: int = 264) -> str:
    """Space before and after in twips; lines in 240ths of their height."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour}"/>'


_DARK = _colour(ACCENT)
_TOGETHER = "<w:keepNext/><w:keepLines/>"


def _paragraphs() -> str:
    """Every paragraph style that the document uses."""
    return "".join(
        (
            _style("Title", "Title", _TOGETHER + _space(0, 240, 252), f"<w:b/>{_DARK}{_size(18)}"),
            _style("Subtitle", "Subtitle", _TOGETHER + _space(0, 60), f"{_DARK}{_size(11)}"),
            _style(
                "Heading1",
                "heading 1",
                f'{_TOGETHER}{_space(400, 120)}<w:outlineLvl w:val="0"/>',
                f"<w:b/>{_DARK}{_size(13)}",
            ),
            _style(
                "Heading2",
                "heading 2",
                f'{_TOGETHER}{_space(240, 80)}<w:outlineLvl w:val="1"/>',
                f"<w:b/>{_DARK}{_size(10)}",
            ),
            _style("Caption", "caption", _TOGETHER + _space(280, 100, 252), _DARK + _size(9)),
            _style(
                "ListBullet",
                "List Bullet",
                f'<w:numPr><w:numId w:val="1"/></w:numPr>{_space(0, 60)}',
                after="ListBullet",
            ),
            _style("Note", "Note", _space(80, 120, 252), _colour(QUIET) + _size(8)),
            _style("Source", "Source", f"<w:keepLines/>{_space(0, 120, 264)}"),
            _style("Picture", "Picture", f"<w:keepLines/>{_space(0, 120, 240)}"),
            _style("CellText", "Cell Text", _space(0, 0, 252), _size(CELL), after="CellText"),
            _style("FootnoteText", "footnote text", _space(0, 20, 240), _size(7.5)),
            _style("Footer", "footer", _space(0, 0, 240), _colour(QUIET) + _size(7.5)),
        )
    )


def _characters() -> str:
    """Styles of words: links, and the small raised number of a footnote."""
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
        '<w:color w:val="01689B"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "</w:style>"
    )


def _tables() -> str:
    """The table without anything, and ours: thin lines, a blue one under the header row."""
    side = twips(1.6)
    margins = (
        f'<w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="50" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    thick = f'w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{margins}</w:tblPr></w:style>"
        '<w:style w:type="table" w:customStyle="1" w:styleId="Lines"><w:name w:val="Lines"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:bottom {thin}/>'
        f"<w:insideH {thin}/></w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/>{_DARK}</w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom {thick}/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        "</w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
    )


def styles_xml(language: str) -> str:
    """Every style of the document, in one typeface and one language (such as "nl-NL")."""
    face = " ".join(f'w:{which}="{TYPEFACE}"' for which in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {face}/>"
        f'{_size(BODY)}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_space(0, 120, 276)}</w:pPr>"
        '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{_paragraphs()}{_characters()}{_tables()}</w:styles>"
    )
