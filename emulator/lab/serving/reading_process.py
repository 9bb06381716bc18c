"""A process that reads documents of DUIS for a server: octets in, what they say out.

It is told at first what it has to know, says that it is ready, and then answers each document in
turn until the other side closes the socket; so it never outlives who started it.
"""

import pickle
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Final, Self

from emulator.duis.certificates import Signer, SigningCertificates
from emulator.duis.desk import DuisDesk, Refused
from emulator.duis.document import Bounds
from emulator.duis.request import DuisRequest
from emulator.duis.schema import Schema
from emulator.gbcs.protection.certificates import Certificate

LENGTH: Final = Struct(">I")
"""Octets of what follows, before each piece in either direction."""
READY: Final = b""
_STDIN: Final = 0


@dataclass(frozen=True, slots=True)
class WhatToKnow:
    """What decides about documents besides themselves.

    Args:
        certificates: under which users sign, in DER.
        schemas: folder with the schemas of DUIS; None for no validation.
        bounds: of what is read.
    """

    certificates: tuple[bytes, ...]
    schemas: Path | None
    bounds: Bounds

    @classmethod
    def of(cls, known: Iterable[Signer], schemas: Path | None, bounds: Bounds) -> Self:
        """What a desk knows that reads in the process of the server."""
        return cls(tuple(each.certificate.der for each in known), schemas, bounds)

    @classmethod
    def heard(cls, octets: bytes) -> Self:
        """As another process told it."""
        known: Self = pickle.loads(octets)  # noqa: S301 - from the process that started this one
        return known

    def told(self) -> bytes:
        """For another process."""
        return pickle.dumps(self)

    def desk(self) -> DuisDesk:
        """A desk that knows it."""
        signers = (Signer(Certificate.decode(each)) for each in self.certificates)
        schema = None if self.schemas is None else Schema(self.schemas)
        return DuisDesk(SigningCertificates(signers), schema, bounds=self.bounds)


def framed(octets: bytes) -> bytes:
    """A piece as it goes through the socket."""
    return LENGTH.pack(len(octets)) + octets


def answer(desk: DuisDesk, octets: bytes) -> bytes:
    """What a document says, for the other side to unpickle; empty when reading it failed.

    A fault of ours is to come up where somebody is told of it: the other side reads it then.
    """
    try:
        return pickle.dumps(desk.read(octets), pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - the next document is to be read all the same
        return b""


def read_answer(octets: bytes) -> DuisRequest | Refused | None:
    """What `answer` says; None when reading failed."""
    if not octets:
        return None
    read: DuisRequest | Refused = pickle.loads(octets)  # noqa: S301 - from a process of our own
    return read


def _piece(read: Callable[[int], bytes]) -> bytes | None:
    """The next piece, None at the end."""
    head = read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    length: int = LENGTH.unpack(head)[0]
    octets = read(length)
    return octets if len(octets) == length else None


def serve(line: socket.socket) -> None:
    """Read documents until the other side closes."""
    with line, line.makefile("rb") as coming:
        told = _piece(coming.read)
        if told is None:
            return
        desk = WhatToKnow.heard(told).desk()
        line.sendall(framed(READY))
        while (octets := _piece(coming.read)) is not None:
            line.sendall(framed(answer(desk, octets)))


def main() -> None:
    """Serve whoever has the other end of the standard input, which is a socket."""
    try:
        serve(socket.socket(fileno=_STDIN))
    except ConnectionError:
        return  # the other side is gone, and with it everybody who waited


if __name__ == "__main__":
    main()
