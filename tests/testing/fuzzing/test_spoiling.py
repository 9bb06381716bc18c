"""Spoilt commands differ from good ones in what they say."""

from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Message
from emulator.testing.fuzzing.spoiling import Spoiling, spoilt
from emulator.testing.scenes.gfi_scene import command, maker

CRITICAL = 0x001A
READ = 0x0027


def bare(code: int) -> Message:
    return replace(command(9, code), signature=b"", mac=None)


@pytest.mark.parametrize("how", Spoiling)
def test_each_way_gives_other_octets_than_the_good_command(how: Spoiling) -> None:
    good = maker().protected(bare(CRITICAL)).encode()

    assert spoilt(maker(), bare(CRITICAL), how) not in (good, None)


def test_without_a_signature_there_is_none_to_spoil() -> None:
    assert spoilt(maker(), bare(READ), Spoiling.SIGNATURE) is None


def test_a_wrong_signature_is_all_that_is_wrong() -> None:
    octets = spoilt(maker(), bare(CRITICAL), Spoiling.SIGNATURE)

    assert octets is not None
    message = Message.decode(octets)
    assert message.mac == maker().protection.mac(message)
    assert repr(Spoiling.MAC) == "Spoiling.MAC"
