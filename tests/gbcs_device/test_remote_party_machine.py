"""A device in conversation: effects, dates, blocks, power."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult, Outcome
from emulator.dlms.data import octet_string
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.block_exchange import BlockExchange, Incoming, Outgoing
from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Command, Deferred, Executed, InjectedFault
from emulator.gbcs_device.facts import (
    AlertSent,
    AnswerNotSent,
    BlocksAbandoned,
    CommandExecuted,
    CommandRefused,
    WaitingCarriedOut,
)
from emulator.gbcs_device.future_dated import (
    CosemItem,
    ExecutionFailed,
    ExecutionSuperseded,
    FutureDated,
)
from emulator.gbcs_device.primitives import (
    AlertRequest,
    ClockSet,
    HubTimeCompared,
    MessageIndication,
    MessageRequest,
    MeterSet,
)
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.errors import LocalError
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Trace
from emulator.kernel.units import START, Calendar, Instant, hours, later, seconds
from emulator.metering.drifting_clock import DriftingClock
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    NOON,
    PARTNER,
    Recorder,
    RemotePartyBench,
    alerts,
    bench_setup,
    responses,
    verdict,
)

SET_CLOCK = 0x007F
WINDOW = SetTimeCommand("20260301110000Z", "20260301130000Z")
RESET_TARIFF_BLOCKS = 0x0062
"""ECS70, a critical DLMS command of suppliers."""
REQUEST = AccessRequest(0x20000001, (), ()).encode()
AT_ONE = later(START, hours(1))


class Encrypter:
    """An executor that has nothing but sensitive data."""

    def execute(self, command: Command) -> Executed:
        command.encrypt(b"")
        return Executed(None)


class Doer:
    """An executor that gives what it was told to give."""

    def __init__(self, executed: Executed) -> None:
        self.executed = executed
        self.commands: list[Command] = []

    def execute(self, command: Command) -> Executed:
        self.commands.append(command)
        return self.executed


def meter(executed: Executed) -> tuple[RemotePartyBench, Doer]:
    doer = Doer(executed)
    return RemotePartyBench(DeviceKind.ESME, executor=doer), doer


def dlms_command(bench: RemotePartyBench) -> Message:
    return bench.protected(bench.bare(RESET_TARIFF_BLOCKS, REQUEST))


def test_an_executor_hears_of_the_command_what_it_needs() -> None:
    bench, doer = meter(Executed(None))
    bench.machine.clock.be_ahead(timedelta(minutes=3))
    bench.machine.inject(InjectedFault(2, 1))

    bench.send(dlms_command(bench))
    bench.send(dlms_command(bench))

    first, second = doer.commands
    assert first.sender is Role.SUPPLIER
    assert first.use_case.code == RESET_TARIFF_BLOCKS
    assert first.moment == NOON + timedelta(minutes=3)
    assert (first.faults, second.faults) == ((InjectedFault(2, 1),), ())


def test_another_executor_takes_the_place_of_one() -> None:
    bench, doer = meter(Executed(None))
    other = Recorder()

    bench.machine.fit(PayloadKind.DLMS, other)
    bench.send(dlms_command(bench))

    assert bench.machine.executors[PayloadKind.DLMS] is other
    assert (len(doer.commands), len(other.commands)) == (0, 1)


def test_effects_go_on_to_other_parts_and_alerts_out() -> None:
    bench, _ = meter(Executed(None, (ClockSet(accepted=True), AlertRequest(0x8145))))

    effects = bench.send(dlms_command(bench))

    assert ClockSet(accepted=True) in effects
    assert len(alerts(effects)) == 1
    assert not any(isinstance(each, AlertRequest) for each in effects)


def test_without_response_nothing_is_answered_but_it_is_told() -> None:
    bench, _ = meter(Executed(None))

    effects = bench.send(dlms_command(bench))

    found = verdict(effects)
    assert isinstance(found, CommandExecuted)
    assert not found.answered
    assert responses(effects) == []


def test_a_device_without_objects_for_a_payload_refuses_it() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)
    machine = RemotePartyMachine(bench_setup(DeviceKind.ESME))

    effects = machine.handle(MessageIndication(dlms_command(bench).encode()), START)

    found = verdict(effects)
    assert isinstance(found, CommandRefused)
    assert "DLMS" in found.reason
    assert machine.identity.anchors.highest_counter(Role.SUPPLIER) == -1


def _waiting(due: datetime, *effects: object, item: CosemItem) -> Executed:
    supplier = min(RemotePartyBench().keys.with_role(Role.SUPPLIER))
    about = FutureDated(RESET_TARIFF_BLOCKS, 1, supplier, item)
    return Executed(None, (), (Deferred(due, lambda _moment: Executed(None, effects), about),))


ITEM = CosemItem(9000, bytes.fromhex("00005E2C0200"), 6)
AT_ONE_OCLOCK = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("effects", "code", "succeeded"),
    [((), "8f66", True), ((ExecutionFailed(),), "8f67", False)],
)
def test_what_waits_is_carried_out_at_its_date_and_told(
    effects: Sequence[object], code: str, succeeded: bool
) -> None:
    bench, _ = meter(_waiting(AT_ONE_OCLOCK, *effects, item=ITEM))
    bench.send(dlms_command(bench))
    assert bench.machine.deadline == AT_ONE

    found = bench.machine.wake(AT_ONE)

    (alert,) = alerts(found)
    assert WaitingCarriedOut(RESET_TARIFF_BLOCKS, 1, succeeded) in found
    assert alert.other_information.message_code == 0x00CC
    assert alert.recipient == bench.party(Role.SUPPLIER)
    assert alert.payload[9:11].hex() == code
    assert list(bench.machine.wake(AT_ONE)) == []


def test_what_was_given_up_is_not_told() -> None:
    bench, _ = meter(_waiting(AT_ONE_OCLOCK, ExecutionSuperseded(), item=ITEM))
    bench.send(dlms_command(bench))

    assert list(bench.machine.wake(AT_ONE)) == []


def test_what_nobody_is_told_of_is_done_all_the_same() -> None:
    done = ClockSet(accepted=True)
    waiting = Deferred(AT_ONE_OCLOCK, lambda _moment: Executed(None, (done,)))
    bench, _ = meter(Executed(None, (), (waiting,)))
    bench.send(dlms_command(bench))

    assert list(bench.machine.wake(AT_ONE)) == [done]


def long_answer(*lengths: int) -> AccessResponse:
    """An answer with octet strings of these lengths."""
    done = Outcome(AccessKind.GET, AccessResult.SUCCESS)
    return AccessResponse(
        0x20000001, tuple(octet_string(bytes(each)) for each in lengths), (done,) * len(lengths)
    )


def test_a_long_response_goes_in_blocks_and_comes_whole() -> None:
    bench, _ = meter(Executed(long_answer(5000)))
    link = BlockExchange()

    pending = list(bench.send(dlms_command(bench)))
    whole = []
    while pending:
        each = pending.pop(0)
        if not isinstance(each, MessageRequest):
            continue
        for answer in link.arrived(each.octets, START):
            if isinstance(answer, Incoming):
                whole.append(Message.decode(answer.octets))
            elif isinstance(answer, Outgoing):
                pending += bench.machine.handle(MessageIndication(answer.octets), START)

    (response,) = whole
    assert len(response.payload) > 5000
    assert bench.protection.verify(response).valid


def test_a_long_command_comes_in_blocks_and_is_executed() -> None:
    bench, doer = meter(Executed(None))
    command = dlms_command(bench)
    link = BlockExchange(whole_message=50, settings=replace(bench_setup().blocks, block_size=60))

    effects = [
        effect
        for each in link.send(command, START)
        if isinstance(each, Outgoing)
        for effect in bench.machine.handle(MessageIndication(each.octets), START)
    ]

    assert len(doer.commands) == 1
    assert isinstance(verdict(effects), CommandExecuted)


def test_a_response_that_nobody_takes_is_given_up() -> None:
    bench, _ = meter(Executed(long_answer(5000)))
    bench.send(dlms_command(bench))
    found: list[object] = []
    while (due := bench.machine.deadline) is not None:
        found += bench.machine.wake(due)

    (failed,) = (each for each in found if isinstance(each, BlocksAbandoned))
    assert (failed.sending, failed.message_code) == (True, RESET_TARIFF_BLOCKS)


def test_data_nobody_can_be_given_is_told() -> None:
    bench = RemotePartyBench(DeviceKind.ESME, executor=Encrypter())
    reader = bench.party(Role.RECOVERY)
    asked = replace(
        bench.bare(0x0034, REQUEST, Role.ACCESS_CONTROL_BROKER),
        other_information=OtherInformation(0x0034, reader, 5),
    )

    effects = bench.send(bench.protected(asked))

    (found,) = effects
    assert isinstance(found, AnswerNotSent)


def test_a_response_too_long_for_any_blocks_is_told() -> None:
    bench, _ = meter(Executed(long_answer(60_000, 60_000)))

    effects = bench.send(dlms_command(bench))

    assert any(isinstance(each, AnswerNotSent) for each in effects)
    assert responses(effects) == []


def test_a_device_goes_on_after_a_loss_of_power() -> None:
    before = RemotePartyBench()
    old = before.command(SET_CLOCK, WINDOW, counter=7)
    before.send(old)
    before.machine.handle(AlertRequest(0x8F3E), START)
    after = RemotePartyBench()

    after.machine.restore(json.loads(json.dumps(before.machine.snapshot())))

    assert isinstance(verdict(after.send(old)), CommandRefused)
    assert isinstance(
        verdict(after.send(before.command(SET_CLOCK, WINDOW, counter=8))), CommandExecuted
    )
    (alert,) = alerts(after.machine.handle(AlertRequest(0x8F3E), START))
    assert alert.counter == 3


def test_a_node_carries_a_command_in_and_its_answer_out() -> None:
    bench = RemotePartyBench()
    scheduler, trace = Scheduler(), Trace()
    sent: list[MessageRequest] = []
    node = Node("meter", (bench.machine,), scheduler, trace)
    node.connect((MessageRequest,), sent.append)
    node.connect((ClockSet,), lambda _each: None)

    node.post(MessageIndication(bench.command(SET_CLOCK, WINDOW).encode()))
    node.post(AlertRequest(0x8F3E))

    assert [each.recipient for each in sent] == [bench.party(Role.SUPPLIER)] * 2
    assert [type(each.fact) for each in trace.records] == [CommandExecuted, AlertSent]
    assert json.loads(next(iter(trace.lines())))["sender"] == "SUPPLIER"


def test_events_of_another_device_on_the_same_radio_are_left_alone() -> None:
    bench = RemotePartyBench()
    octets = bench.command(SET_CLOCK, WINDOW).encode()
    handle = bench.machine.handle

    assert list(handle(MessageIndication(octets, PARTNER), START)) == []
    assert list(handle(AlertRequest(0x8F3E, device=PARTNER), START)) == []
    assert handle(MessageIndication(octets, DEVICE), START)
    assert handle(AlertRequest(0x8F3E, device=DEVICE), START)


def test_an_event_of_another_machine_is_not_for_it() -> None:
    with pytest.raises(LocalError, match="MeterSet"):
        RemotePartyBench().machine.handle(MeterSet(), START)


class ClockMover:
    """The part of a meter that moves its clock."""

    accepts = (HubTimeCompared,)
    deadline = None

    def __init__(self, clock: DriftingClock) -> None:
        self.clock = clock

    def handle(self, event: HubTimeCompared, now: Instant) -> Sequence[object]:
        self.clock.synchronise(now, self.clock.error(now) + event.move)
        return ()

    def wake(self, _now: Instant) -> Sequence[object]:
        return ()


def test_what_waits_is_done_by_the_meters_clock_however_that_is_set() -> None:
    bench, _ = meter(_waiting(AT_ONE_OCLOCK, item=ITEM))
    own = DriftingClock(Calendar(NOON))
    bench.machine.clock.go_by(own)
    scheduler, trace = Scheduler(), Trace()
    node = Node("meter", (bench.machine, ClockMover(own)), scheduler, trace)
    node.connect((MessageRequest,), lambda _each: None)
    node.post(MessageIndication(dlms_command(bench).encode()))

    node.post(HubTimeCompared(seconds(9), accepted=True))
    scheduler.run(until=AT_ONE)

    ((record, _),) = trace.of(WaitingCarriedOut)
    assert record.at == AT_ONE - seconds(9)


def test_asn1_needs_no_executor_from_outside() -> None:
    machine = RemotePartyMachine(bench_setup())

    assert set(machine.executors) == {PayloadKind.ASN1}
    assert machine.identity.eui64 == DEVICE


@given(octets=st.binary(max_size=80))
def test_octets_of_any_kind_are_told_of_and_never_executed(octets: bytes) -> None:
    bench = RemotePartyBench()

    effects = bench.machine.handle(MessageIndication(octets), START)

    assert not any(isinstance(each, CommandExecuted) for each in effects)
    assert bench.recorder.commands == []


@given(at=st.integers(0, 10_000), change=st.integers(1, 255))
def test_a_good_command_with_one_octet_changed_is_refused(at: int, change: int) -> None:
    bench = RemotePartyBench()
    octets = bytearray(bench.command(SET_CLOCK, WINDOW).encode())
    octets[at % len(octets)] ^= change

    effects = bench.machine.handle(MessageIndication(bytes(octets)), START)

    assert not any(isinstance(each, CommandExecuted) for each in effects)
