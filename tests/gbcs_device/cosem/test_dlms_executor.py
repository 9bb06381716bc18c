from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.date_times import NEVER, NOW
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import Attribute, members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResponse, AccessResult, Outcome
from emulator.dlms.data import NULL, Data, array, long_unsigned, octet_string, structure
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor, Selection
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.future_dated import KeepsWaiting
from emulator.gbcs_device.seeding import Seedable
from emulator.kernel.errors import LocalError
from emulator.testing.scenes.cosem_scene import (
    MOMENT,
    Item,
    act,
    attribute,
    command,
    get,
    method,
    put,
    results,
    values,
)

LIMIT = attribute(1, "0-0:94.44.0.1", 2)
OFFSET = attribute(1, "0-0:94.44.0.0", 2)
COUNTER = attribute(3, "0-0:94.44.42.255", 2)
RESET = method(3, "0-0:94.44.42.255", 1)
PROFILE = attribute(7, "0-0:99.1.2.255", 2)
ACTIVATION = attribute(9000, "0-0:94.44.2.10", 6)
PASSIVE = attribute(9000, "0-0:94.44.2.10", 4)
ACTIVE = attribute(9000, "0-0:94.44.2.10", 2)
UNKNOWN = attribute(1, "1-1:1.1.1.1", 2)
GOOD, BAD = put(LIMIT, long_unsigned(9)), put(LIMIT, octet_string(b""))
OTHER = AccessResult.OTHER_REASON
LATER = MOMENT + timedelta(days=1)


@pytest.fixture
def meter() -> DlmsExecutor:
    return DlmsExecutor(ObjectStore(members_of("ESME")))


def date(octets: bytes) -> Item:
    return put(ACTIVATION, octet_string(octets))


def test_items_are_answered_in_their_order(meter: DlmsExecutor) -> None:
    executed = meter.execute(command(GOOD, get(LIMIT), act(RESET), counter=0x123456789))

    assert results(executed) == [0, 0, 0]
    assert values(executed) == [NULL, long_unsigned(9), NULL]
    assert isinstance(executed.response, AccessResponse)
    assert executed.response.invoke_id == 0x20456789
    assert [outcome.kind for outcome in executed.response.outcomes] == [2, 1, 3]


def test_nothing_is_done_after_an_item_that_failed(meter: DlmsExecutor) -> None:
    executed = meter.execute(command(get(OFFSET), BAD, GOOD, get(OFFSET)))

    assert results(executed) == [0, AccessResult.TYPE_UNMATCHED, OTHER, OTHER]
    assert values(executed)[2:] == [NULL, NULL]
    assert meter.store.value(LIMIT) == long_unsigned(0)


def test_command_may_go_on_after_an_item_that_failed(meter: DlmsExecutor) -> None:
    executed = meter.execute(command(BAD, GOOD, stops=False))

    assert results(executed) == [AccessResult.TYPE_UNMATCHED, 0]
    assert meter.store.value(LIMIT) == long_unsigned(9)


def test_injected_fault_stands_for_the_item(meter: DlmsExecutor) -> None:
    executed = meter.execute(command(GOOD, act(RESET), faults=[InjectedFault(0, 1)]))

    assert results(executed) == [1, OTHER]
    assert meter.store.value(LIMIT) == long_unsigned(0)


