"""Many requests brought to `hanlab serve` at the same moment, and what becomes of each.

Everybody who asks waits for the acknowledgement of one request; what devices answer arrives at an
address of its own.
"""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

from emulator.dcc.service_request import RequestId
from emulator.gbcs.pki import make_pki
from emulator.kernel.identity import parse_eui64
from emulator.lab.world.parties import ORGANISATIONS, SUPPLIER
from emulator.lab.world.remote_side import PKI_SEED
from emulator.testing.scenes.duis_scene import read_registers, signed, signer
from emulator.testing.served.http_visitor import (
    HttpAnswer,
    HttpVisitor,
    ask_at_once,
    http_post,
)
from emulator.testing.served.served_dcc import ServedDcc

_FIRST: Final = 5_000
_PATIENCE: Final = 120.0
"""Seconds; more than any machine that does other work besides may need."""
_REQUEST_ID: Final = re.compile(rb"<sr:RequestID>([^<]+)<")
_CODE: Final = re.compile(rb"<sr:ResponseCode>([^<]+)<")


class Inbox:
    """Takes what is POSTed.

    Args:
        port: where it listens.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self.documents: list[bytes] = []

    def codes(self) -> dict[str, list[str]]:
        """The response codes by the request that they answer; alerts answer none."""
        found: dict[str, list[str]] = {}
        for octets in tuple(self.documents):
            named, code = _REQUEST_ID.search(octets), _CODE.search(octets)
            if named is not None and code is not None:
                found.setdefault(named[1].decode(), []).append(code[1].decode())
        return found

    def wait(self, count: int) -> None:
        """Wait until so many requests are answered, or nobody can hope for it any more."""
        until = time.monotonic() + _PATIENCE
        while len(self.codes()) < count and time.monotonic() < until:
            time.sleep(0.1)


@contextmanager
def inbox() -> Iterator[Inbox]:
    """An address that responses are POSTed to, until the block ends."""
    held: list[Inbox] = []

    class Handler(BaseHTTPRequestHandler):
        """Takes every document."""

        def do_POST(self) -> None:
            """Take one."""
            held[0].documents.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.append(Inbox(server.server_port))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield held[0]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def reads(served: ServedDcc, count: int) -> dict[str, bytes]:
    """So many signed requests 4.1.1 by their names, to every electricity meter in turn."""
    events = (each for each in served.events if each["event"] == "device")
    meters = [parse_eui64(str(each["eui64"])) for each in events if "ESME" in str(each["name"])]
    by = signer(make_pki(PKI_SEED, (), ORGANISATIONS).keys, SUPPLIER)
    names = [
        RequestId(SUPPLIER, meters[number % len(meters)], _FIRST + number)
        for number in range(count)
    ]
    return {str(name): signed(read_registers(name), by) for name in names}


def burst(url: str, documents: Sequence[bytes]) -> list[tuple[float, str]]:
    """Bring all documents at once; for each the seconds until it was answered, and the code.

    Connections stand open and requests are written out beforehand, as with clients that keep
    theirs. The time of a request goes from its first octet until its whole answer was read.
    """
    place = urlsplit(url)
    requests = [http_post(f"{place.path}/api/v1/serviceS", octets) for octets in documents]
    with ExitStack() as stack:
        host, port = place.hostname or "", place.port or 80
        visitors = [stack.enter_context(HttpVisitor(host, port)) for _ in documents]
        taken = ask_at_once(visitors, requests, _PATIENCE)
    return [(seconds, _code(answer)) for seconds, answer in taken]


def _code(answer: HttpAnswer) -> str:
    found = _CODE.search(answer.body)
    return str(answer.status) if found is None else found[1].decode()
