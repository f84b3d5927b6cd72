"""What a printed name is compared by: its words without case, accents, hyphens or apostrophes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_AS_ONE = {
    **dict.fromkeys(("en", "and", "und", "et", "&", "+"), "&"),
    **dict.fromkeys(("st", "sint", "saint", "sankt", "santa"), "saint"),
}
_WORD = re.compile(r"[^\W_]+|[&+]")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "ð": "d", "đ": "d", "æ": "ae", "œ": "oe"})

_FORMAL = re.compile(
    r"^(?:(?:de|het|the|la|le|les|die) )?"
    r"(?:(?:(?:islamitische|islamic|federale|federal|verenigde|united|democratische|democratic"
    r"|socialistische|cooperatieve|arabische) )*"
    r"(?:republiek|republic|republique|republik|koninkrijk|kingdom|royaume|konigreich|staat|state"
    r"|sultanaat|emiraat|vorstendom|gemenebest|commonwealth) "
    r"(?:(?:van|of|de|der|du|des|the) )*)?(.+)$"
)

_SHORT = 200  # signs; the same names are asked for again and again, longer texts are not


def key_tokens(text: str) -> list[str]:
    """The words of a name without case, accents, apostrophes or punctuation; "&" for any "and"."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found = _WORD.findall(_APOSTROPHE.sub("", plain))
    return [_AS_ONE.get(word, word) for word in found]


def key(text: str) -> str:
    """`words` without spaces between, so that "Wit-Rusland", "wit rusland" and "Witrusland" agree.

    >>> key("São Tomé & Príncipe") == key("sao tome en principe")
    True
    """
    return _short_key(text) if len(text) <= _SHORT else "".join(key_tokens(text))


@lru_cache(maxsize=8192)
def _short_key(text: str) -> str:
    return "".join(key_tokens(text))


def short_form(text: str) -> str | None:
    """The name within a long form: "kenia" of "de Republiek Kenia"."""
    found = _FORMAL.match(" ".join(key_tokens(text)))
    return found[1] if found else None


def one_line(text: str) -> str:
    """The text with a space for every run of white space and every line break."""
    return " ".join(text.split())
