"""Client packages that Smart DCC published for DCC Boxed drive our premises."""

import socket
from collections.abc import Iterator

import pytest

from emulator.testing.judges.dcc_client import dcc_client_folder, key_store, run_dcc_client
from emulator.testing.served.served_dcc import ServedDcc, served_dcc

ESME = "00-DB-12-34-56-78-90-A0"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def listen() -> int:
    return free_port()


@pytest.fixture(scope="module")
def served(listen: int) -> Iterator[ServedDcc]:
    keys = key_store(dcc_client_folder())
    url = f"http://127.0.0.1:{listen}/"
    with served_dcc(("--key-store", str(keys), "--response-url", url)) as made:
        yield made


@pytest.mark.parametrize("srv", ["4.1.1", "11.2"])
def test_it_signs_sends_is_answered_and_finds_the_certificate(
    served: ServedDcc, listen: int, srv: str
) -> None:
    smki = served.url("smki").removeprefix("http://")

    run = run_dcc_client(ESME, duis=served.url("duis"), smki=f"{smki}/", listen=listen, srv=srv)

    assert run.status == 0, run.told
    assert run.told["acknowledgement"] == "I99"
    assert run.told["response"] == "I0"
    assert run.told["certificates"] == 1


@pytest.mark.slow
def test_a_device_that_nobody_knows_is_refused(served: ServedDcc, listen: int) -> None:
    smki = served.url("smki").removeprefix("http://")

    run = run_dcc_client(
        "00-DB-12-34-56-78-FF-FF", duis=served.url("duis"), smki=smki, listen=listen, srv="4.1.1"
    )

    assert run.status == 1
    assert "no asynchronous response" in str(run.told["error"])
