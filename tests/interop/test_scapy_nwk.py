"""Scapy reads our NWK frames as we wrote them, field by field.

Left out, because scapy is wrong there: the multicast control (it has none), the end device
initiator by name (a reserved bit to it), the transmit offset of a beacon (big-endian), commands
from 0x0d on (unknown to it).
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
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress
from emulator.zigbee.mac.primitives import AssociationStatus, CapabilityInformation
from emulator.zigbee.nwk.commands import (
    EndDeviceTimeoutRequest,
    EndDeviceTimeoutResponse,
    KnownCommand,
    Leave,
    LinkStatus,
    LinkStatusEntry,
    NetworkReport,
    NetworkStatus,
    NetworkUpdate,
    RejoinRequest,
    RejoinResponse,
    RouteRecord,
    RouteReply,
    RouteRequest,
    TimeoutStatus,
    encode_command,
)
from emulator.zigbee.nwk.frames import (
    BeaconPayload,
    DiscoverRoute,
    FrameType,
    NwkHeader,
    SourceRoute,
)
from emulator.zigbee.nwk.primitives import NetworkStatusCode
from emulator.zigbee.security.frames import KeyIdentifier, auxiliary_header

READER = Path(__file__).with_name("scapy_nwk.py")
DEVICE, OTHER = Eui64(0x1122334455667788), Eui64(0x0102030405060708)
NETWORK = ExtendedPanId(0xA1A2A3A4A5A6A7A8)
CASES = 60


def read(lines: list[str]) -> list[dict[str, Any]]:
    """What scapy finds in each line, read in a process of its own."""
    require("scapy", find_spec("scapy") is not None, "pip install hanlab[scapy]")
    done = subprocess.run(
        [sys.executable, str(READER)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def drawn_header(drawn: Stream) -> NwkHeader:
    """A header with every field drawn that scapy knows."""
    destination = Eui64(drawn.integer(0, 2**64 - 1)) if drawn.chance(0.5) else None
    source = Eui64(drawn.integer(0, 2**64 - 1)) if drawn.chance(0.5) else None
    relays = tuple(drawn.integer(0, 0xFFF7) for _ in range(drawn.integer(0, 4)))
    return NwkHeader(
        frame_type=drawn.choice((FrameType.DATA, FrameType.COMMAND)),
        protocol_version=2,
        discover_route=drawn.choice(tuple(DiscoverRoute)),
        multicast=False,
        security=True,
        has_source_route=bool(relays),
        has_destination_eui64=destination is not None,
        has_source_eui64=source is not None,
        end_device_initiator=drawn.chance(0.5),
        reserved=0,
        destination=NwkAddress(drawn.integer(0, 0xFFFF)),
        source=NwkAddress(drawn.integer(0, 0xFFF7)),
        radius=drawn.integer(0, 255),
        sequence=drawn.integer(0, 255),
        destination_eui64=destination,
        source_eui64=source,
        source_route=SourceRoute(len(relays), 0, relays) if relays else None,
    )


def as_scapy(header: NwkHeader) -> dict[str, Any]:
    """The header under scapy's names."""
    flags = (
        False,
        header.security,
        header.has_source_route,
        header.has_destination_eui64,
        header.has_source_eui64,
        header.end_device_initiator,
    )
    route = header.source_route
    named: dict[str, Any] = {
        "discover_route": header.discover_route,
        "proto_version": header.protocol_version,
        "frametype": header.frame_type,
        "flags": sum(flag << place for place, flag in enumerate(flags)),
        "destination": header.destination,
        "source": header.source,
        "radius": header.radius,
        "seqnum": header.sequence,
        "ext_dst": header.destination_eui64,
        "ext_src": header.source_eui64,
        "relay_count": None if route is None else route.relay_count,
        "relay_index": None if route is None else route.relay_index,
        "relays": None if route is None else list(route.relays),
    }
    return {name: value for name, value in named.items() if value is not None}


def test_scapy_reads_headers_and_auxiliary_headers() -> None:
    drawn = Stream("scapy reads NWK headers")
    headers = [drawn_header(drawn) for _ in range(CASES)]
    auxiliary = auxiliary_header(
        KeyIdentifier.NETWORK, 0x01020304, source=DEVICE, key_sequence=5
    ).encode()

    answers = read([(header.encode() + auxiliary + bytes(9)).hex() for header in headers])

    for header, found in zip(headers, answers, strict=True):
        assert found["ZigbeeNWK"] == as_scapy(header)
        security = found["ZigbeeSecurityHeader"]
        assert (security["key_type"], security["extended_nonce"]) == (1, 1)
        assert (security["fc"], security["source"]) == (0x01020304, DEVICE)
        assert (security["key_seqnum"], security["data"]) == (5, bytes(9).hex())


