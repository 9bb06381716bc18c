import socket
import threading
from dataclasses import replace

from emulator.dcc.service_request import RequestId
from emulator.duis.desk import DuisDesk, Refused
from emulator.duis.document import Bounds
from emulator.gbcs.pki import make_pki, organisation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.lab.serving.reading_process import (
    LENGTH,
    WhatToKnow,
    answer,
    framed,
    read_answer,
    serve,
)
from emulator.testing.scenes.duis_scene import desk, read_registers, signed, signer

KEYS = make_pki(1, ()).keys
SUPPLIER = organisation(RemotePartyRole.SUPPLIER).eui64
REQUEST = read_registers(RequestId(SUPPLIER, SUPPLIER, 1))
OCTETS = signed(REQUEST, signer(KEYS, SUPPLIER))
KNOW = WhatToKnow.of(desk(KEYS).certificates, None, Bounds())


def test_it_says_of_a_document_what_the_desk_of_the_server_says() -> None:
    known = WhatToKnow.heard(KNOW.told()).desk()

    for octets in (OCTETS, OCTETS.replace(b":1<", b":2<"), b"<a/>", b"", b"x" * (5 << 20)):
        assert read_answer(answer(known, octets)) == desk(KEYS).read(octets)


def test_a_fault_of_ours_is_left_to_the_other_side() -> None:
    class Broken:
        def find(self, _serial: int) -> None:
            raise RuntimeError

    broken = replace(desk(KEYS), certificates=Broken())  # type: ignore[arg-type]  # on purpose

    assert read_answer(answer(broken, OCTETS)) is None


def served(near: socket.socket, far: socket.socket, pieces: list[bytes]) -> list[bytes]:
    """What comes back until the end."""
    thread = threading.Thread(target=serve, args=(far,))
    thread.start()
    with near:
        near.sendall(b"".join(map(framed, pieces)))
        near.shutdown(socket.SHUT_WR)
        came = near.makefile("rb").read()
    thread.join(10)
    answers = []
    while came:
        end = LENGTH.size + LENGTH.unpack_from(came)[0]
        answers.append(came[LENGTH.size : end])
        came = came[end:]
    return answers


def test_documents_are_answered_in_turn_until_the_other_side_closes() -> None:
    ready, *read = served(*socket.socketpair(), [KNOW.told(), OCTETS, b"<a/>"])

    assert ready == b""
    assert read_answer(read[0]) == REQUEST
    assert isinstance(read_answer(read[1]), Refused)


def test_it_ends_when_it_is_told_nothing() -> None:
    assert served(*socket.socketpair(), []) == []
    assert isinstance(KNOW.desk(), DuisDesk)
