"""A server on 127.0.0.1 that answers as parliament's open data are documented to.

All of its papers are invented. It understands the filters that the product asks with, pages by 250
through `@odata.nextLink`, and can have a bad day: what stands in `bad` answers the next requests.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

PATH = "/OData/v4/2.0"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Record = dict[str, Any]
Bad = Callable[[BaseHTTPRequestHandler], None]


def name(number: int) -> str:
    """The name that parliament gives its document of that number here."""
    return f"00000000-0000-4000-8000-{number:012x}"


def letter(number: int, subject: str, dossier: int | None = 29628, **fields: Any) -> Record:
    """A letter of the government; it has no number in its dossier yet."""
    dossiers = [] if dossier is None else [{"Nummer": dossier, "Toevoeging": None}]
    return {
        "Id": name(number),
        "Soort": "Brief regering",
        "DocumentNummer": f"2026D{number:05d}",
        "Titel": "Politie",
        "Onderwerp": subject,
        "Datum": "2026-05-20T00:00:00+02:00",
        "Volgnummer": -1,
        "ContentType": "application/pdf",
        "ContentLength": 1000,
        "GewijzigdOp": dt.datetime.now(dt.UTC).isoformat(),
        "Verwijderd": False,
        "Kamerstukdossier": dossiers,
        "Zaak": [{"Nummer": f"2026Z{number:05d}"}],
        "BijlageDocument": [],
        "BronDocument": [],
        "Vergaderjaar": "2025-2026",  # one of many that nobody asked for
    } | fields


def annex(number: int, subject: str, source: Record | None = None, **fields: Any) -> Record:
    """An annex to the letter `source`, which alone stands in a dossier."""
    own = letter(number, subject, None, Soort="Bijlage", Titel=None, Zaak=[])
    return own | {"BronDocument": [source] if source else []} | fields


class House:
    """The server: what it has, what it was asked, and what it answers wrongly."""

    def __init__(self) -> None:
        self.papers: list[Record] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.bad: list[Bad | None] = []  # None: as it should
        self.page = 250
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True

    @property
    def base(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_address[1]}{PATH}"

    def filters(self) -> list[str]:
        """The filter of every question that was asked."""
        return [options.get("$filter", "") for _, options in self.requests]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                options = {key: values[0] for key, values in parse_qs(parts.query).items()}
                house.requests.append((parts.path, options))
                bad = house.bad.pop(0) if house.bad else None
                (bad or house.answer)(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """As documented."""
        path, options = self.requests[-1]
        if match := re.fullmatch(rf"{re.escape(PATH)}/Document\(([0-9a-f-]+)\)/resource", path):
            file = self.files.get(match[1])
            if file is None:
                error = {"error": {"message": "invented: no such document"}}
                send(request, 404, json.dumps(error).encode())
            else:
                send(request, 200, file[1], file[0])
        elif path == f"{PATH}/Document":
            send(request, 200, json.dumps(self._listed(options)).encode())
        else:
            send(request, 404, b"{}")

    def _listed(self, options: dict[str, str]) -> Record:
        wanted, skip = options.get("$filter", ""), int(options.get("$skip", "0"))
        assert options.get("$expand", "()").count("(") == options.get("$expand", "()").count(")")
        matching = [record for record in self.papers if fits(record, wanted)]
        page = matching[skip : skip + self.page]
        answer: Record = {"@odata.context": f"{self.base}/$metadata#Document", "value": page}
        if "$count" in options:
            answer["@odata.count"] = len(matching)
        if len(matching) > skip + self.page:
            more = options | {"$skip": str(skip + self.page)}
            query = "&".join(f"{quote(key)}={quote(value)}" for key, value in more.items())
            answer["@odata.nextLink"] = f"{self.base}/Document?{query}"
        return answer


def fits(record: Record, wanted: str) -> bool:
    """Whether a record fits a filter; a record that is none fits all, as on a bad day."""
    if (
        not isinstance(record, dict)
        or not all(
            isinstance(record.get(field), kind)
            for field, kind in (("Soort", str), ("Onderwerp", str), ("Kamerstukdossier", list))
        )
        or not all(isinstance(each, dict) for each in record["Kamerstukdossier"])
    ):
        return True
    changed = re.search(r"GewijzigdOp ge (\S{10})", wanted)
    at = str(record.get("GewijzigdOp"))
    if changed and re.match(r"\d{4}-", at) and at[:10] < changed[1]:
        return False
    if number := re.search(r"d/Nummer eq (\d+)", wanted):
        numbers = (each.get("Nummer") for each in record["Kamerstukdossier"])
        return int(number[1]) in numbers
    parts = re.findall(r"contains\(Onderwerp,'([^']+)'\)", wanted)
    kind = re.search(r"Soort eq '([^']+)'", wanted)
    assert kind and parts, wanted
    return record["Soort"] == kind[1] and any(part in record["Onderwerp"] for part in parts)


def send(
    request: BaseHTTPRequestHandler,
    status: int,
    content: bytes,
    media: str = "application/json",
    **headers: str,
) -> None:
    """An answer with its length."""
    request.send_response(status)
    request.send_header("Content-Type", media)
    request.send_header("Content-Length", str(len(content)))
    for key, value in headers.items():
        request.send_header(key.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(content)


@contextmanager
def opened() -> Iterator[House]:
    """The server while it listens."""
    house = House()
    thread = threading.Thread(target=house.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield house
    finally:
        house.server.shutdown()
        house.server.server_close()
        thread.join()
