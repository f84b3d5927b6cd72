"""The kinds of difficulty: each makes one row, or the whole annex, hard to read in one known way.

A kind changes what is printed and, with it, what must be read. Where the reading rules leave two
outcomes (read, or asked) a piece is "named", for a question is always right; "doubtful" is what
only a person can settle.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.annexes import atlas
from tests.annexes.atlas import BY_CODE, COUNTRIES, REGIONS
from tests.annexes.posts import Look, Mission, Piece, Post, strangers

FORMS = ("txt", "csv", "xlsx", "ods", "odt", "docx", "pdf", "html")
_OFFICE = ("xlsx", "ods", "odt", "docx")
_STYLED = (*_OFFICE, "html")
PostChange = Callable[[random.Random, Post], Post]
MissionChange = Callable[[random.Random, Mission], Mission]


@dataclass(frozen=True)
class Difficulty:
    """A kind: the forms that can show it, and what it does to a post, a mission or the layout.

    `whole` names an option of the generator for what concerns the annex as a whole.
    """

    name: str
    forms: tuple[str, ...] = FORMS
    post: PostChange | None = None
    mission: MissionChange | None = None
    whole: str = ""


def _fresh(post: Post, piece: Piece) -> bool:
    named = {iso3 for each in post.pieces for iso3 in each.units} | {post.country.iso3}
    return not named & set(piece.units)


def _one_of(draw: random.Random, post: Post, table: dict[str, str]) -> Piece:
    """Draw a printed name whose unit the post does not serve yet."""
    pieces = [Piece(printed, (iso3,)) for printed, iso3 in table.items() if iso3]
    return draw.choice([piece for piece in pieces if _fresh(post, piece)])


# --- exclusions -----------------------------------------------------------------------------------

_CONNECTORS = (
    (" m.u.v. ", ""),
    (" met uitzondering van ", ""),
    (", met uitzondering van ", ""),
    ("\nmet uitzondering van ", ""),
    (" met uitzondering\nvan ", ""),
    (" m.u.v.\n", ""),
    (" (excl. ", ")"),
    (" (exclusief ", ")"),
    (" (behalve ", ")"),
    (" behalve ", ""),
    (" (niet ", ")"),
    (", niet ", ""),
    (", geen ", ""),
    (" (geen ", ")"),
    (" -/- ", ""),
    (" (m.u.v. ", ")"),
    (" (zonder ", ")"),
)


def exclusion(draw: random.Random, post: Post) -> Post:
    """Exclude a country, or two, at the end of the work area."""
    joint, behind = draw.choice(_CONNECTORS)
    first, second = strangers(post, draw, 2)
    pieces = [Piece(first.name, (first.iso3,), "excluded", joint, behind)]
    if draw.random() < 0.3:
        pieces[0] = replace(pieces[0], behind="")
        pieces.append(Piece(second.name, (second.iso3,), "excluded", " en ", behind))
    return post.with_pieces(*pieces)


def exclusion_of_region(draw: random.Random, post: Post) -> Post:
    """Exclude a member from a printed region."""
    region, members = draw.choice(list(REGIONS.items()))
    out = draw.choice([iso3 for iso3 in members if iso3 in BY_CODE])
    joint, behind = draw.choice(_CONNECTORS)
    kept = tuple(iso3 for iso3 in members if iso3 != out)
    served = [p for p in post.pieces if not set(p.units) & set(members)]
    if post.country.iso3 in members:
        return exclusion(draw, post)
    pieces = (Piece(region, kept), Piece(BY_CODE[out].name, (out,), "excluded", joint, behind))
    return replace(post, pieces=(*served, *pieces))


def minus(draw: random.Random, post: Post) -> Post:
    """Take a country off with a sign that is a dash too, in a list with other separators."""
    (out,) = strangers(post, draw)
    sign = draw.choice((" − ", " -/- ", " minus "))
    piece = Piece(out.name, (out.iso3,), "excluded", sign)
    return replace(post, separator=draw.choice((" / ", ", "))).with_pieces(piece)


# --- names ----------------------------------------------------------------------------------------


def word_before(draw: random.Random, post: Post) -> Post:
    """Put a short word before a name: it may change what the name is there for."""
    word, manner = draw.choice(
        [
            *(("ook", "named"), ("was", "doubtful"), ("uit", "doubtful"), ("wel", "named")),
            *(("post", "doubtful"), ("buiten", "excluded"), ("geen", "excluded")),
        ]
    )
    (other,) = strangers(post, draw)
    separated = replace(post, separator=draw.choice((" / ", ", ", "; ")))
    if manner == "excluded":
        return separated.with_pieces(
            Piece(other.name, (other.iso3,), manner, f"{separated.separator}{word} ")
        )
    units = (other.iso3,) if manner == "named" else ()
    return separated.with_pieces(Piece(f"{word} {other.name}", units, manner))


def compass(draw: random.Random, post: Post) -> Post:
    """Cut a point of the compass to a letter."""
    return post.with_pieces(_one_of(draw, post, atlas.COMPASS), end=draw.random() < 0.5)


def other_name(draw: random.Random, post: Post) -> Post:
    """Print an older name, a spoken one or another spelling."""
    return post.with_pieces(_one_of(draw, post, atlas.OTHER_NAMES))


def open_name(draw: random.Random, post: Post) -> Post:
    """Print a name that no unit bears alone."""
    piece = Piece(draw.choice(atlas.OPEN_NAMES), manner="doubtful")
    return post.with_pieces(piece, end=draw.random() < 0.5)


def shortened(draw: random.Random, post: Post) -> Post:
    """Cut a name short, behind a comma or in the middle."""
    piece = _one_of(draw, post, atlas.SHORTENED)
    return replace(post, separator=draw.choice((", ", " / "))).with_pieces(piece)


def two_letters(draw: random.Random, post: Post) -> Post:
    """Print two capitals that may be a code, a word or a body."""
    named = {iso3 for piece in post.pieces for iso3 in piece.units}
    codes = {"OM": "OMN", "SM": "SMR", "IT": "ITA", "NO": "NOR", "AL": "ALB", "IS": "ISL"}
    letters = draw.choice([each for each in atlas.TWO_LETTERS if codes.get(each) not in named])
    separated = replace(post, separator=draw.choice((" / ", ", ")))
    return separated.with_pieces(Piece(letters, manner="doubtful"))


def surroundings(draw: random.Random, post: Post) -> Post:
    """End the list with words that stand for countries which are not named."""
    words = draw.choice(("e.o.", "e.a.", "en omgeving", "en omstreken", "etc."))
    return post.with_pieces(Piece(words, manner="doubtful", joint=" "))


def misspelling(draw: random.Random, post: Post) -> Post:
    """Slip once or twice in a name of six letters or more."""
    names = [c for c in strangers(post, draw, 6) if len(c.name) > 5 and c.name.isalpha()]
    other = names[0] if names else BY_CODE["ZWE"]
    printed = other.name
    while _near_another(printed, other.name):
        printed = other.name
        for _ in range(draw.choice((1, 1, 2))):
            printed = _slip(draw, printed)
    if not _fresh(post, Piece("", (other.iso3,))):
        return post
    return post.with_pieces(Piece(printed, (other.iso3,)), end=draw.random() < 0.5)


def _slip(draw: random.Random, name: str) -> str:
    at, letter = draw.randrange(1, len(name) - 1), draw.choice(string.ascii_lowercase)
    return draw.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def _near_another(printed: str, name: str) -> bool:
    """Whether a slip is none, or has made another name of it."""
    return printed == name or printed in {country.name for country in COUNTRIES}


def doubt_mark(draw: random.Random, post: Post) -> Post:
    """Put a question mark behind a country."""
    (other,) = strangers(post, draw)
    mark = draw.choice(("?", " (?)", " ?"))
    return post.with_pieces(Piece(f"{other.name}{mark}", manner="doubtful"))


def broken_name(draw: random.Random, post: Post) -> Post:
    """Break a name over two lines of a narrow column."""
    separated = replace(post, separator=draw.choice((" / ", ", ")))
    return separated.with_pieces(_one_of(draw, post, atlas.BROKEN), end=draw.random() < 0.5)


def signs(draw: random.Random, post: Post) -> Post:
    """Print spaces, hyphens and slashes as word processors make them."""
    other = Piece("Wit‑Rusland", ("BLR",))
    more = [other] if _fresh(post, other) else []
    pieces = tuple(replace(p, printed=p.printed.replace(" ", "\xa0")) for p in post.pieces)
    end = draw.choice((" /", ".", ",", ""))
    changed = replace(post, pieces=(*pieces, *more), separator=draw.choice((" /\xa0", "/ ", " / ")))
    return replace(changed, end=end, dash=draw.choice(("\xa0– ", " –\xa0", " ‑ ")))


def explanation(draw: random.Random, post: Post) -> Post:
    """Explain in a bracket where the post came from, before or behind the rest of the list."""
    gone = strangers(post, draw, 3)
    words = draw.choice(("overgenomen van {}", "LO {} teruggetrokken", "voorheen vanuit {}"))
    bracket = f"({words.format(gone[0].name)})"
    aside = Piece(bracket, (gone[0].iso3,), "aside", " ")
    rest = [Piece(c.name, (c.iso3,)) for c in gone[1:]] if draw.random() < 0.5 else []
    return replace(post, separator=" / ").with_pieces(aside, *rest)


def theme(draw: random.Random, post: Post) -> Post:
    """Print a theme: in the label's bracket, or where the area stands."""
    if draw.random() < 0.5:
        return replace(post, ahead=draw.choice((" (KST)", " (MAOC)", " (CTER)")))
    words = draw.choice(("taakaccent havens", "taakaccent luchthavens en ondermijning"))
    return replace(post, pieces=(Piece(words, manner="empty"),))


