"""Scapy reads our APS frames as we wrote them, field by field.

Left out, because scapy is wrong there: a Switch-Key built by scapy (it writes eight octets), and
the security level, which is zero on the air and makes scapy leave the MIC in the data.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.testing.judges.judges import require
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId
from emulator.zigbee.aps.commands import (
    Command,
    ConfirmKey,
    RemoveDevice,
    RequestKey,
    RequestKeyType,
    SwitchKey,
    TransportKey,
    Tunnel,
    UpdateDevice,
    VerifyKey,
    encode_command,
)
from emulator.zigbee.aps.frames import (
    ApsHeader,
    DeliveryMode,
    FrameType,
    acknowledgement_of,
    fragment_header,
)
from emulator.zigbee.aps.primitives import TransportKeyType, UpdateDeviceStatus
from emulator.zigbee.security.frames import KeyIdentifier, auxiliary_header

READER = Path(__file__).with_name("scapy_aps.py")
CASES = 50


def read(frames: list[bytes]) -> list[dict[str, Any]]:
    """What scapy finds in each frame, read in a process of its own."""
    require("scapy", find_spec("scapy") is not None, "pip install hanlab[scapy]")
    done = subprocess.run(
        [sys.executable, str(READER)],
        input="".join(f"{frame.hex()}\n" for frame in frames),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def data_header(drawn: Stream) -> ApsHeader:
    """A data header with every field drawn."""
    mode = drawn.choice((DeliveryMode.UNICAST, DeliveryMode.BROADCAST, DeliveryMode.GROUP))
    group = mode is DeliveryMode.GROUP
    fragment = None if group or drawn.chance(0.5) else fragment_header(drawn.integer(0, 9), 10)
    return ApsHeader(
        FrameType.DATA,
        mode,
        ack_format=False,
        security=False,
        ack_request=drawn.chance(0.5),
        extended=fragment is not None,
        destination_endpoint=None if group else Endpoint(drawn.integer(0, 255)),
        group=drawn.integer(0, 0xFFFF) if group else None,
        cluster=ClusterId(drawn.integer(0, 0xFFFF)),
        profile=ProfileId(drawn.integer(0, 0xFFFF)),
        source_endpoint=Endpoint(drawn.integer(0, 255)),
        counter=drawn.integer(0, 255),
        fragment=fragment,
    )


def as_scapy(header: ApsHeader) -> dict[str, int]:
    """The header under scapy's names."""
    flags = header.ack_format, header.security, header.ack_request, header.extended
    blocks = header.fragment or header.acknowledged
    named = {
        "frame_control": sum(flag << place for place, flag in enumerate(flags)),
        "delivery_mode": header.delivery_mode,
        "aps_frametype": header.frame_type,
        "dst_endpoint": header.destination_endpoint,
        "group_addr": header.group,
        "cluster": header.cluster,
        "profile": header.profile,
        "src_endpoint": header.source_endpoint,
        "counter": header.counter,
        "fragmentation": None if blocks is None else blocks.fragmentation,
        "block_number": None if blocks is None else blocks.block,
        "ack_bitfield": None if header.acknowledged is None else header.acknowledged.bitfield,
    }
    return {name: int(value) for name, value in named.items() if value is not None}


def test_scapy_reads_data_headers_and_their_acknowledgements() -> None:
    drawn = Stream("scapy reads APS data")
    headers = [data_header(drawn) for _ in range(CASES)]
    headers += [
        acknowledgement_of(header, secured=False)
        for header in headers
        if header.delivery_mode is not DeliveryMode.GROUP
    ]

    found = read([header.encode() + b"\x01\x02" for header in headers])

    for header, fields in zip(headers, found, strict=True):
        assert fields.pop("payload") in ("0102", "")
        assert fields == as_scapy(header)


DEVICE, SOURCE, KEY = Eui64(0x1122334455667788), Eui64(0x0102030405060708), bytes(range(16))
COMMANDS: list[tuple[Command, dict[str, int | str]]] = [
    (
        TransportKey(TransportKeyType.STANDARD_NETWORK_KEY, KEY, 9, DEVICE, SOURCE),
        {"key_type": 1, "key_seqnum": 9, "dest_addr": DEVICE, "src_addr": SOURCE},
    ),
    (
        TransportKey(TransportKeyType.APPLICATION_LINK_KEY, KEY, partner=DEVICE, initiator=1),
        {"key_type": 3, "partner_addr": DEVICE, "initiator_flag": 1},
    ),
    (
        TransportKey(
            TransportKeyType.TRUST_CENTRE_LINK_KEY, KEY, destination=DEVICE, source=SOURCE
        ),
        {"key_type": 4, "dest_addr": DEVICE, "src_addr": SOURCE},
    ),
    (
        UpdateDevice(DEVICE, NwkAddress(0x3F1C), UpdateDeviceStatus.DEVICE_LEFT),
        {"address": DEVICE, "short_address": 0x3F1C, "update_status": 2},
    ),
    (RemoveDevice(DEVICE), {"address": DEVICE}),
    (
        RequestKey(RequestKeyType.APPLICATION_LINK_KEY, DEVICE),
        {"key_type": 2, "partner_addr": DEVICE},
    ),
    (SwitchKey(7), {"seqnum": "07"}),
    (
        VerifyKey(TransportKeyType.TRUST_CENTRE_LINK_KEY, SOURCE, KEY),
        {"key_type": 4, "address": SOURCE, "key_hash": KEY.hex()},
    ),
    (
        ConfirmKey(0xAD, TransportKeyType.TRUST_CENTRE_LINK_KEY, DEVICE),
        {"status": 0xAD, "key_type": 4, "address": DEVICE},
    ),
]


def command_header(*, security: bool) -> ApsHeader:
    return ApsHeader(
        FrameType.COMMAND,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=security,
        ack_request=False,
        extended=False,
        counter=0x55,
    )


def test_scapy_reads_every_command() -> None:
    header = command_header(security=False).encode()

    answers = read([header + encode_command(command) for command, _ in COMMANDS])

    for (command, fields), found in zip(COMMANDS, answers, strict=True):
        assert found["cmd_identifier"] == command.identifier
        assert {name: found[name] for name in fields} == fields
        assert found["payload"] == ""


def test_scapy_finds_the_tunnelled_frame() -> None:
    inner = command_header(security=True).encode() + b"\xaa\xbb"
    frame = command_header(security=False).encode() + encode_command(Tunnel(DEVICE, inner))

    [found] = read([frame])

    assert (found["cmd_identifier"], found["dest_addr"]) == (14, DEVICE)
    assert found["payload"] == "aabb"


@pytest.mark.parametrize(
    ("identifier", "source"), [(KeyIdentifier.DATA, None), (KeyIdentifier.KEY_TRANSPORT, SOURCE)]
)
def test_scapy_reads_the_auxiliary_header(identifier: KeyIdentifier, source: Eui64 | None) -> None:
    auxiliary = auxiliary_header(identifier, 0x01020304, source=source)
    frame = command_header(security=True).encode() + auxiliary.encode() + bytes(12)

    [found] = read([frame])

    assert (found["key_type"], found["fc"]) == (identifier, 0x01020304)
    assert (found["extended_nonce"], found.get("source")) == (source is not None, source)
    assert found["data"] == bytes(12).hex()
