"""Wireshark's GBCS dissector reads the messages we build as we meant them."""

import shutil
import struct
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.kernel.identity import Eui64
from emulator.testing.judges.judges import require

USER_0 = 147
"""LINKTYPE_USER0, which the preference below hands to the dissector."""
PREFERENCE = 'uat:user_dlts:"User 0 (DLT=147)","gbcs_message","0","","0",""'
GROUPING = "gbcs_message.grouping_header"
FIELDS = (
    f"{GROUPING}.cra_flag",
    f"{GROUPING}.originator_counter",
    f"{GROUPING}.business_originator_id",
    f"{GROUPING}.business_target_id",
    f"{GROUPING}.message_code",
    f"{GROUPING}.supplementary_remote_party_id",
    f"{GROUPING}.supplementary_remote_party_counter",
    "gbcs_message.krp",
    "gbcs_message.mac",
    "_ws.malformed",
)

METER = Eui64(0x00DB1234567890A0)
KEYS = make_pki(1, (METER,)).keys
PROTECTION = Protection(keys=KEYS, agreement=StoredKeyAgreement(KEYS))
SUPPLIER = KEYS.with_role(RemotePartyRole.SUPPLIER)[0]
BROKER = KEYS.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]
NULL_ACCESS = bytes.fromhex("D9 20000001 00 00 00")
NOTIFICATION = b"\x0f"


def dissected(messages: Sequence[Message], folder: Path) -> list[list[str]]:
    """What tshark reads in each message, in the order of `FIELDS`."""
    tshark = shutil.which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")
    capture = folder / "messages.pcap"
    octets = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, USER_0)]
    for number, message in enumerate(messages):
        encoded = message.encode()
        octets.append(struct.pack("<IIII", number, 0, len(encoded), len(encoded)) + encoded)
    capture.write_bytes(b"".join(octets))
    chosen = [word for field in FIELDS for word in ("-e", field)]
    read = subprocess.run(
        [tshark or "", "-r", str(capture), "-o", PREFERENCE, "-T", "fields", *chosen],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split("\t") for line in read.stdout.splitlines()]


def meant(message: Message) -> list[str]:
    """The same, as the message says it."""
    information = message.other_information
    party, counter = information.supplementary_party, information.supplementary_counter
    return [
        f"0x{message.cra:02x}",
        str(message.counter),
        grouped(message.originator),
        grouped(message.recipient),
        f"0x{information.message_code:04x}",
        "" if party is None else grouped(party),
        "" if counter is None else str(counter),
        (message.signature or b"").hex(),
        (message.mac or b"").hex(),
        "",
    ]


def grouped(eui64: Eui64) -> str:
    return eui64.to_bytes(8, "big").hex(":")


def built() -> Iterator[Message]:
    """Messages of every use case: commands, responses and alerts, signed and not."""
    for number, use_case in enumerate(use_cases()):
        information = OtherInformation(use_case.code)
        counter = 2**32 * number + number
        command = Message(Cra.COMMAND, counter, SUPPLIER, METER, b"", information, NULL_ACCESS)
        yield PROTECTION.protect(command, signed=bool(number % 2), maced=True)
        response = replace(command, cra=Cra.RESPONSE, originator=METER, recipient=SUPPLIER)
        yield PROTECTION.protect(response, signed=bool(number % 2), maced=not number % 2)
        alert = replace(response, cra=Cra.ALERT, payload=NOTIFICATION + bytes(1 + number % 300))
        yield PROTECTION.protect(alert, signed=True, maced=False)
        behalf = OtherInformation(use_case.code, SUPPLIER, counter + 7)
        yield PROTECTION.protect(
            replace(command, originator=BROKER, other_information=behalf), signed=True, maced=True
        )


def test_wireshark_reads_code_kind_counter_parties_and_protection(tmp_path: Path) -> None:
    messages = list(built())

    assert dissected(messages, tmp_path) == [meant(each) for each in messages]


def test_wireshark_reads_the_certificate_of_a_party_unknown_to_the_device(tmp_path: Path) -> None:
    credential = KEYS.find(SUPPLIER, KeyUse.KEY_AGREEMENT)
    assert credential is not None
    assert credential.certificate is not None
    information = OtherInformation(0x27, SUPPLIER, 5, certificate=credential.certificate.der)
    command = Message(Cra.COMMAND, 6, BROKER, METER, b"", information, NULL_ACCESS)
    message = PROTECTION.protect(command, signed=False, maced=True)

    assert dissected([message], tmp_path) == [meant(message)]


def test_wireshark_doubts_a_message_with_an_octet_too_few(tmp_path: Path) -> None:
    command = Message(Cra.COMMAND, 6, SUPPLIER, METER, b"", OtherInformation(0x27), NULL_ACCESS)

    (row,) = dissected([replace(command, signature=None)], tmp_path)

    assert row[-1] != ""
