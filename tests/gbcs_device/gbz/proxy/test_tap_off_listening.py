"""What the gas proxy function does not listen to."""

from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload, gbz_payload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs_device.gbz.proxy.tap_off import (
    PassedFromMeter,
    PassedToMeter,
)
from emulator.kernel.units import START
from emulator.testing.scenes.gbz_scene import (
    PROXY,
    command,
)
from emulator.testing.scenes.tap_off_scene import (
    GCS01A,
    LATER,
    TOOK_EFFECT,
    Proxy,
    alert,
    reply,
    tariff,
)


def stranger(asked: Message) -> dict[str, Message]:
    """Commands that are not for this meter, or not to be listened to."""
    return {
        "recipient": replace(asked, recipient=PROXY),
        "code": replace(asked, other_information=OtherInformation(0x0087)),
        "kind": replace(asked, cra=Cra.RESPONSE),
    }


@pytest.mark.parametrize("change", ["recipient", "code", "kind"])
def test_other_commands_are_not_listened_to(change: str) -> None:
    proxy = Proxy()
    asked = command([tariff(77)], code=GCS01A)
    proxy.tap.handle(PassedToMeter(stranger(asked.message)[change].encode()), START)
    effects = proxy.tap.handle(PassedFromMeter(proxy.answer(asked).encode()), START)

    assert effects == ()
    assert proxy.standing_charge() == 0


@pytest.mark.parametrize("change", ["originator", "counter", "recipient", "code", "kind"])
def test_an_answer_to_something_else_is_not_listened_to(change: str) -> None:
    proxy = Proxy()
    asked = command([tariff(77)], code=GCS01A)
    proxy.tap.handle(PassedToMeter(asked.message.encode()), START)
    answer = proxy.answer(asked)
    changed = {
        "originator": replace(answer, originator=PROXY),
        "counter": replace(answer, counter=1001),
        "recipient": replace(answer, recipient=PROXY),
        "code": replace(answer, other_information=OtherInformation(0x0071)),
        "kind": replace(answer, cra=Cra.COMMAND),
    }

    assert proxy.tap.handle(PassedFromMeter(changed[change].encode()), START) == ()

    assert proxy.standing_charge() == 0


@pytest.mark.parametrize("octets", [b"", b"\xdf\x09", bytes(40)])
def test_what_is_no_message_is_not_listened_to(octets: bytes) -> None:
    proxy = Proxy()

    assert proxy.tap.handle(PassedToMeter(octets), START) == ()
    assert proxy.tap.handle(PassedFromMeter(octets), START) == ()


def test_payloads_that_cannot_be_read_are_not_listened_to() -> None:
    proxy = Proxy()
    asked = command([tariff(77)], code=GCS01A).message
    broken = replace(asked, payload=asked.payload[:9])
    answer = reply(asked, gbz_payload([tariff(77)]))

    proxy.tap.handle(PassedToMeter(broken.encode()), START)
    first = proxy.tap.handle(PassedFromMeter(answer.encode()), START)
    proxy.tap.handle(PassedToMeter(asked.encode()), START)
    cut = replace(answer, payload=answer.payload[:9])
    second = proxy.tap.handle(PassedFromMeter(cut.encode()), START)

    assert (first, second) == ((), ())


def test_other_alerts_are_not_listened_to() -> None:
    proxy = Proxy()
    plain = GbzPayload(alert=GbzAlert(0x8F30, LATER)).encode()
    message = replace(alert(0x8F66, TOOK_EFFECT), payload=plain)

    assert proxy.tap.handle(PassedFromMeter(message.encode()), START) == ()
