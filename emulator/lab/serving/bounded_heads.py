"""HTTP whose heads are bounded: a line and headers that never end are no request (RFC 9112 2.2).

The parser keeps a head until it is whole, however long it becomes. Bodies are bounded by whoever
reads them.
"""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD: Final = 64 << 10
"""Octets, as other servers take at most."""


class BoundedHeads(HttpToolsProtocol):
    """A connection of uvicorn that is closed when a head becomes too long."""

    _head: int | None = None
    """Octets that came since a head began; None while there is none."""

    _ended = False
    """Whether a request before ended in the octets that are read."""

    def data_received(self, data: bytes) -> None:
        """Octets of a client."""
        so_far, self._ended = self._head or 0, False
        super().data_received(data)
        if self._head is None or self.transport.is_closing():
            return
        self._head = 0 if self._ended else so_far + len(data)
        if self._head > LARGEST_HEAD:
            self.send_400_response(f"at most {LARGEST_HEAD} octets of headers")

    def on_message_complete(self) -> None:
        """A request is whole; what follows is of the next one."""
        self._ended = True
        super().on_message_complete()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A head is whole."""
        self._head = None
        super().on_headers_complete()
