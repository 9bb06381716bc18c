import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from emulator.lab.workbench.guard import SECURITY_HEADERS, Guard, own_hosts
from tests.lab.workbench.asked import HOST, asked


async def _answer(_request: Request) -> Response:
    return PlainTextResponse("done", headers={"cache-control": "max-age=60"})


GUARDED = Guard(
    Starlette(routes=[Route("/", _answer, methods=["GET", "POST"])]), own_hosts("127.0.0.1", 8080)
)
FOREIGN = [
    {"host": "evil.example:8080"},
    {"host": "127.0.0.1:8081"},
    {"host": ""},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": "https://127.0.0.1:8080"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
]
OWN = [
    {},
    {"host": "localhost:8080"},
    {"host": "LOCALHOST:8080"},
    {"host": "[::1]:8080"},
    {"origin": f"http://{HOST}", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
    {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"},
]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_comes_from_elsewhere_is_refused(headers: dict[str, str], method: str) -> None:
    answer = asked(GUARDED, "/", method=method, headers=headers)

    assert answer.status_code == 403
    assert answer.text.startswith("refused: ")


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_what_comes_from_here_is_answered(headers: dict[str, str]) -> None:
    assert asked(GUARDED, "/", method="POST", headers=headers).text == "done"


def test_a_link_on_another_site_opens_a_page_and_does_nothing_else() -> None:
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}

    assert asked(GUARDED, "/", headers=link).status_code == 200
    assert asked(GUARDED, "/", headers=link, method="POST").status_code == 403


def test_every_answer_says_what_a_browser_is_to_refuse() -> None:
    refused = asked(GUARDED, "/", headers={"host": "x"})
    answered = asked(GUARDED, "/")

    assert {name: refused.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answered.headers["cache-control"] == "max-age=60"
    assert "unsafe-inline" not in answered.headers["content-security-policy"].split(";")[1]


def test_a_server_on_another_address_is_called_by_that() -> None:
    assert "192.0.2.1:80" in own_hosts("192.0.2.1", 80)
    assert "[::2]:80" in own_hosts("::2", 80)
