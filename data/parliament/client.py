"""The one outgoing request of the product: parliament's open data, one host, and nothing else.

No other module knows the library that asks. What is answered is bounded in size and in time, is
never unpacked, and leads nowhere else: a redirect or a next page at another address is refused.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import httpx2

from geo.errors import DataError

WHERE = "open data"
ANSWER = 10_000_000  # bytes of one page of records
TRIES, PAUSE, LONGEST_PAUSE = 4, 1.0, 60.0  # seconds; the pause doubles
SECONDS = 300.0  # for all that one client does
TIMEOUT = httpx2.Timeout(20.0, connect=5.0)
_HOPS = 3  # redirects within the host
_LATER = frozenset((408, 429, 500, 502, 503, 504))  # what passes


class OpenData:
    """Asks the open data at `base`, such as "https://host/OData/v4/2.0"; use it in `with`.

    Proxies come from HTTPS_PROXY, ALL_PROXY and NO_PROXY, but a `base` on this machine is asked
    directly. After `seconds` it gives up. `sleep` waits between tries. Raises DataError for an
    empty `base`: then it is switched off.
    """

    def __init__(
        self, base: str, seconds: float = SECONDS, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        if not base:
            raise DataError("watch_off", "LIAISONATLAS_WATCH")
        self._base = httpx2.URL(base)
        self._until, self._sleep = time.monotonic() + seconds, sleep
        self._deadline = _Deadline(seconds)
        try:
            self._client = httpx2.Client(
                timeout=TIMEOUT,
                follow_redirects=False,
                trust_env=self._base.scheme == "https",
                headers={"Accept-Encoding": "identity", "User-Agent": "liaisonatlas"},
            )
        except (OSError, ValueError, ImportError, httpx2.InvalidURL) as error:
            raise DataError("parliament_settings", WHERE) from error

    def __enter__(self) -> OpenData:
        self._deadline.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._deadline.cancel()
        self._client.close()

    def records(self, url: str, options: Mapping[str, str]) -> dict[str, Any]:
        """One page of records: the JSON object of an answer; raises DataError.

        `url` is an entity set below the base, or the address of a next page, whose options it has.
        """
        address = self._inside(url, options)
        content, _ = self._get(address, ANSWER, {"Accept": "application/json;odata.metadata=none"})
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise DataError("parliament_no_json", WHERE) from error
        if not isinstance(answer, dict) or not isinstance(answer.get("value"), list):
            raise DataError("parliament_no_json", WHERE)
        return answer

    def file(self, url: str, largest: int) -> tuple[bytes, str]:
        """A file of at most `largest` bytes, and the type that it is said to have."""
        try:
            return self._get(self._inside(url), largest, {"Accept": "*/*"})
        except DataError as error:
            if error.params.get("status") not in ("404", "410"):
                raise
            raise DataError("paper_gone", WHERE) from error

    def _inside(
        self, url: str, options: Mapping[str, str] | None = None, start: httpx2.URL | None = None
    ) -> httpx2.URL:
        """The address, from `start` or the base, if it is below the base; raises DataError."""
        try:
            address = (start or httpx2.URL(f"{self._base}/")).join(url)
            if options:
                address = address.copy_merge_params(dict(options))
        except (httpx2.InvalidURL, ValueError) as error:
            raise DataError("parliament_elsewhere", WHERE) from error
        host = (address.scheme, address.host, address.port, address.userinfo)
        own = (self._base.scheme, self._base.host, self._base.port, b"")
        if host != own or not address.path.startswith(f"{self._base.path.rstrip('/')}/"):
            raise DataError("parliament_elsewhere", WHERE)
        return address

    def _get(
        self, address: httpx2.URL, largest: int, headers: Mapping[str, str]
    ) -> tuple[bytes, str]:
        """Body and media type of a good answer, tried again where trying helps."""
        pause = PAUSE
        if self._deadline.is_over:
            raise DataError("parliament_unreached", WHERE, tries=0)
        for attempt in range(1, TRIES + 1):
            try:
                status, wait, content, media = self._once(address, largest, headers)
            except httpx2.ProxyError as error:
                raise DataError("parliament_proxy", WHERE) from error
            except httpx2.TransportError as error:
                failure: DataError = DataError("parliament_unreached", WHERE, tries=attempt)
                failure.__cause__ = error
                wait = None
            else:
                if status == 200:
                    return content, media
                failure = DataError("parliament_refuses", WHERE, status=str(status))
                if status not in _LATER:
                    raise failure
            pause_now = pause if wait is None else max(wait, 0.0)
            if pause_now > LONGEST_PAUSE:
                raise DataError("parliament_busy", WHERE, seconds=round(pause_now))
            if attempt == TRIES or time.monotonic() + pause_now > self._until:
                raise failure
            self._sleep(pause_now)
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _once(
        self, address: httpx2.URL, largest: int, headers: Mapping[str, str]
    ) -> tuple[int, float | None, bytes, str]:
        """(status, seconds to wait if the answer says, body of a 200, media type) of one try."""
        for _ in range(_HOPS):
            traced = {"trace": self._deadline.trace}
            with self._client.stream(
                "GET", address, headers=dict(headers), extensions=traced
            ) as response:
                if response.status_code in (301, 302, 303, 307, 308):
                    address = self._inside(response.headers.get("Location", "//"), start=address)
                    continue
                wait = _seconds(response.headers.get("Retry-After", ""))
                if response.status_code != 200:
                    return response.status_code, wait, b"", ""
                media = response.headers.get("Content-Type", "")[:200]
                return 200, wait, self._body(response, largest), media
        raise DataError("parliament_elsewhere", WHERE)

    def _body(self, response: httpx2.Response, largest: int) -> bytes:
        """All bytes as they were sent; raises DataError for too many, too slow or packed ones."""
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise DataError("parliament_packed", WHERE)
        content = bytearray()
        for chunk in response.iter_raw():
            content += chunk
            if len(content) > largest:
                raise DataError("parliament_too_large", WHERE, megabytes=largest / 1_000_000)
        if self._deadline.is_over:  # an answer without a length just ends where it is cut
            raise DataError("parliament_unreached", WHERE, tries=1)
        return bytes(content)


class _Deadline:
    """Cuts the connection of a client after `seconds`, in whatever part of an exchange it is.

    The library limits each wait for a byte, so a server that sends some now and then holds it.
    """

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self.start, self.cancel = self._timer.start, self._timer.cancel

    def trace(self, event: str, about: Mapping[str, Any]) -> None:
        """Remember each new connection, as the library traces it."""
        stream = about.get("return_value")
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")) and stream is not None:
            self._socket = stream.get_extra_info("socket")
            if self.is_over:
                self._cut()

    def _end(self) -> None:
        self.is_over = True
        self._cut()

    def _cut(self) -> None:
        # Closed only for the other side: a thread that waits for a byte then goes on, and that of
        # a TLS connection does not find its parts taken away.
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _seconds(text: str) -> float | None:
    """How long Retry-After asks to wait, in seconds or until a date; None for anything else."""
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        then = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return (then - dt.datetime.now(dt.UTC)).total_seconds() if then.tzinfo else None
