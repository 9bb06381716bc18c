"""zigpy reads our ZDP commands as we wrote them, and writes them again octet for octet.

Left out, because zigpy is looser there: BindingRecord with an address mode other than 1 and 3, and
Mgmt_Bind_rsp without success, where zigpy asks for fields that a refusal does not have.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from emulator.kernel.identity import Eui64
from emulator.testing.judges.judges import require
from emulator.testing.stack.zdo_scene import METER, METER_ADDRESS, NEIGHBOUR, ROUTE, description
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.zdo import discovery_frames as discovery
from emulator.zigbee.zdo import management_frames as management
from emulator.zigbee.zdo.commands import REQUESTS, RESPONSES
from emulator.zigbee.zdo.frames import RESPONSE, ZdpStatus

READER = Path(__file__).with_name("zigpy_zdo.py")
OK, GONE = ZdpStatus.SUCCESS, ZdpStatus.DEVICE_NOT_FOUND
CLUSTERS = (ClusterId(0x0700), ClusterId(0x0702))
NODE = description(DeviceType.ROUTER)
SIMPLE = NODE.endpoints[0].simple_descriptor
BINDING = management.BindingRecord(
    METER,
    Endpoint(1),
    ClusterId(0x0702),
    management.BindingAddressMode.EUI64,
    destination=Eui64(0x00DB1234567890A2),
    destination_endpoint=Endpoint(2),
)
GROUP_BINDING = management.BindingRecord(
    METER, Endpoint(1), ClusterId(0x0702), management.BindingAddressMode.GROUP, group=0x1234
)
CHILDREN = (discovery.AssociatedDevices(2, 1, (NwkAddress(0x88D2), NwkAddress(0x1111))),)

SAMPLES: dict[str, tuple[int, Struct]] = {}


def sample(command: Struct, *, response: bool = False) -> None:
    kind = type(command)
    clusters = RESPONSES if response else REQUESTS
    [cluster] = [cluster for cluster, each in clusters.items() if each.__name__ == kind.__name__]
    number = sum(name.startswith(kind.__name__) for name in SAMPLES)
    SAMPLES[f"{kind.__name__}-{number}"] = (cluster | (RESPONSE if response else 0), command)


for request in (
    discovery.NwkAddrReq(METER),
    discovery.NwkAddrReq(METER, discovery.AddressRequestType.EXTENDED, 3),
    discovery.IeeeAddrReq(METER_ADDRESS),
    discovery.NodeDescReq(METER_ADDRESS),
    discovery.PowerDescReq(METER_ADDRESS),
    discovery.SimpleDescReq(METER_ADDRESS, Endpoint(1)),
    discovery.ActiveEpReq(METER_ADDRESS),
    discovery.MatchDescReq(METER_ADDRESS, ProfileId(0x0109), CLUSTERS, ()),
    discovery.MatchDescReq(METER_ADDRESS, ProfileId(0x0109), (), CLUSTERS),
    discovery.DeviceAnnce(METER_ADDRESS, METER, CapabilityInformation()),
    discovery.ParentAnnce(()),
    discovery.ParentAnnce((METER, Eui64(1))),
    management.BindReq(BINDING),
    management.BindReq(GROUP_BINDING),
    management.UnbindReq(BINDING),
    management.MgmtLqiReq(3),
    management.MgmtRtgReq(3),
    management.MgmtBindReq(3),
    management.MgmtLeaveReq(METER, rejoin=True),
    management.MgmtLeaveReq(METER, remove_children=True),
    management.MgmtPermitJoiningReq(254),
    management.MgmtNwkUpdateReq(0x07FFF800, 5, scan_count=2),
    management.MgmtNwkUpdateReq(0x00008000, 0xFE, update_id=3),
    management.MgmtNwkUpdateReq(0x07FFF800, 0xFF, update_id=4, manager=METER_ADDRESS),
):
    sample(request)
for answer in (
    discovery.NwkAddrRsp(OK, METER, METER_ADDRESS),
    discovery.NwkAddrRsp(OK, METER, METER_ADDRESS, CHILDREN),
    discovery.NwkAddrRsp(GONE, METER, METER_ADDRESS),
    discovery.IeeeAddrRsp(OK, METER, METER_ADDRESS),
    discovery.IeeeAddrRsp(OK, METER, METER_ADDRESS, CHILDREN),
    discovery.NodeDescRsp(OK, METER_ADDRESS, NODE.node_descriptor),
    discovery.NodeDescRsp(GONE, METER_ADDRESS),
    discovery.PowerDescRsp(OK, METER_ADDRESS, NODE.power),
    discovery.PowerDescRsp(GONE, METER_ADDRESS),
    discovery.SimpleDescRsp(OK, METER_ADDRESS, len(SIMPLE.encode()), SIMPLE),
    discovery.ActiveEpRsp(OK, METER_ADDRESS, (Endpoint(1), Endpoint(2))),
    discovery.ActiveEpRsp(GONE, METER_ADDRESS),
    discovery.MatchDescRsp(OK, METER_ADDRESS, (Endpoint(1),)),
    discovery.MatchDescRsp(OK, METER_ADDRESS),
    discovery.ParentAnnceRsp(OK, (METER,)),
    management.BindRsp(OK),
    management.UnbindRsp(ZdpStatus.NO_ENTRY),
    management.MgmtLqiRsp(OK, 2, 0, (NEIGHBOUR, NEIGHBOUR)),
    management.MgmtLqiRsp(ZdpStatus.NOT_SUPPORTED),
    management.MgmtRtgRsp(OK, 1, 0, (ROUTE,)),
    management.MgmtRtgRsp(ZdpStatus.NOT_SUPPORTED),
    management.MgmtBindRsp(OK, 2, 0, (BINDING, GROUP_BINDING)),
    management.MgmtLeaveRsp(OK),
    management.MgmtPermitJoiningRsp(OK),
    management.MgmtNwkUpdateNotify(OK, 0x00001800, 40, 11, (17, 203)),
):
    sample(answer, response=True)


def judged(commands: Sequence[tuple[int, Struct]]) -> list[dict[str, object]]:
    """What zigpy makes of each command, in a process of its own."""
    require("zigpy", find_spec("zigpy") is not None, "pip install hanlab[zigpy]")
    rows = [[cluster, command.encode().hex()] for cluster, command in commands]
    done = subprocess.run(
        [sys.executable, str(READER)],
        input=json.dumps(rows),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, object]] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, object]]:
    return dict(zip(SAMPLES, judged(list(SAMPLES.values())), strict=True))


def test_every_command_is_among_the_samples() -> None:
    named = {type(command).__name__ for _, command in SAMPLES.values()}

    assert named == {each.__name__ for each in (*REQUESTS.values(), *RESPONSES.values())}


@pytest.mark.parametrize("name", SAMPLES)
def test_zigpy_writes_a_command_again_as_we_did(
    name: str, answers: dict[str, dict[str, object]]
) -> None:
    assert answers[name]["written"] == SAMPLES[name][1].encode().hex()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("NwkAddrReq-1", {"RequestType": 1, "StartIndex": 3}),
        ("SimpleDescReq-0", {"NWKAddrOfInterest": METER_ADDRESS, "EndPoint": 1}),
        ("MatchDescReq-0", {"ProfileID": 0x0109, "InClusterList": list(CLUSTERS)}),
        ("DeviceAnnce-0", {"NWKAddr": METER_ADDRESS, "Capability": 0x8E}),
        ("MgmtLeaveReq-0", {"Options": 0x80}),
        ("MgmtLeaveReq-1", {"Options": 0x40}),
        ("NwkAddrRsp-1", {"NumAssocDev": 2, "StartIndex": 1}),
        (
            "NodeDescRsp-0",
            {
                "NodeDescriptor.logical_type": 1,
                "NodeDescriptor.frequency_band": 8,
                "NodeDescriptor.mac_capability_flags": 0x8E,
                "NodeDescriptor.maximum_buffer_size": 82,
                "NodeDescriptor.maximum_incoming_transfer_size": 128,
                "NodeDescriptor.server_mask": 22 << 9,
            },
        ),
        (
            "SimpleDescRsp-0",
            {
                "SimpleDescriptor.endpoint": 1,
                "SimpleDescriptor.profile": 0x0109,
                "SimpleDescriptor.device_type": 0x0501,
                "SimpleDescriptor.input_clusters": [0x0800, 0x0702],
            },
        ),
        (
            "PowerDescRsp-0",
            {
                "PowerDescriptor.available_power_sources": 1,
                "PowerDescriptor.current_power_source_level": 12,
            },
        ),
    ],
)
def test_zigpy_finds_the_values_we_meant(
    name: str, fields: dict[str, object], answers: dict[str, dict[str, object]]
) -> None:
    found = answers[name]

    assert {key: found.get(key) for key in fields} == fields