# --- status, number, organisation -----------------------------------------------------------------

_PENDING = (
    *("in besluitvorming", "afhankelijk van besluitvorming", "wacht op goedkeuring"),
    *("onder voorbehoud", "besluitvorming loopt nog", "gepland"),
)
_ENDED = (
    *("opgeheven", "beëindigd per 1-4-2026", "opgeschort", "sluit per 1 juli 2026"),
    *("tijdelijk gesloten", "beëindigd"),
)


def _with_words(draw: random.Random, post: Post, words: str) -> Post:
    """Put words about a post into one of its cells."""
    post = replace(post, words=words)
    place = draw.choice(("label", "label", "city", "area", "dash"))
    if place == "label":
        return replace(post, tail=f" ({words})")
    if place == "city":
        return replace(post, city_tail=f" ({words})")
    if place == "dash":
        return replace(post, tail=f", {words}")
    return replace(post, end=draw.choice((f" ({words})", f", {words}")))


def pending(draw: random.Random, post: Post) -> Post:
    """Say in a cell that the post is not decided yet."""
    return replace(_with_words(draw, post, draw.choice(_PENDING)), status="planned")


def ended(draw: random.Random, post: Post) -> Post:
    """Say in a cell that the post has ended, or will."""
    changed = _with_words(draw, post, draw.choice(_ENDED))
    return replace(changed, status="ended", asks=frozenset({"status"}))