@pytest.mark.parametrize(
    ("item", "result"),
    [
        (get(UNKNOWN), AccessResult.OBJECT_UNDEFINED),
        (put(UNKNOWN, NULL), AccessResult.OBJECT_UNDEFINED),
        (act(method(1, "1-1:1.1.1.1", 1)), AccessResult.OBJECT_UNDEFINED),
        (act(method(3, "0-0:94.44.42.255", 2)), AccessResult.READ_WRITE_DENIED),
        (act(method(115, "0-0:19.40.0.255", 1)), AccessResult.OBJECT_UNAVAILABLE),
        (get(LIMIT, Selection(9, NULL)), AccessResult.SCOPE_OF_ACCESS_VIOLATED),
        (
            (Descriptor(AccessKind.SET_WITH_SELECTION, *LIMIT, Selection(1, NULL)), NULL),
            AccessResult.READ_WRITE_DENIED,
        ),
    ],
    ids=[
        "get no object",
        "set no object",
        "act on no object",
        "no method",
        "method of nobody",
        "unknown selector",
        "set with selection",
    ],
)
def test_item_that_cannot_be_done_tells_why(
    meter: DlmsExecutor, item: Item, result: AccessResult
) -> None:
    before = meter.snapshot()

    assert results(meter.execute(command(item))) == [result]
    assert meter.snapshot() == before


def test_part_of_a_log_is_read(meter: DlmsExecutor) -> None:
    entry = structure(Data(DataType.DOUBLE_LONG_UNSIGNED, 5))
    meter.store.hold(PROFILE, array(entry))
    bounds = (Data(DataType.DOUBLE_LONG_UNSIGNED, each) for each in (6, 9))
    time = structure(
        long_unsigned(1),
        octet_string(attribute(1, "0-0:94.44.100.255", 2).obis),
        Data(DataType.INTEGER, 2),
        long_unsigned(0),
    )

    executed = meter.execute(
        command(get(PROFILE), get(PROFILE, Selection(1, structure(time, *bounds, array()))))
    )

    assert values(executed) == [array(entry), array()]


def test_passive_value_comes_into_force_at_once(meter: DlmsExecutor) -> None:
    price = Data(DataType.DOUBLE_LONG, 5)

    executed = meter.execute(command(put(PASSIVE, price), date(NOW)))

    assert results(executed) == [0, 0]
    assert executed.deferred == ()
    assert meter.store.value(ACTIVE) == price


def test_passive_value_waits_for_its_date(meter: DlmsExecutor) -> None:
    price = Data(DataType.DOUBLE_LONG, 5)

    executed = meter.execute(command(put(PASSIVE, price), date(date_time_octets(LATER))))

    (waiting,) = executed.deferred
    assert waiting.due == LATER
    assert meter.store.value(ACTIVE) != price
    assert waiting.carry_out(LATER).response is None
    assert meter.store.value(ACTIVE) == price
    assert meter.waiting() == ()


def test_only_what_is_new_is_deferred(meter: DlmsExecutor) -> None:
    meter.execute(command(date(date_time_octets(LATER)), counter=1))

    executed = meter.execute(command(get(LIMIT), counter=2))

    assert executed.deferred == ()
    assert len(meter.waiting()) == 1


def test_never_cancels_what_waits(meter: DlmsExecutor) -> None:
    meter.execute(command(date(date_time_octets(LATER)), counter=1))

    meter.execute(command(date(NEVER), counter=2))

    assert meter.waiting() == ()


def test_a_date_that_is_none_is_refused_and_not_held(meter: DlmsExecutor) -> None:
    before = meter.snapshot()

    executed = meter.execute(command(date(b"\x00" * 12)))

    assert results(executed) == [AccessResult.TYPE_UNMATCHED]
    assert meter.snapshot() == before


def test_duties_read_write_and_act_in_place_of_the_objects() -> None:
    told: list[Data] = []
    duty = Duty(
        name="all",
        reads={OFFSET: lambda _: long_unsigned(7)},
        writes={LIMIT: lambda value, _: (value,)},
        methods={RESET: lambda parameters, _: ItemOutcome(data=parameters, effects=("reset",))},
        told={OFFSET: told.append},
        given_back={RESET: told.append},
    )
    meter = DlmsExecutor(ObjectStore(members_of("ESME")), (duty,))
    asked = command(get(OFFSET), GOOD, act(RESET, long_unsigned(3)))

    executed = meter.execute(asked)
    assert isinstance(executed.response, AccessResponse)
    meter.seed(asked.message, executed.response)

    assert values(executed) == [long_unsigned(7), NULL, long_unsigned(3)]
    assert executed.effects == (long_unsigned(9), "reset")
    assert told == [long_unsigned(7), long_unsigned(3)]


