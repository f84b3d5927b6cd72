"""A server that says nothing for as long as a test wants, as on a slow connection."""

from __future__ import annotations

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Silence:
    """Holds back what Streamlit's server says to the pages that `page` opens from now on.

    While `begun` is true; `held` are the messages that wait. Where `kinds` of Streamlit's messages
    are named, only these.
    """

    def __init__(self, page: Page, begun: bool, kinds: tuple[str, ...] = ()) -> None:
        self.begun = begun
        self._kinds = kinds
        self.held: list[bytes] = []
        self._sockets: list[WebSocketRoute] = []
        page.route_web_socket("**/_stcore/stream**", self._connect)

    def end(self) -> None:
        """Let everything come, in its order, and what follows at once."""
        for socket, message in zip(self._sockets, self.held, strict=True):
            socket.send(message)
        self.begun = False
        self.held, self._sockets = [], []

    def _connect(self, socket: WebSocketRoute) -> None:
        def come(message: str | bytes) -> None:
            assert isinstance(message, bytes)  # Streamlit's server says nothing in text
            kind = ForwardMsg.FromString(message).WhichOneof("type")
            if self.begun and (not self._kinds or kind in self._kinds):
                self.held.append(message)
                self._sockets.append(socket)
            else:
                socket.send(message)

        socket.connect_to_server().on_message(come)
