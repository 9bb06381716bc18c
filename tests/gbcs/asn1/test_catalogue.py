from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.envelope import Cra, Message
from emulator.testing.judges.reference_data import reference_messages


def test_every_kind_is_one_of_the_reference_messages_or_its_counterpart() -> None:
    messages = [Message.decode(each.octets) for each in reference_messages()]
    seen = {(each.other_information.message_code, each.cra) for each in messages}

    unseen = sorted((code, cra.name) for code, cra in ASN1_TYPES if (code, cra) not in seen)

    assert unseen == [(0x0109, "COMMAND")]


def test_messages_that_are_not_listed_are_written_otherwise() -> None:
    for each in reference_messages():
        message = Message.decode(each.octets)
        asn1 = (message.other_information.message_code, message.cra) in ASN1_TYPES
        assert asn1 is (message.payload[:1] not in (b"\xd9", b"\xda", b"\x0f", b"\x01")), each.name


def test_alerts_are_kinds_of_their_own() -> None:
    alerts = {code for code, cra in ASN1_TYPES if cra is Cra.ALERT}

    assert not alerts & {code for code, cra in ASN1_TYPES if cra is not Cra.ALERT}