def test_answer_is_given_again_after_its_state_was_told(meter: DlmsExecutor) -> None:
    asked = command(get(OFFSET), get(COUNTER))
    meter.store.hold(OFFSET, long_unsigned(300))
    answer = meter.execute(asked).response
    assert isinstance(answer, AccessResponse)
    other = DlmsExecutor(ObjectStore(members_of("ESME")))

    other.seed(asked.message, answer)

    assert other.execute(asked).response == answer


def test_answer_that_tells_nothing_fitting_changes_nothing(meter: DlmsExecutor) -> None:
    asked = command(get(OFFSET), get(UNKNOWN), act(RESET))
    strange = AccessResponse(0, (long_unsigned(1),), ())
    balances = attribute(1, "0-0:94.44.34.30", 2)
    broken = replace(asked.message, payload=b"\xd9")
    response = replace(asked.message, cra=Cra.RESPONSE, payload=b"\xda")
    before = meter.snapshot()

    meter.seed(asked.message, strange)
    meter.seed(asked.message, gbz_payload(()))
    meter.seed(broken, strange)
    meter.seed(response, strange)
    read = command(get(balances))
    meter.seed(read.message, AccessResponse(0, (array(),), (Outcome(AccessKind.GET, 0),)))

    assert meter.snapshot() == before


def test_state_survives_a_loss_of_power(meter: DlmsExecutor) -> None:
    meter.execute(command(GOOD, date(date_time_octets(LATER)), counter=7))
    other = DlmsExecutor(ObjectStore(members_of("ESME")))

    other.restore(meter.snapshot())

    assert other.store.value(LIMIT) == long_unsigned(9)
    assert [each.description for each in other.waiting()] == [
        each.description for each in meter.waiting()
    ]


@pytest.mark.parametrize("snapshot", [{}, {"values": 1}, {"values": {}, "waiting": []}])
def test_what_is_no_snapshot_is_refused(meter: DlmsExecutor, snapshot: dict[str, object]) -> None:
    with pytest.raises(LocalError):
        meter.restore(snapshot)


def test_another_payload_is_refused(meter: DlmsExecutor) -> None:
    with pytest.raises(LocalError):
        meter.execute(replace(command(), payload=gbz_payload(())))


def test_executor_can_be_seeded_and_asked_what_waits(meter: DlmsExecutor) -> None:
    assert isinstance(meter, Seedable)
    assert isinstance(meter, KeepsWaiting)


ITEMS = st.sampled_from(
    (GOOD, BAD, get(LIMIT), get(OFFSET), get(UNKNOWN), act(RESET), date(NOW), date(b""))
)


@given(st.lists(ITEMS, max_size=6), st.booleans())
def test_first_failure_ends_a_command_that_stops(items: list[Item], stops: bool) -> None:
    meter = DlmsExecutor(ObjectStore(members_of("ESME")))

    got = results(meter.execute(command(*items, stops=stops)))

    failed = [index for index, result in enumerate(got) if result]
    assert len(got) == len(items)
    if stops and failed:
        assert set(got[failed[0] + 1 :]) <= {OTHER}
    else:
        assert OTHER not in got


def test_device_looks_at_what_its_duties_show(meter: DlmsExecutor) -> None:
    shown = Attribute(3, bytes.fromhex("00005E2C0107"), 2)
    duty = Duty(name="shown", reads={shown: lambda asked: long_unsigned(asked.moment.day)})
    device = DlmsExecutor(meter.store, (duty,))

    assert device.look(shown, datetime(2026, 1, 9, tzinfo=UTC)) == long_unsigned(9)
    assert meter.look(shown, datetime(2026, 1, 9, tzinfo=UTC)).value == 0
    with pytest.raises(LocalError):
        meter.look(Attribute(3, bytes(6), 2), datetime(2026, 1, 9, tzinfo=UTC))
