"""Where each page stands, and the address that shows the same again."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import quote, urlencode, urlsplit

from dashboard.filters import Filters, to_query

PATHS = {
    "overview": "",
    "coverage": "dekking",
    "gaps": "vlekken",
    "whatif": "wat-als",
    "compare": "vergelijken",
    "missions": "missies",
    "network": "netwerk",
    "country": "land",
    "sources": "bronnen",
    "data": "gegevens",
    "present": "presenteren",
    "accessibility": "toegankelijkheid",
}
# How the names end that a machine or a small network gives out for itself (RFC 6761, 6762, 8375).
_PRIVATE = (".localhost", ".local", ".localdomain", ".lan", ".home.arpa", ".test", ".invalid")
OVERVIEW = "overzicht"  # in a presentation, where a path cannot be empty
# Path -> page of every page that a presentation can show.
STEP_PAGES = {
    path or OVERVIEW: name
    for name, path in PATHS.items()
    if name not in ("sources", "data", "present", "accessibility")
}


def is_shareable(address: str) -> bool:
    """Whether an address means the same to a reader of another machine.

    >>> [is_shareable(f"http://{host}/") for host in ("atlas.example.org", "localhost:8501")]
    [True, False]
    """
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE)


def permalink(home: str, page: str, filters: Filters) -> str:
    """The address of a page under these filters; `home` is where the application stands.

    >>> permalink("http://127.0.0.1:8501/", "gaps", Filters("r", area="Africa"))
    'http://127.0.0.1:8501/vlekken?release=r&taal=nl&gebied=africa'
    """
    query = urlencode(to_query(filters), safe=",:~/;!", quote_via=quote)
    return f"{home.rstrip('/')}/{PATHS[page]}?{query}"