def vacant(draw: random.Random, post: Post) -> Post:
    """Say that nobody sits there now: it stays a post."""
    return replace(post, tail=f" ({draw.choice(('vacant', 'vacature'))})", words="vaca")


def remark_column(draw: random.Random, post: Post) -> Post:
    """Say in a column of its own that the post is pending or ended."""
    words = draw.choice((*_PENDING, *_ENDED))
    changed = replace(post, remark=words[0].upper() + words[1:], words=words)
    if words in _PENDING:
        return replace(changed, status="planned")
    return replace(changed, status="ended", asks=frozenset({"status"}))


def several(draw: random.Random, post: Post) -> Post:
    """Print two or three officers in one row."""
    many = draw.choice((2, 2, 3))
    words = draw.choice((f"{many} LO's", f"{many}x", f"{many} fte", f"{many} LO’s"))
    post = replace(post, officers=many, words=words)
    if post.printed_organisation and draw.random() < 0.3:
        stated = f"{many} {post.printed_organisation}"
        return replace(post, printed_organisation=stated, words=stated)
    return replace(post, tail=f" ({words})")


def number_column(draw: random.Random, post: Post) -> Post:
    """Print the number of officers in a column of its own."""
    many = draw.choice((2, 2, 3))
    return replace(post, officers=many, number=str(many), words=str(many))


