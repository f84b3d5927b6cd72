"""Paths of an application that may stand behind Streamlit's baseUrlPath (`base`)."""

from __future__ import annotations


def prefix(base: str) -> str:
    """What stands before every path under `base`, empty where that is.

    >>> prefix("atlas/"), prefix("/")
    ('/atlas', '')
    """
    return f"/{base.strip('/')}" if base.strip("/") else ""


def prefixes(base: str) -> list[str]:
    """Where our own routes stand: at the root, which a proxy may lead to, and behind `base`.

    >>> prefixes("atlas"), prefixes("")
    (['', '/atlas'], [''])
    """
    return list(dict.fromkeys(("", prefix(base))))
