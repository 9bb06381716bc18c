"""What devices write into their security logs of messages that they refuse (GBCS 16.2)."""

from dataclasses import dataclass, replace

import pytest

from emulator.cosem.server.made_values import number_of, parts_of
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.cosem.device_objects import communications_hub, electricity_meter
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.event_logs import SECURITY_LOG
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GPF, GSME
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.gbcs_device.own_record import OwnRecord
from emulator.gbcs_device.primitives import AlertRequest
from emulator.kernel.units import START
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    NOON,
    STRANGER,
    RemotePartyBench,
    bench_setup,
)

READ_LOG = 0x0008
"""CS02a: every device tells whom it trusts, and no counter guards that."""
NOT_COVERED, UNAUTHORISED, BAD_FORMAT = 0x8F53, 0x8F3E, 0x8F1E


@dataclass(slots=True)
class Logged:
    """A device of a kind with its objects."""

    bench: RemotePartyBench
    executor: DlmsExecutor | GbzExecutor

    @property
    def codes(self) -> list[int]:
        """What stands in its security log."""
        if isinstance(self.executor, GbzExecutor):
            events = self.executor.store.events.events
            return [each.event_id for each in events if each.log_id == 4]
        log = self.executor.look(SECURITY_LOG, NOON)
        return [number_of(parts_of(entry)[1]) for entry in parts_of(log)]


def device(kind: DeviceKind) -> Logged:
    setup = bench_setup(kind)
    executor: DlmsExecutor | GbzExecutor
    if kind is DeviceKind.ESME:
        executor = electricity_meter(DEVICE, setup.clock)
    elif kind is DeviceKind.CHF:
        executor = communications_hub(DEVICE, HubDeviceLog(DEVICE))
    else:
        executor = GbzExecutor(MeterStore(GSME if kind is DeviceKind.GSME else GPF))
    bench = RemotePartyBench(kind, setup, executor)
    gas = isinstance(executor, GbzExecutor)
    bench.machine.fit(PayloadKind.DLMS if gas else PayloadKind.GBZ, bench.recorder)
    return Logged(bench, executor)


KINDS = (DeviceKind.ESME, DeviceKind.GSME, DeviceKind.GPF, DeviceKind.CHF)


@pytest.mark.parametrize("kind", KINDS)
def test_message_of_a_stranger_stands_in_the_security_log(kind: DeviceKind) -> None:
    tested = device(kind)
    bare = tested.bench.bare(READ_LOG, b"\x05\x00")

    tested.bench.send(replace(bare, originator=STRANGER, mac=bytes(12)))

    assert tested.codes == [UNAUTHORISED]


@pytest.mark.parametrize("kind", KINDS)
def test_message_that_is_none_stands_in_the_security_log(kind: DeviceKind) -> None:
    tested = device(kind)
    message = tested.bench.bare(READ_LOG, b"\x05\x00", Role.ACCESS_CONTROL_BROKER)

    tested.bench.send(replace(message, payload=b"\xff" * 3, mac=bytes(12)))

    assert len(tested.codes) == 1
    assert tested.codes[0] in (NOT_COVERED, BAD_FORMAT)


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_mac_stands_in_the_security_log_as_not_covered(kind: DeviceKind) -> None:
    tested = device(kind)
    message = tested.bench.bare(READ_LOG, b"\x05\x00", Role.ACCESS_CONTROL_BROKER)

    tested.bench.send(replace(message, mac=bytes(12)))

    assert tested.codes == [NOT_COVERED]


def test_hub_logs_a_change_of_its_device_log_and_nothing_that_meters_log() -> None:
    tested = device(DeviceKind.CHF)
    record = OwnRecord(DeviceKind.CHF, {PayloadKind.DLMS: tested.executor})

    tested.bench.machine.handle(AlertRequest(0x8F12), START)
    record.note(0x8F1C, NOON)

    assert tested.codes == [0x8F12]


def test_gas_meter_shows_the_version_that_runs() -> None:
    # GBCS GCS38
    tested = device(DeviceKind.GSME)

    assert isinstance(tested.executor, GbzExecutor)
    assert tested.executor.store.attributes.get(0x0702, 0x0206) == bytes.fromhex("00000001")
