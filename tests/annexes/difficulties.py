"""The kinds of difficulty: each makes one row, or the whole annex, hard to read in one known way.

A kind changes what is printed and, with it, what must be read. Where the reading rules leave two
outcomes (read, or asked) a piece is "named", for a question is always right; "doubtful" is what
only a person can settle.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.annexes import areas
from tests.annexes.posts import Mission, Piece, Post, strangers

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

    @property
    def refusable(self) -> bool:
        """Tell whether a file of this kind may be refused, with a reason."""
        return self.whole in ("open_quote", "sum_below")


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
        dash = draw.choice((" - ", " – "))  # "Kenia-2 KMar" is the second post in Kenia
        return replace(post, printed_organisation=stated, words=stated, dash=dash)
    return replace(post, tail=f" ({words})")


def number_column(draw: random.Random, post: Post) -> Post:
    """Print the number of officers in a column of its own."""
    many = draw.choice((2, 2, 3))
    return replace(post, officers=many, number=str(many), words=str(many))


def joint(draw: random.Random, post: Post) -> Post:
    """Name two organisations in one label: together, or one for the other."""
    words = draw.choice(
        (
            *("NP i.s.m. KMar", "KMar namens NP", "NP / KMar", "NP en GPI"),
            *("NP (samen met KMar)", "NP (per 1-1-2026 overgedragen aan KMar)"),
        )
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


def misspelt_host(draw: random.Random, post: Post) -> Post:
    """Slip in the country of the label; it may be asked."""
    name = post.country.name
    if len(name) < 6 or not name.isalpha():
        return replace(post, host=f"{name} ")
    printed = name
    while areas.near_another(printed, name):
        printed = areas.slip(draw, name)
    return replace(post, host=printed, dash=draw.choice((" - ", " – ")))


def two_hosts(draw: random.Random, post: Post) -> Post:
    """Name two countries in the label."""
    (other,) = strangers(post, draw)
    words = draw.choice((" / ", " en ")) + other.name
    changed = replace(post, ahead=words, words=words, asks=frozenset({"host"}))
    return replace(changed, dash=draw.choice((" - ", " – ")))


def ordinal(draw: random.Random, post: Post) -> Post:
    """Number the posts of a country, as where two officers sit in one city."""
    return replace(post, ahead=draw.choice(("-1", "-2", " 2")), dash=draw.choice((" - ", "  - ")))


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
    changed = replace(
        post, tail=f" {mark}" if draw.random() < 0.5 else mark, words="besluitvorming"
    )
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
    """Put a country behind the work area that nobody sees: hidden, white or covered."""
    (other,) = strangers(post, draw)
    unseen = (("area", f"{post.separator}{other.name}"),)
    changed = post.with_pieces(Piece("", (other.iso3,), "aside", ""))
    return replace(changed, look=replace(post.look, unseen=unseen))


# --- missions -------------------------------------------------------------------------------------


def raised_number(draw: random.Random, mission: Mission) -> Mission:
    """Raise the mark of a note behind the number of people."""
    sign = draw.choice(("1", "2", "*", "1)"))
    return replace(mission, look=replace(mission.look, raised=(("personnel", sign),)))


def typed_raised(draw: random.Random, mission: Mission) -> Mission:
    """Type a raised digit behind the number of people."""
    return replace(mission, printed_officers=f"{mission.officers}{draw.choice('¹²³')}")


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
    **dict.fromkeys(areas.KINDS, FORMS),
    **dict.fromkeys((pending, ended, vacant, remark_column, several, number_column), FORMS),
    **dict.fromkeys((joint, spelled_out, stranger_body, typed_note, ordinal), FORMS),
    **dict.fromkeys((misspelt_host, two_hosts), FORMS),
    status_note: ("odt", "docx"),
    plain_note: ("odt", "docx"),
    **dict.fromkeys((raised_name, struck_row, struck_name), _STYLED),
    hidden_row: ("xlsx", "ods", "docx"),
    hidden_words: ("odt", "docx", "html", "pdf"),
}
_MISSION_KINDS: dict[MissionChange, tuple[str, ...]] = {
    raised_number: (*_STYLED, "pdf"),
    typed_raised: FORMS,
    number_in_words: FORMS,
    mission_place: FORMS,
}
_WHOLE_KINDS: dict[str, tuple[str, ...]] = {
    "none": FORMS,
    "other_headings": FORMS,
    "two_header_rows": (*_OFFICE, "csv"),
    "column_order": FORMS,
    "network_total": FORMS,
    "table_each_half": FORMS,
    "headless_rest": ("txt", "odt", "docx", "pdf", "html"),
    "first_column_number": FORMS,
    "first_column_function": FORMS,
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
    "lines_between_rows": ("pdf", "html"),
    "turned": ("pdf",),
    "printed_twice": ("pdf",),
    "ligatures": ("txt", "pdf"),
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
