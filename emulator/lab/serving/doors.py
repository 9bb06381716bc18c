"""Sockets that are listened on before anything starts, and the thread that serves them."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

import uvicorn

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.serving.bounded_heads import BoundedHeads

LOOPBACK: Final = "127.0.0.1"
_WAITING: Final = 512
_GRACE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Door:
    """One application on one port.

    Args:
        application: ASGI.
        listener: open already.
    """

    application: Any
    listener: socket.socket


def check_bind(address: str, *, knows: bool) -> None:
    """Refuse an address that other machines can come to, unless somebody knows what that means.

    Raises:
        UsageError: when it is none, or one of those.
    """
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        raise UsageError(f"--bind {address}: expected an IP address like {LOOPBACK}") from None
    if not loopback and not knows:
        raise UsageError(
            f"--bind {address}: other machines could come to keys and devices of tests; "
            "expected a loopback address, or --i-know beside it"
        )


def listen(address: str, port: int, option: str) -> socket.socket:
    """Listen on a port; 0 for any that is free.

    Raises:
        EnvironmentFault: when it is in use, or not allowed.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(_WAITING)
    except OSError as fault:
        listener.close()
        raise EnvironmentFault(f"{option} {port}: {fault.strerror}") from fault
    return listener


class Doors:
    """A thread that serves applications until it is closed.

    Args:
        doors: each on a port of its own.
    """

    def __init__(self, doors: Iterable[Door]) -> None:
        self._doors = tuple(doors)
        self._servers = tuple(uvicorn.Server(_config(door)) for door in self._doors)
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.should_exit = True
        self._thread.join(_GRACE + 2)
        with ExitStack() as stack:
            for door in self._doors:
                stack.callback(door.listener.close)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        pairs = zip(self._servers, self._doors, strict=True)
        await asyncio.gather(*(each.serve([door.listener]) for each, door in pairs))


def _config(door: Door) -> uvicorn.Config:
    return uvicorn.Config(
        door.application,
        log_config=None,
        access_log=False,
        lifespan="auto",
        http=BoundedHeads,
        log_level="error",  # what is wrong with a request is told to who made it
        ws="none",
        proxy_headers=False,
        timeout_graceful_shutdown=int(_GRACE),
        server_header=False,
    )
