"""The scene asks a meter as a supplier would."""

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import decode_payload
from emulator.testing.scenes.gbz_scene import (
    PROXY,
    answers,
    attribute,
    command,
    component,
    filled,
    marked,
    meter,
    read,
    reference_pairs,
    statuses,
)
from emulator.zcl.payloads.calendar import PublishSeasons, Season
from emulator.zcl.payloads.device_management import UpdateSiteID
from emulator.zcl.payloads.metering import PublishSnapshot

SITE = component(0x0708, filled(UpdateSiteID, site_id=b"1"), 3, since=9)


def test_a_value_is_filled_with_nothing() -> None:
    assert filled(Season).encode() == bytes(5)
    assert filled(PublishSeasons).seasons == ()
    assert filled(PublishSnapshot, snapshot_id=4).snapshot_id == 4


def test_a_component_knows_its_command() -> None:
    assert (SITE.header.encode(), SITE.from_date_time) == (bytes.fromhex("09 03 03"), 9)
    assert read(0x0702, 0x0307).encode() == bytes.fromhex("00 0702 0005 00 00 00 0703")


def test_a_command_is_a_message_of_the_same_payload() -> None:
    asked = command([SITE])

    assert decode_payload(asked.message) == asked.payload
    assert asked.encrypt(b"1") == marked(b"1")


def test_a_meter_is_asked_and_answers() -> None:
    executor = meter({(0x0702, 0x0307): b"0"})

    assert attribute(executor, 0x0702, 0x0307) == b"0"
    assert statuses(executor, SITE) == [(0x03, 0)]
    assert attribute(executor, 0x0702, 0x0307) == b"1"
    assert attribute(executor, 0x0702, 0x7777) is None
    assert len(answers(executor, command([SITE, SITE]))) == 2


def test_reference_pairs_come_with_their_plain_answers() -> None:
    pairs = reference_pairs()
    sensitive = [each for each in pairs if each.plain.encode() != each.answer.payload]

    assert (len(pairs), len(sensitive)) == (144, 28)
    assert any(each.message.recipient == PROXY for each in pairs)
    for each in sensitive:
        payload = decode_payload(each.answer)
        assert isinstance(payload, GbzPayload)
        blocks = [component_.payload for component_ in payload.components if component_.encrypted]
        plain = [component_.payload for component_ in each.plain.components if component_.encrypted]
        assert list(map(each.encrypt, plain)) == blocks
