import urllib.request

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.serving.doors import Door, Doors, check_bind, listen


def application(text: str) -> Starlette:
    async def answer(_request: Request) -> PlainTextResponse:
        return PlainTextResponse(text)

    return Starlette(routes=[Route("/", answer)])


def test_each_application_is_served_on_its_own_port_until_the_end() -> None:
    listeners = [listen("127.0.0.1", 0, "--port") for _ in range(2)]
    ports = [each.getsockname()[1] for each in listeners]
    doors = Doors(Door(application(str(n)), each) for n, each in enumerate(listeners))

    said = [urllib.request.urlopen(f"http://127.0.0.1:{port}/").read() for port in ports]
    doors.close()

    assert said == [b"0", b"1"]


def test_a_port_in_use_is_told() -> None:
    with (
        listen("127.0.0.1", 0, "--port") as one,
        pytest.raises(EnvironmentFault, match="in use"),
    ):
        listen("127.0.0.1", one.getsockname()[1], "--port")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.1.2.3"])
def test_loopback_is_always_allowed(address: str) -> None:
    check_bind(address, knows=False)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "localhost", ""])  # noqa: S104 - refused
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(UsageError):
        check_bind(address, knows=False)


def test_who_knows_may_listen_elsewhere() -> None:
    check_bind("192.0.2.1", knows=True)
