"""A meter answers messages, does later what waits, and survives a loss of power.

Random updates and reads are held against a naive model: a dictionary of what was written last.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs_device.execution import Executed, InjectedFault
from emulator.gbcs_device.future_dated import (
    ExecutionFailed,
    ExecutionSuperseded,
    FutureDated,
    KeepsWaiting,
    ZclItem,
)
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.mechanism import StillMechanism
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.primitives import AlertRequest
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.gbz_scene import (
    MOMENT,
    SUPPLIER,
    answers,
    attribute,
    command,
    component,
    filled,
    meter,
    read,
    statuses,
)
from emulator.zcl.payloads.device_management import UpdateSiteID
from emulator.zcl.payloads.prepayment import (
    ConsumerTopUp,
    EmergencyCreditSetup,
    SelectAvailableEmergencyCredit,
    SetLowCreditWarningLevel,
    SetMaximumCreditLimit,
    SetOverallDebtCap,
)
from emulator.zcl.payloads.price import PublishConversionFactor

CAP = (0x0705, 0x0006)
FROM_PPMID = 0x009B
START = seconds_since_2000(MOMENT)


def cap(value: int, start: int = 0) -> Any:
    """A command with a date."""
    request = SetOverallDebtCap(
        provider_id=0, issuer_event_id=0, implementation_date_time=start, overall_debt_cap=value
    )
    return component(0x0705, request)


def test_a_meter_keeps_what_waits() -> None:
    assert isinstance(meter(), KeepsWaiting)


def test_every_component_is_answered_and_the_last_says_so() -> None:
    found = answers(meter(), command([read(0x0702, 0x0301, sequence=4), cap(1)]))

    assert [(each.header.sequence, each.last) for each in found] == [(4, False), (0, True)]


@pytest.mark.parametrize(
    "payload", [GbzPayload(alert=GbzAlert(0x8F0A, 0)), Asn1Payload(0x0013, Cra.COMMAND, None)]
)
def test_what_is_no_command_is_not_answered(payload: Any) -> None:
    executor = meter()
    asked = replace(command([cap(1)]), payload=payload)

    assert executor.execute(asked) == Executed(None)

    assert attribute(executor, *CAP) == 0


def test_sensitive_answers_are_encrypted_for_their_reader() -> None:
    (sealed,) = answers(meter(), command([read(0x0702, 0x0301)], code=0x0074))
    (plain,) = answers(meter(), command([read(0x0702, 0x0301)], code=0x008D))

    assert sealed.payload == b"sealed:" + plain.payload


class Counting(StillMechanism):
    """Counts whenever somebody looks."""

    def __init__(self, counted: Iterator[int]) -> None:
        self._counted = counted

    def measure(self, store: MeterStore) -> None:
        store.attributes.set(0x0702, 0x0000, next(self._counted))


def test_what_is_measured_is_looked_up_whenever_it_is_read() -> None:
    counted = iter((1_234, 1_240))
    executor = GbzExecutor(MeterStore(GSME), mechanism=Counting(counted))
    asked = command([read(0x0702, 0x0000)])

    first, then = (answers(executor, asked)[0] for _ in range(2))

    assert first.payload.endswith((1_234).to_bytes(6, "little"))
    assert then.payload.endswith((1_240).to_bytes(6, "little"))


def test_what_waits_says_which_command_it_is() -> None:
    executor = meter()

    executed = executor.execute(command([cap(5, START + 60)], code=0x006F, counter=77))

    (deferred,) = executed.deferred
    assert deferred.due == MOMENT + timedelta(seconds=60)
    assert deferred.description == FutureDated(0x006F, 77, SUPPLIER, ZclItem(0x0705, 0x01, 0x0C))
    assert [each.description for each in executor.waiting()] == [deferred.description]


def test_what_waits_takes_effect_once() -> None:
    executor = meter()
    (deferred,) = executor.execute(command([cap(5, START + 60)])).deferred

    first = deferred.carry_out(deferred.due)
    second = deferred.carry_out(deferred.due)

    assert (first, second) == (Executed(None), Executed(None, (ExecutionSuperseded(),)))
    assert attribute(executor, *CAP) == 5
    assert executor.waiting() == ()


def test_only_what_is_new_is_deferred_by_a_command() -> None:
    executor = meter()
    executor.execute(command([cap(5, START + 60)]))
    other = component(0x0705, filled(SetMaximumCreditLimit, implementation_date_time=START + 90))

    executed = executor.execute(command([other]))

    assert len(executed.deferred) == 1
    assert len(executor.waiting()) == 2


@pytest.mark.parametrize("start", [0, 0xFFFFFFFF])
def test_what_was_replaced_or_cancelled_does_nothing_any_more(start: int) -> None:
    executor = meter()
    (deferred,) = executor.execute(command([cap(5, START + 60)])).deferred
    executor.execute(command([cap(6, start)]))

    assert deferred.carry_out(deferred.due).effects == (ExecutionSuperseded(),)

    assert attribute(executor, *CAP) == (0 if start else 6)


def test_what_cannot_take_effect_says_so() -> None:
    executor = meter()
    executor.execute(command([cap(5, START + 60)]))
    saved = json.loads(json.dumps(executor.snapshot()))
    saved["waiting"][0]["payload"] = ""
    executor.restore(saved)

    (deferred,) = executor.waiting()

    assert deferred.carry_out(deferred.due).effects == (ExecutionFailed(),)


def test_what_waits_survives_a_loss_of_power() -> None:
    executor, again = meter(), meter()
    executor.execute(command([cap(5, START + 60)]))

    again.restore(json.loads(json.dumps(executor.snapshot())))

    (deferred,) = again.waiting()
    deferred.carry_out(deferred.due)
    assert attribute(again, *CAP) == 5


def test_a_state_that_is_none_changes_nothing() -> None:
    executor = meter({CAP: 4})

    with pytest.raises(LocalError):
        executor.restore({"attributes": {}})

    assert attribute(executor, *CAP) == 4


@pytest.mark.parametrize(
    ("request_", "event"),
    [
        (ConsumerTopUp(originating_device=2, top_up_code=b"73950067887105178605"), 0x8154),
        (ConsumerTopUp(originating_device=2, top_up_code=b"0"), 0x8155),
        (filled(SelectAvailableEmergencyCredit, originating_device=2), 0x8154),
    ],
    ids=["top-up", "no code", "emergency credit"],
)
def test_what_a_device_on_the_han_asked_for_is_written_down(request_: Any, event: int) -> None:
    executor = meter()
    executor.store.event_configurations.set(0x8155, 0x0B)

    executed = executor.execute(command([component(0x0705, request_)], code=FROM_PPMID))

    (logged,) = executor.store.events.events
    assert (logged.event_id, logged.event_data) == (event, bytes.fromhex("009B"))
    assert logged.event_time == START
    assert executed.effects == ((AlertRequest(0x8155),) if event == 0x8155 else ())


def test_what_a_supplier_asked_for_is_not() -> None:
    executor = meter()

    executor.execute(command([cap(1)]))

    assert executor.store.events.events == ()


def test_a_fault_is_injected_where_it_was_asked_for() -> None:
    executor = meter()
    asked = [read(0x0702, 0x0301, 0x0302), cap(5), cap(6)]

    found = answers(executor, command(asked, faults=[InjectedFault(2, 0xC0)]))

    assert [each.payload.hex() for each in found[1:]] == ["0cc0", "ff01"]
    assert attribute(executor, *CAP) == 0


def test_a_fault_that_says_success_is_none() -> None:
    found = answers(meter(), command([read(0x0702, 0x0301)], faults=[InjectedFault(0, 0)]))

    assert found == answers(meter(), command([read(0x0702, 0x0301)]))


UPDATES: dict[tuple[int, int], Any] = {
    (0x0705, 0x0006): lambda value, start: SetOverallDebtCap(
        provider_id=0, issuer_event_id=0, implementation_date_time=start, overall_debt_cap=value
    ),
    (0x0705, 0x0010): lambda value, start: filled(
        EmergencyCreditSetup, start_time=start, emergency_credit_limit=value
    ),
    (0x0705, 0x0021): lambda value, start: filled(
        SetMaximumCreditLimit, implementation_date_time=start, maximum_credit_level=value
    ),
    (0x0705, 0x0031): lambda value, _start: SetLowCreditWarningLevel(
        low_credit_warning_level=value
    ),
}


class MeterAgainstModel(RuleBasedStateMachine):
    """A meter that is updated now and later, read, and switched off and on."""

    def __init__(self) -> None:
        super().__init__()
        self.executor = meter()
        self.moment = MOMENT
        self.values: dict[tuple[int, int], object] = {key: GSME[key] for key in UPDATES}
        self.coming: dict[tuple[int, int], tuple[int, int]] = {}

    def send(self, key: tuple[int, int], value: int, start: int) -> None:
        """Update an attribute from a date on."""
        asked = component(key[0], UPDATES[key](value, start), since=start)
        (answer,) = answers(self.executor, command([asked], moment=self.moment))
        assert answer.payload[1:] == b"\x00"
        self.coming.pop(key, None)

    @rule(key=st.sampled_from(sorted(UPDATES)), value=st.integers(0, 99))
    def update_now(self, key: tuple[int, int], value: int) -> None:
        """Write a value that holds at once."""
        self.send(key, value, 0)
        self.values[key] = value

    @rule(key=st.sampled_from(sorted(UPDATES)), value=st.integers(0, 99), later=st.integers(1, 300))
    def update_later(self, key: tuple[int, int], value: int, later: int) -> None:
        """Write a value that holds from a date on."""
        due = seconds_since_2000(self.moment) + later
        self.send(key, value, due)
        self.coming[key] = (due, value)

    @rule(key=st.sampled_from(sorted(UPDATES)), mark=st.sampled_from((0xFFFFFFFF, 0xFFFFFFFE)))
    def cancel(self, key: tuple[int, int], mark: int) -> None:
        """Cancel what waits."""
        self.send(key, 55, mark)

    @rule(key=st.sampled_from(sorted(UPDATES)), value=st.integers(0, 99))
    def fail(self, key: tuple[int, int], value: int) -> None:
        """Write a value, and fail."""
        asked = component(key[0], UPDATES[key](value, 0), since=0)
        faults = [InjectedFault(0, 0xC0)]
        (answer,) = answers(self.executor, command([asked], moment=self.moment, faults=faults))
        assert answer.payload[1:] == b"\xc0"

    @rule(seconds=st.integers(1, 200))
    def time_passes(self, seconds: int) -> None:
        """Let time pass, and what was due happen."""
        self.moment += timedelta(seconds=seconds)
        for each in sorted(self.executor.waiting(), key=lambda each: each.due):
            if each.due <= self.moment:
                each.carry_out(each.due)
        now = seconds_since_2000(self.moment)
        for key, (due, value) in list(self.coming.items()):
            if due <= now:
                self.values[key] = value
                del self.coming[key]

    @precondition(lambda self: self.coming)
    @rule()
    def lose_power(self) -> None:
        """Switch off and on."""
        saved = json.loads(json.dumps(self.executor.snapshot()))
        self.executor = meter()
        self.executor.restore(saved)

    @invariant()
    def reads_tell_what_was_written_last(self) -> None:
        """Every attribute is what the model says."""
        found = {key: attribute(self.executor, *key) for key in UPDATES}
        assert found == self.values
        assert len(self.executor.waiting()) == len(self.coming)


MeterAgainstModel.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMeterAgainstModel = MeterAgainstModel.TestCase


def test_a_conversion_factor_is_read_after_it_was_published() -> None:
    executor = meter()
    factor = filled(
        PublishConversionFactor, conversion_factor=102_264, conversion_factor_trailing_digit=0x50
    )

    assert statuses(executor, component(0x0700, factor)) == [(0x02, 0)]

    assert attribute(executor, 0x0700, 0x0302) == 102_264


def test_a_point_reference_number_is_read_after_it_was_set() -> None:
    executor = meter()

    statuses(executor, component(0x0708, filled(UpdateSiteID, site_id=b"1234567890")))

    assert attribute(executor, 0x0702, 0x0307) == b"1234567890"


def test_the_device_tells_time_by_its_own_clock() -> None:
    executor = meter()
    late = datetime(2031, 1, 1, tzinfo=UTC)

    executed = executor.execute(command([cap(5, START + 60)], moment=late))

    assert executed.deferred == ()
    assert attribute(executor, *CAP) == 5
