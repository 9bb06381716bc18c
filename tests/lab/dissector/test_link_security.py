from dataclasses import replace

import pytest

from emulator.kernel.identity import Eui64
from emulator.lab.dissector.link_security import (
    DERIVATIONS,
    ORIGINS,
    PROTECTIONS,
    Route,
    Unlocked,
    unlock,
)
from emulator.lab.dissector.part import Part
from emulator.testing.stack.dissector_scene import (
    AGREED_KEY,
    HUB,
    INSTALL_KEY,
    METER,
    aps_header,
    knowledge,
    sealed_aps,
)
from emulator.zigbee.aps.frames import FrameType
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.security.frames import KeyIdentifier

ROUTE = Route(METER.address, HUB.address, METER.eui64, HUB.eui64)
STRANGER = Eui64(0x0123456789ABCDEF)
COMMAND = aps_header(FrameType.COMMAND, secured=True)
AT = len(COMMAND.encode())


def opened(frame: bytes, route: Route = ROUTE) -> Unlocked:
    """What a frame holds that some key opens."""
    unlocked = unlock(frame, AT, route, knowledge())
    assert isinstance(unlocked, Unlocked)
    return unlocked


def refused(frame: bytes, route: Route = ROUTE) -> Part:
    """What is said of a frame that no key opens."""
    part = unlock(frame, AT, route, knowledge())
    assert isinstance(part, Part)
    return part


@pytest.mark.parametrize("identifier", list(DERIVATIONS))
@pytest.mark.parametrize("key", [INSTALL_KEY, AGREED_KEY])
def test_every_link_key_and_key_derived_from_it_opens(
    key: bytes, identifier: KeyIdentifier
) -> None:
    unlocked = opened(sealed_aps(COMMAND, b"hello", key, identifier))

    assert (unlocked.payload, unlocked.protection) == (b"hello", PROTECTIONS[identifier])


def test_the_key_that_opened_is_named_with_its_origin() -> None:
    unlocked = opened(sealed_aps(COMMAND, b"hello", INSTALL_KEY))

    assert unlocked.detail[-1] == "  opened with: test key: gsme install code (preconfigured)"


def test_a_sender_that_nobody_told_is_looked_for_among_all() -> None:
    unlocked = opened(sealed_aps(COMMAND, b"hello"), replace(ROUTE, sender=None))

    assert unlocked.payload == b"hello"


def test_a_sender_that_was_told_wrongly_is_looked_for_among_all() -> None:
    unlocked = opened(sealed_aps(COMMAND, b"hello"), replace(ROUTE, sender=STRANGER))

    assert unlocked.payload == b"hello"


def test_a_frame_under_an_unknown_key_stays_closed() -> None:
    part = refused(sealed_aps(COMMAND, b"hello", b"\xaa" * 16))

    assert (part.label, part.security) == ("encrypted APS frame", ("link key",))
    assert part.detail[-1].startswith("  encrypted: ")


def test_a_frame_that_names_the_network_key_stays_closed() -> None:
    frame = COMMAND.encode() + bytes.fromhex(
        "08"  # key identifier 1, network key
        "05000000 00"  # frame counter, key sequence number
        "aabbccdd"  # MIC
    )

    assert refused(frame).security == ("network key",)


def test_a_security_header_that_is_cut_off_is_undecodable() -> None:
    assert refused(COMMAND.encode() + b"\x00").label == "undecodable APS security header"


def test_every_key_identifier_and_origin_has_words() -> None:
    assert set(PROTECTIONS) == set(KeyIdentifier)
    assert set(ORIGINS) == set(KeyOrigin)