def joint(draw: random.Random, post: Post) -> Post:
    """Name two organisations in one label: together, or one for the other."""
    words = draw.choice(
        ("NP i.s.m. KMar", "KMar namens NP", "NP / KMar", "NP en GPI", "NP (samen met KMar)")
    )
    asks = frozenset({"organisation"})
    return replace(post, printed_organisation=words, organisation=None, asks=asks, words=words)


_SPELLED = {
    "Nationale Politie": "NP",
    "Nederlandse politie": "NP",
    "Koninklijke Marechaussee": "KMar",
    "Federale Politie": "GPI",
    "Geïntegreerde Politie": "GPI",
    "N.P.": "NP",
    "K.Mar.": "KMar",
    "KMAR": "KMar",
}


def spelled_out(draw: random.Random, post: Post) -> Post:
    """Print the organisation in full or with full stops."""
    words, organisation = draw.choice(list(_SPELLED.items()))
    changed = replace(post, printed_organisation=words, organisation=organisation, words=words)
    return replace(changed, dash=draw.choice((" - ", " – ")))


def stranger_body(draw: random.Random, post: Post) -> Post:
    """Print an organisation that posts no officers of ours."""
    words = draw.choice(("AIVD", "FIOD", "Douane", "Bundespolizei"))
    asks = frozenset({"organisation"})
    changed = replace(post, printed_organisation=words, organisation=None, asks=asks, words=words)
    return replace(changed, dash=" - ")


# --- how cells look -------------------------------------------------------------------------------


def status_note(draw: random.Random, post: Post) -> Post:
    """Hang a real note on a cell that says that the post is pending or has ended."""
    words = draw.choice(("Post sluit per 1 juli 2026.", "Deze plaatsing is in besluitvorming."))
    column = draw.choice(("label", "city", "area"))
    post = replace(post, look=replace(post.look, note=((column, words),)), words=words)
    if "besluitvorming" in words:
        return replace(post, status="planned")
    return replace(post, status="ended", asks=frozenset({"status"}))


def plain_note(draw: random.Random, post: Post) -> Post:
    """Hang a real note on a cell that says nothing of status, country or number."""
    column = draw.choice(("label", "city", "area"))
    words = "Zie de toelichting in de brief."
    return replace(post, look=replace(post.look, note=((column, words),)))


def typed_note(draw: random.Random, post: Post) -> Post:
    """Type a mark behind the label and what it means under the table."""
    mark = draw.choice(("*", "**"))
    changed = replace(post, tail=f" {mark}" if draw.random() < 0.5 else mark, words="besluitvorming")
    return replace(changed, below=f"{mark} In besluitvorming.", status="planned")


def raised_name(draw: random.Random, post: Post) -> Post:
    """Raise a digit or a star behind the label, the city or the area."""
    column, sign = draw.choice(("label", "city", "area")), draw.choice(("1", "2", "*", "3)"))
    return replace(post, look=replace(post.look, raised=((column, sign),)))


def struck_row(draw: random.Random, post: Post) -> Post:
    """Strike the whole row out."""
    cells = (("label", post.label), ("city", post.station), ("area", post.area))
    return replace(post, look=replace(post.look, struck=cells), asks=frozenset({"row"}))


def struck_name(draw: random.Random, post: Post) -> Post:
    """Strike one country of the work area out."""
    (other,) = strangers(post, draw)
    piece = Piece(other.name, manner="doubtful")
    changed = post.with_pieces(piece)
    return replace(changed, look=replace(post.look, struck=(("area", other.name),)))


def hidden_row(draw: random.Random, post: Post) -> Post:
    """Hide the row."""
    return replace(post, look=replace(post.look, hidden=True))


def hidden_words(draw: random.Random, post: Post) -> Post:
    """Put a country behind the work area that nobody sees."""
    (other,) = strangers(post, draw)
    unseen = (("area", f"{post.separator}{other.name}"),)
    changed = post.with_pieces(Piece("", (other.iso3,), "aside", ""))
    return replace(changed, look=replace(post.look, unseen=unseen))


# --- missions -------------------------------------------------------------------------------------


