"""What a screen says, as a reader reads it."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

KINDS = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")


def html(app: AppTest) -> str:
    """All HTML of the screen as one text, without what only the browser runs."""
    bodies = " ".join(element.proto.body for element in app.get("html"))
    bodies = re.sub(r"<div hidden data-search=.*?></div>", "", bodies, flags=re.S)
    return re.sub(r"<(style|script)>.*?</\1>", "", bodies, flags=re.S)


def visible(app: AppTest) -> str:
    """Every text of the screen, with the tables behind folds, without map and charts.

    Nothing is escaped for Markdown in it, and any white space is one space.
    """
    parts = [str(element.value) for kind in KINDS for element in getattr(app, kind)]
    bare = re.sub(r"<[^>]+>", " ", html(app))
    return " ".join(" ".join([*parts, bare]).replace("\\", "").split())
