"""An ASGI application asked without a network, for the tests beside this."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx

HOST = "127.0.0.1:8080"


def asked(
    application: Any,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: str = "",
) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            return await client.request(method, path, headers=headers, content=content)

    return asyncio.run(ask())
