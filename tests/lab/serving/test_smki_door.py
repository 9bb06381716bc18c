import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from emulator.duis.smki import SmkiRepository
from emulator.lab.serving.smki_door import smki_application


def asked(application: Starlette, path: str, octets: bytes, method: str = "POST") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url="http://hanlab") as client:
            return await client.request(method, path, content=octets)

    return asyncio.run(ask())


@pytest.mark.parametrize("path", ["/services/certificatesearch", "/services/retrievecertificate"])
def test_the_repository_is_asked_over_http(path: str) -> None:
    smki = smki_application(SmkiRepository(()), b"", 1000)

    assert asked(smki, f"{path}?apikey=x", b"<a/>").status_code == 401
    assert asked(smki, path, b" " * 1001).status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_key_archive_is_downloaded(method: str) -> None:
    smki = smki_application(SmkiRepository(()), b"PK", 1000)

    answer = asked(smki, "/assets/crypto/org-crypto.zip", b"", method)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-length"] == "2"
