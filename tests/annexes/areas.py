"""Difficulties of work areas: exclusions, words before names, names cut short, doubted or broken.

Where the reading rules leave two outcomes (read, or asked) a piece is "named", for a question is
always right; "doubtful" is what only a person can settle.
"""

from __future__ import annotations

import random
import string
import unicodedata
from dataclasses import replace

from rapidfuzz.distance import OSA

from tests.annexes import atlas
from tests.annexes.atlas import BY_CODE, COUNTRIES, REGIONS
from tests.annexes.posts import Piece, Post, strangers


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
)
_CLEAR_OF_TWO = ("m.u.v.", "uitzondering", "excl", "behalve")  # also of what "en" adds


def exclusion(draw: random.Random, post: Post) -> Post:
    """Exclude a country, or two, at the end of the work area."""
    joint, behind = draw.choice(_CONNECTORS)
    first, second = strangers(post, draw, 2)
    pieces = [Piece(first.name, (first.iso3,), "excluded", joint, behind)]
    if draw.random() < 0.4 and any(word in joint for word in _CLEAR_OF_TWO):
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
    sign = draw.choice((" − ", " -/- ", " -/-"))
    piece = Piece(out.name, (out.iso3,), "excluded", sign)
    return replace(post, separator=draw.choice((" / ", ", "))).with_pieces(piece)


# --- names ----------------------------------------------------------------------------------------


def word_before(draw: random.Random, post: Post) -> Post:
    """Put a short word before a name: it may change what the name is there for."""
    word, manner = draw.choice(
        [
            *(("ook", "named"), ("was", "doubtful"), ("uit", "doubtful"), ("wel", "named")),
            *(("post", "doubtful"), ("buiten", "aside"), ("zonder", "aside")),
            *(("geen", "excluded"), ("niet", "excluded")),
        ]
    )
    (other,) = strangers(post, draw)
    separated = replace(post, separator=draw.choice((" / ", ", ", "; ")))
    if manner in ("excluded", "aside"):
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
    codes = {
        "OM": "OMN",
        "SM": "SMR",
        "IT": "ITA",
        "NO": "NOR",
        "AL": "ALB",
        "IS": "ISL",
        "IN": "IND",
    }
    letters = draw.choice([each for each in atlas.TWO_LETTERS if codes.get(each) not in named])
    separated = replace(post, separator=draw.choice((" / ", ", ")))
    return separated.with_pieces(Piece(letters, manner="doubtful"))


def surroundings(draw: random.Random, post: Post) -> Post:
    """End the list with words that stand for countries which are not named."""
    words = draw.choice(("e.o.", "e.a.", "en omgeving", "en omstreken", "etc."))
    return post.with_pieces(Piece(words, manner="doubtful", joint=" "))


def region(draw: random.Random, post: Post) -> Post:
    """Print a region for its members."""
    printed, members = draw.choice(list(REGIONS.items()))
    named = {iso3 for piece in post.pieces for iso3 in piece.units}
    more = tuple(iso3 for iso3 in members if iso3 not in named)
    return post.with_pieces(Piece(printed, more), end=draw.random() < 0.5)


def and_before_last(draw: random.Random, post: Post) -> Post:
    """Join the last country with "en" or "&"."""
    (other,) = strangers(post, draw)
    joint = draw.choice((" en ", " & ", ", en "))
    return post.with_pieces(Piece(other.name, (other.iso3,), joint=joint))


def including(draw: random.Random, post: Post) -> Post:
    """Print countries in a bracket that says they belong to the list."""
    first, second = strangers(post, draw, 2)
    words = draw.choice((" (incl. ", " (inclusief ", " (en ook "))
    pieces = [Piece(first.name, (first.iso3,), joint=words), Piece(second.name, (second.iso3,))]
    pieces[1] = replace(pieces[1], behind=")")
    return replace(post, separator=" / ").with_pieces(*pieces)


def listed(draw: random.Random, post: Post) -> Post:
    """Print the countries one below the other, numbered or with a sign before each."""
    marks = draw.choice(("{}. ", "{}) ", "• ", "- ", "– "))
    pieces = tuple(
        replace(piece, joint=("\n" if number > 1 else "") + marks.format(number))
        for number, piece in enumerate(post.pieces, start=1)
    )
    return replace(post, pieces=pieces)


def marked(draw: random.Random, post: Post) -> Post:
    """Type the mark of a note behind a country."""
    mark = draw.choice(("¹", "*", "[1]", " (1)", "†"))
    (other,) = strangers(post, draw)
    piece = Piece(other.name, (other.iso3,), behind=mark)
    return replace(post, separator=draw.choice((" / ", ", "))).with_pieces(piece, end=False)


def capitals(draw: random.Random, post: Post) -> Post:
    """Print the work area in capitals."""
    pieces = (replace(piece, printed=piece.printed.upper()) for piece in post.pieces)
    return replace(post, pieces=tuple(pieces))


def decomposed(draw: random.Random, post: Post) -> Post:
    """Print letters and their accents as two signs each, as some programs store them."""
    accented = {c.name: c.iso3 for c in COUNTRIES if not c.name.isascii()}
    both = post.with_pieces(_one_of(draw, post, accented))
    pieces = (replace(p, printed=unicodedata.normalize("NFD", p.printed)) for p in both.pieces)
    return replace(both, pieces=tuple(pieces))


def misspelling(draw: random.Random, post: Post) -> Post:
    """Slip once or twice in a name of six letters or more."""
    names = [c for c in strangers(post, draw, 6) if len(c.name) > 5 and c.name.isalpha()]
    other = names[0] if names else BY_CODE["ZWE"]
    printed = other.name
    while near_another(printed, other.name):
        printed = other.name
        for _ in range(draw.choice((1, 1, 2))):
            printed = slip(draw, printed)
    if not _fresh(post, Piece("", (other.iso3,))):
        return post
    return post.with_pieces(Piece(printed, (other.iso3,)), end=draw.random() < 0.5)


def slip(draw: random.Random, name: str) -> str:
    """Return a name with a letter left out, added, changed or moved behind the first."""
    at, letter = draw.randrange(1, len(name) - 1), draw.choice(string.ascii_lowercase)
    return draw.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def near_another(printed: str, name: str) -> bool:
    """Tell whether a slip is none, or has brought it as near to another name."""
    others = {*(country.name for country in COUNTRIES), *atlas.MORE_NAMES} - {name}
    distance = int(OSA.distance(printed.casefold(), name.casefold()))
    return not distance or any(
        OSA.distance(printed.casefold(), other.casefold()) <= distance for other in others
    )


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


KINDS = (
    *(exclusion, exclusion_of_region, minus, word_before, compass, other_name, open_name),
    *(shortened, two_letters, surroundings, misspelling, doubt_mark, broken_name, signs),
    *(explanation, theme, region, and_before_last, including, listed, marked, capitals),
    decomposed,
)
