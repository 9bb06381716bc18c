from itertools import count
from typing import Any

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.smart_energy.mirror.facts import (
    MeterNotified,
    MirrorConfigured,
    MirrorGranted,
    MirrorRefused,
    MirrorRemovedAtHub,
    MirrorReported,
)
from emulator.smart_energy.mirror.primitives import (
    FunctionalFlag,
    MeterReported,
    MirrorChanged,
    NotifyMeter,
)
from emulator.smart_energy.mirror.server import MirrorServer
from emulator.smart_energy.tunnel.primitives import UnlogPartner
from emulator.testing.stack.tunnel_bench import AT_DEVICE, DEVICE, STRANGER, came
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import (
    METERING,
    ConfigureMirror,
    MirrorReportAttributeResponse,
)
from emulator.zcl.data_types import DataType
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute
from emulator.zcl.primitives import (
    AttributeValue,
    ReportAttributesIndication,
    SetAttributeRequest,
    Side,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.zdo.primitives import ActivateEndpointRequest

MANAGER, MIRROR = Endpoint(1), Endpoint(2)
DEFINITION = EndpointDefinition(
    endpoint=MIRROR,
    device_id=DeviceId.METERING_DEVICE,
    servers=(BASIC.id, METERING.id),
    clients=(),
    unlisted_clients=(BASIC.id, METERING.id),
    attributes=(
        ServedAttribute(METERING.id, 0x0000, 0),
        ServedAttribute(METERING.id, 0x0306, 128),
        ServedAttribute(METERING.id, 0x0000, 0, Side.CLIENT),
    ),
    hidden=True,
    judges_reports=True,
)
SUMMATION = AttributeValue(0x0000, DataType.UINT48, 1234)
GAS_METER = AttributeValue(0x0306, DataType.MAP8, 1)
COMPLETE = AttributeValue(0xFFFE, DataType.ENUM8, 1)
PENDING = FunctionalFlag.TUNNEL_MESSAGE_PENDING


class Bench:
    def __init__(self) -> None:
        self.server = MirrorServer(MANAGER, DEFINITION, count(1))

    def tell(self, event: Any) -> list[Any]:
        return list(self.server.handle(event, START))

    def ask(
        self, command: int, payload: bytes, endpoint: Endpoint, source: Eui64 = DEVICE
    ) -> list[Any]:
        event = came(source, METERING.id, command, payload, Side.CLIENT, endpoint=endpoint)
        return self.tell(event)

    def request(self, source: Eui64 = DEVICE) -> list[Any]:
        return self.ask(0x01, b"", MANAGER, source)

    def configure(
        self, issuer: int = 100, scheme: int = 2, source: Eui64 = DEVICE, notifies: bool = True
    ) -> list[Any]:
        wanted = ConfigureMirror(issuer, 1800, notifies, scheme)
        return self.ask(0x08, wanted.encode(), MIRROR, source)

    def report(
        self,
        *values: AttributeValue,
        source: Eui64 = DEVICE,
        cluster: Any = METERING.id,
        quiet: bool = True,
    ) -> list[Any]:
        return self.tell(
            ReportAttributesIndication(
                AT_DEVICE, source, MIRROR, cluster, Side.SERVER, values, 77, quiet
            )
        )


@pytest.fixture
def mirrored() -> Bench:
    """A bench whose meter has the mirror and configured it."""
    bench = Bench()
    bench.request()
    bench.configure()
    return bench


def sent(effects: list[Any]) -> ZclCommandRequest:
    (request,) = (each for each in effects if isinstance(each, ZclCommandRequest))
    return request


def test_meter_that_asks_gets_the_endpoint_which_then_appears() -> None:
    effects = Bench().request()

    assert effects[:2] == [MirrorGranted(DEVICE, 2), ActivateEndpointRequest(MIRROR)]
    assert MirrorChanged(DEVICE, MIRROR) in effects
    answer = sent(effects)
    assert (answer.command, answer.payload) == (0x01, bytes.fromhex("0200"))
    assert answer.sequence == 1


def test_same_meter_gets_its_mirror_again_and_keeps_its_settings(mirrored: Bench) -> None:
    effects = mirrored.request()

    assert [type(each) for each in effects] == [ZclCommandRequest]
    assert sent(effects).payload == bytes.fromhex("0200")
    assert mirrored.server.mirrored is not None
    assert mirrored.server.mirrored.scheme == 2


def test_another_meter_gets_none_while_there_is_one(mirrored: Bench) -> None:
    effects = mirrored.request(STRANGER)

    assert isinstance(effects[0], MirrorRefused)
    assert sent(effects).payload == bytes.fromhex("FFFF")


def test_configuration_is_taken_from_the_meter_alone(mirrored: Bench) -> None:
    assert sent(mirrored.configure(200, source=STRANGER)).payload == bytes.fromhex("08 7E")
    assert sent(mirrored.configure(200, scheme=3)).payload == bytes.fromhex("08 85")
    assert sent(Bench().configure()).payload == bytes.fromhex("08 7E")


def test_settings_are_kept_only_for_a_later_issuer_event(mirrored: Bench) -> None:
    older = mirrored.configure(100, scheme=1)
    newer = mirrored.configure(101, scheme=1)

    assert sent(older).payload == sent(newer).payload == bytes.fromhex("08 00")
    assert not any(isinstance(each, MirrorConfigured) for each in older)
    assert newer[0] == MirrorConfigured(DEVICE, 1, 1800)


def test_reported_values_are_mirrored_and_the_device_type_is_that_of_a_mirror(
    mirrored: Bench,
) -> None:
    effects = mirrored.report(SUMMATION, GAS_METER)

    assert effects == [
        SetAttributeRequest(MIRROR, METERING.id, Side.SERVER, 0x0000, 1234),
        SetAttributeRequest(MIRROR, METERING.id, Side.SERVER, 0x0306, 128),
        MirrorReported(DEVICE, METERING.id, 2),
    ]


@pytest.mark.parametrize(
    "value",
    [
        AttributeValue(0x0000, DataType.UINT8, 1),  # of another type
        AttributeValue(0x0200, DataType.MAP8, 1),  # which this mirror does not have
        AttributeValue(0x7777, DataType.MAP8, 1),  # which no meter has
    ],
)
def test_value_that_the_mirror_cannot_hold_is_passed_over(
    mirrored: Bench, value: AttributeValue
) -> None:
    assert mirrored.report(value) == [MirrorReported(DEVICE, METERING.id, 0)]


def test_report_of_another_device_is_not_authorized(mirrored: Bench) -> None:
    effects = mirrored.report(SUMMATION, COMPLETE, source=STRANGER)

    assert effects[0] == MirrorRefused(STRANGER, "NOT_AUTHORIZED")
    refusal = sent(effects)
    assert (refusal.payload, refusal.general) == (bytes.fromhex("0A 7E"), True)
    assert refusal.sequence == 77
    assert len(effects) == 2


def test_report_is_answered_with_success_where_that_is_wanted(mirrored: Bench) -> None:
    effects = mirrored.report(SUMMATION, quiet=False)

    assert sent(effects).payload == bytes.fromhex("0A 00")


def test_complete_report_is_answered_with_what_waits(mirrored: Bench) -> None:
    mirrored.tell(NotifyMeter(DEVICE, PENDING, pending=True))

    effects = mirrored.report(COMPLETE)

    flags = (1 << 21, 0, 0, 0, 0)
    answer = sent(effects)
    assert (answer.command, answer.to_side) == (0x09, Side.SERVER)
    assert MirrorReportAttributeResponse.decode(answer.payload).flags == flags
    assert effects[-1] == MeterReported(DEVICE)
    assert MeterNotified(DEVICE, flags) in effects


def test_status_of_another_cluster_completes_nothing(mirrored: Bench) -> None:
    effects = mirrored.report(COMPLETE, cluster=BASIC.id)

    assert effects == [MirrorReported(DEVICE, BASIC.id, 0)]


@pytest.mark.parametrize(("scheme", "words"), [(1, 1), (2, 5)])
def test_scheme_says_how_many_words_of_flags_there_are(scheme: int, words: int) -> None:
    bench = Bench()
    bench.request()
    bench.configure(scheme=scheme)

    answer = sent(bench.report(COMPLETE))

    assert len(MirrorReportAttributeResponse.decode(answer.payload).flags) == words


@pytest.mark.parametrize(("scheme", "notifies"), [(0, True), (2, False)])
def test_meter_that_wants_no_notifications_gets_none(scheme: int, notifies: bool) -> None:
    bench = Bench()
    bench.request()
    bench.configure(scheme=scheme, notifies=notifies)

    assert bench.report(COMPLETE)[-1] == MeterReported(DEVICE)
    assert not any(isinstance(each, ZclCommandRequest) for each in bench.report(COMPLETE))


def test_flag_is_an_attribute_of_the_mirror_and_changes_when_it_changes(mirrored: Bench) -> None:
    attribute = (MIRROR, METERING.id, Side.CLIENT, 0x0000)

    first = mirrored.tell(NotifyMeter(DEVICE, PENDING, pending=True))
    again = mirrored.tell(NotifyMeter(DEVICE, PENDING, pending=True))
    other = mirrored.tell(NotifyMeter(DEVICE, FunctionalFlag.GET_SNAPSHOT, pending=True))
    gone = mirrored.tell(NotifyMeter(DEVICE, PENDING, pending=False))

    assert first == [SetAttributeRequest(*attribute, 1 << 21)]
    assert again == []
    assert other == [SetAttributeRequest(*attribute, 1 << 21 | 1 << 22)]
    assert gone == [SetAttributeRequest(*attribute, 1 << 22)]
    assert mirrored.tell(NotifyMeter(STRANGER, PENDING, pending=True)) == []


def test_mirror_is_removed_by_its_meter_alone(mirrored: Bench) -> None:
    refused = mirrored.ask(0x02, b"", MIRROR, STRANGER)
    removed = mirrored.ask(0x02, b"", MIRROR)

    assert sent(refused).payload == bytes.fromhex("02 7E")
    answer = sent(removed)
    assert (answer.command, answer.payload) == (0x02, bytes.fromhex("0200"))
    assert removed[1:] == [
        ActivateEndpointRequest(MIRROR, active=False),
        MirrorRemovedAtHub(DEVICE),
        MirrorChanged(DEVICE, None),
    ]


def test_meter_that_leaves_the_log_loses_its_mirror_to_the_next(mirrored: Bench) -> None:
    assert mirrored.tell(UnlogPartner(STRANGER)) == []
    assert MirrorChanged(DEVICE, None) in mirrored.tell(UnlogPartner(DEVICE))

    assert MirrorGranted(STRANGER, 2) in mirrored.request(STRANGER)


def test_commands_for_other_endpoints_sides_and_clusters_change_nothing(mirrored: Bench) -> None:
    assert mirrored.ask(0x01, b"", Endpoint(3)) == []
    assert mirrored.ask(0x01, b"", MIRROR) == []
    assert mirrored.tell(came(DEVICE, METERING.id, 1, b"", Side.SERVER, endpoint=MANAGER)) == []
    assert mirrored.tell(came(DEVICE, BASIC.id, 1, b"", Side.CLIENT, endpoint=MANAGER)) == []
    elsewhere = ReportAttributesIndication(
        AT_DEVICE, DEVICE, MANAGER, METERING.id, Side.SERVER, (SUMMATION,)
    )
    assert mirrored.tell(elsewhere) == []


def test_mirror_comes_back_after_a_power_cycle(mirrored: Bench) -> None:
    mirrored.tell(NotifyMeter(DEVICE, PENDING, pending=True))
    after = Bench()

    after.server.restore(mirrored.server.snapshot())
    effects = list(after.server.wake(START))

    assert effects[0] == ActivateEndpointRequest(MIRROR)
    assert SetAttributeRequest(MIRROR, METERING.id, Side.CLIENT, 0, 1 << 21) in effects
    assert effects[-1] == MirrorChanged(DEVICE, MIRROR)
    assert after.server.deadline is None
    assert after.report(SUMMATION)[-1] == MirrorReported(DEVICE, METERING.id, 1)


def test_mirror_wants_to_come_back_at_once(mirrored: Bench) -> None:
    after = Bench()

    after.server.restore(mirrored.server.snapshot())

    assert after.server.deadline == START


def test_without_a_meter_nothing_comes_back() -> None:
    after = Bench()

    after.server.restore(Bench().server.snapshot())

    assert after.server.deadline is None
    assert list(after.server.wake(START)) == []
