"""Answers as gzip, for whoever takes that."""

from __future__ import annotations

import gzip

QUICK, SMALL = 6, 9  # levels of gzip: for what a reader waits for, and what is packed at the start


def packed(plain: bytes, level: int = QUICK) -> bytes:
    """The bytes as gzip; the same bytes in every process, for it says nothing of the time."""
    return gzip.compress(plain, level, mtime=0)


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding names gzip, and not with a weight of nought."""
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() == "gzip":
            return weight.strip().removeprefix("q=").strip("0.") != "" if weight else True
    return False


def chosen(accepted: str, plain: bytes, zipped: bytes) -> tuple[bytes, dict[str, str]]:
    """Which of both to send under an Accept-Encoding, and the header that says so.

    `zipped` is empty where packing is not worth it.
    """
    if zipped and takes_gzip(accepted):
        return zipped, {"Content-Encoding": "gzip"}
    return plain, {}