def raised_number(draw: random.Random, mission: Mission) -> Mission:
    """Raise the mark of a note behind the number of people."""
    sign = draw.choice(("1", "2", "*", "1)"))
    return replace(mission, look=replace(mission.look, raised=(("personnel", sign),)))


def number_in_words(draw: random.Random, mission: Mission) -> Mission:
    """Print what is no whole number where the number of people stands."""
    words = draw.choice(("drie", "2-3", "ca. 4", "1 à 2", "4 + 1", "n.n.b.", "4,5"))
    return replace(mission, printed_officers=words, officers=-1, asks=frozenset({"personnel"}))


def mission_place(draw: random.Random, mission: Mission) -> Mission:
    """Print an area in a bracket, a part of a country, or a headquarters elsewhere."""
    name, lead, area, duty = draw.choice(
        (
            ("EULEX Kosovo (Noord)", "EU", ("XKX",), "Mitrovica"),
            ("EUNAVFOR MED", "EU", (), "Rome"),
            ("EUNAVFOR IRINI", "EU", (), "Rome"),
            ("EUPOL COPPS (Palestijnse gebieden)", "EU", ("PSE",), "Ramallah"),
            ("EU Speciaal Vertegenwoordiger Sahel", "EU", (), "Brussel"),
            ("EUCAP Sahel Niger", "EU", ("NER",), "Niamey"),
            ("EUAM Oekraïne (Lviv)", "EU", ("UKR",), "Lviv"),
        )
    )
    return replace(mission, name=name, lead=lead, area=area, duty=duty)


# --- all of them ----------------------------------------------------------------------------------

_POST_KINDS: dict[PostChange, tuple[str, ...]] = {
    **dict.fromkeys((exclusion, exclusion_of_region, minus, word_before, compass), FORMS),
    **dict.fromkeys((other_name, open_name, shortened, two_letters, surroundings), FORMS),
    **dict.fromkeys((misspelling, doubt_mark, signs, explanation, theme), FORMS),
    **dict.fromkeys((pending, ended, vacant, remark_column, several, number_column), FORMS),
    **dict.fromkeys((joint, spelled_out, stranger_body, typed_note, broken_name), FORMS),
    status_note: ("odt", "docx"),
    plain_note: ("odt", "docx"),
    **dict.fromkeys((raised_name, struck_row, struck_name), _STYLED),
    hidden_row: ("xlsx", "ods", "docx"),
    hidden_words: ("odt", "docx", "html", "pdf"),
}
_MISSION_KINDS: dict[MissionChange, tuple[str, ...]] = {
    raised_number: (*_STYLED, "pdf"),
    number_in_words: FORMS,
    mission_place: FORMS,
}
_WHOLE_KINDS: dict[str, tuple[str, ...]] = {
    "none": FORMS,
    "other_headings": FORMS,
    "two_header_rows": (*_OFFICE, "csv"),
    "column_order": FORMS,
    "first_column_number": FORMS,
    "region_column": FORMS,
    "organisation_column": FORMS,
    "merged_host": (*_STYLED, "pdf"),
    "merged_area": (*_STYLED, "pdf"),
    "hidden_table": ("xlsx", "ods", "odt"),
    "beside": ("xlsx", "ods", "csv"),
    "stacked": ("xlsx", "ods"),
    "network_date": FORMS,
    "missions_date": FORMS,
    "two_dates": FORMS,
    "earlier_date": ("txt", "odt", "docx", "pdf", "html"),
    "wrong_total": FORMS,
    "sum_below": ("xlsx", "ods"),
    "same_row_twice": FORMS,
    "no_lines": ("pdf", "html"),
    "turned": ("pdf",),
    "long_table": ("pdf", "html"),
    "one_line_each": ("txt",),
    "open_quote": ("csv",),
    "other_encoding": ("csv", "txt"),
    "escaped_return": ("xlsx",),
}
DIFFICULTIES = {
    each.name: each
    for each in (
        *(Difficulty(change.__name__, forms, post=change) for change, forms in _POST_KINDS.items()),
        *(
            Difficulty(change.__name__, forms, mission=change)
            for change, forms in _MISSION_KINDS.items()
        ),
        *(Difficulty(name, forms, whole=name) for name, forms in _WHOLE_KINDS.items()),
    )
}