COMMANDS: list[tuple[KnownCommand, dict[str, Any]]] = [
    (
        RouteRequest(
            reserved=0,
            many_to_one=1,
            has_destination_eui64=True,
            multicast=False,
            reserved_high=False,
            route_request_id=9,
            destination=NwkAddress(0x1234),
            path_cost=3,
            destination_eui64=DEVICE,
        ),
        {
            "many_to_one": 1,
            "route_request_identifier": 9,
            "destination_address": 0x1234,
            "path_cost": 3,
            "ext_dst": DEVICE,
        },
    ),
    (
        RouteReply(
            reserved=0,
            has_originator_eui64=True,
            has_responder_eui64=True,
            multicast=False,
            reserved_high=False,
            route_request_id=9,
            originator=NwkAddress(0),
            responder=NwkAddress(0x1234),
            path_cost=3,
            originator_eui64=DEVICE,
            responder_eui64=OTHER,
        ),
        {
            "route_request_identifier": 9,
            "originator_address": 0,
            "responder_address": 0x1234,
            "originator_addr": DEVICE,
            "responder_addr": OTHER,
        },
    ),
    (
        NetworkStatus(NetworkStatusCode.ADDRESS_CONFLICT, NwkAddress(0x1234)),
        {"status_code": 13, "destination_address": 0x1234},
    ),
    (
        Leave(rejoin=True, remove_children=True),
        {"rejoin": 1, "request": 0, "remove_children": 1},
    ),
    (RouteRecord((0x1234, 0x5678)), {"rr_relay_count": 2, "rr_relay_list": [0x1234, 0x5678]}),
    (
        RejoinRequest(CapabilityInformation(mains_powered=False, rx_on_when_idle=False)),
        {
            "device_type": 1,
            "power_source": 0,
            "receiver_on_when_idle": 0,
            "allocate_address": 1,
        },
    ),
    (
        RejoinResponse(NwkAddress(0x1234), AssociationStatus.PAN_AT_CAPACITY),
        {"network_address": 0x1234, "rejoin_status": 1},
    ),
    (
        LinkStatus(
            entry_count=1,
            first_frame=True,
            last_frame=False,
            reserved=False,
            entries=(
                LinkStatusEntry(
                    NwkAddress(0x1234),
                    incoming_cost=5,
                    reserved=False,
                    outgoing_cost=2,
                    reserved_high=False,
                ),
            ),
        ),
        {
            "entry_count": 1,
            "first_frame": 1,
            "last_frame": 0,
            "link_status_list": [
                {
                    "neighbor_network_address": 0x1234,
                    "reserved1": 0,
                    "outgoing_cost": 2,
                    "reserved2": 0,
                    "incoming_cost": 5,
                }
            ],
        },
    ),
    (
        NetworkReport(1, 0, NETWORK, bytes.fromhex("3412")),
        {"report_command_identifier": 0, "report_information_count": 1, "epid": NETWORK},
    ),
    (
        NetworkUpdate(1, 0, NETWORK, 7, bytes.fromhex("3412")),
        {"update_command_identifier": 0, "epid": NETWORK, "update_id": 7},
    ),
    (EndDeviceTimeoutRequest(8), {"req_timeout": 8, "ed_conf": 0}),
    (
        EndDeviceTimeoutResponse(
            TimeoutStatus.SUCCESS, keep_alive_by_poll=True, keep_alive_by_request=False
        ),
        {"status": 0, "mac_data_poll_keepalive": 1, "ed_timeout_req_keepalive": 0},
    ),
]


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    header = bytes.fromhex("0900 0000 3412 01 07").hex()
    return read([header + encode_command(command).hex() for command, _ in COMMANDS])


@pytest.mark.parametrize("place", range(len(COMMANDS)))
def test_scapy_reads_the_command(place: int, answers: list[dict[str, Any]]) -> None:
    command, fields = COMMANDS[place]
    found = answers[place]["ZigbeeNWKCommandPayload"]

    assert found["cmd_identifier"] == command.identifier
    assert {name: found.get(name) for name in fields} == fields


def test_scapy_reads_the_beacon_payload() -> None:
    beacon = BeaconPayload(
        protocol_id=0,
        stack_profile=2,
        protocol_version=2,
        reserved=0,
        router_capacity=True,
        depth=3,
        end_device_capacity=False,
        extended_pan_id=NETWORK,
        update_id=9,
    )

    [found] = read([f"beacon {beacon.encode().hex()}"])

    fields = found["ZigBeeBeacon"]
    assert (fields["stack_profile"], fields["nwkc_protocol_version"]) == (2, 2)
    assert (fields["device_depth"], fields["router_capacity"]) == (3, 1)
    assert fields["end_device_capacity"] == 0
    assert (fields["extended_pan_id"], fields["update_id"]) == (NETWORK, 9)
