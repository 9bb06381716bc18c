import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.serving.posting import Delivery, DeliverySettings, response_address

QUICK = DeliverySettings(timeout=2.0, attempts=3, first_pause=0.01)


class Client:
    """Takes documents; answers as it is told, 204 afterwards."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answers: list[int] = []
        self.arrived = threading.Semaphore(0)
        client = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                client.taken.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(client.answers.pop(0) if client.answers else 204)
                self.end_headers()
                client.arrived.release()

            def log_message(self, *_words: object) -> None:
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/smartdcc/duis?a=1"


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_documents_arrive_in_order(client: Client) -> None:
    delivery = Delivery(response_address(client.url), lambda _: None, QUICK)

    for each in (b"1", b"2", b"3"):
        delivery.post(each)

    assert all(client.arrived.acquire(timeout=5) for _ in range(3))
    delivery.close()
    assert client.taken == [b"1", b"2", b"3"]


def test_what_was_not_taken_is_brought_again(client: Client) -> None:
    client.answers = [500, 503]
    delivery = Delivery(response_address(client.url), lambda _: None, QUICK)

    delivery.post(b"1")

    assert all(client.arrived.acquire(timeout=5) for _ in range(3))
    delivery.close()
    assert client.taken == [b"1"] * 3


def test_what_nobody_takes_is_told() -> None:
    told, heard = [], threading.Event()

    def say(text: str) -> None:
        told.append(text)
        heard.set()

    delivery = Delivery(response_address("http://127.0.0.1:9/"), say, QUICK)
    delivery.post(b"1")

    assert heard.wait(10)
    delivery.close()
    assert "could not be delivered" in told[0]


def test_what_does_not_fit_the_queue_is_dropped_and_told(client: Client) -> None:
    told: list[str] = []
    settings = DeliverySettings(waiting=1, attempts=1)
    delivery = Delivery(response_address(client.url), told.append, settings)

    for _ in range(2000):
        delivery.post(b"1")

    delivery.close()
    assert told


@pytest.mark.parametrize("text", ["", "ftp://a/", "http://", "http://a:x/", "http://a:0/"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        response_address(text)
