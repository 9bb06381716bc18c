import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.cosem.moments import seconds_of
from emulator.cosem.server.members import members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import NULL, CompactArray, Data, octet_string, structure
from emulator.dlms.data_types import DataType
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.utrn import TokenKey, ValueClass, build_utrn
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.token_duty import CREDIT_LOG, ENTER, TokenGate
from emulator.kernel.identity import Eui64
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from emulator.testing.scenes.cosem_scene import (
    METER,
    MOMENT,
    SUPPLIER,
    act,
    attribute,
    command,
    results,
)

BALANCE = attribute(112, "0-0:19.10.0.255", 2)
STRANGER = Eui64(1)


class Secret:
    """Every pair of parties shares one secret, but for the stranger."""

    def shared_secret(self, own: Eui64, peer: Eui64) -> bytes:
        if STRANGER in (own, peer):
            raise MissingKeyError("no key")
        return own.to_bytes(8, "big") * 2 + peer.to_bytes(8, "big") * 2


def key_of(supplier: Eui64) -> TokenKey | None:
    return TokenKey(supplier, METER, Secret()) if supplier != METER else None


def digits(counter: int, value: int = 5, unit: ValueClass = ValueClass.POUNDS) -> str:
    key = TokenKey(SUPPLIER, METER, Secret())
    return build_utrn(key, counter << 32, value, unit).digits


def balance(store: ObjectStore) -> object:
    return store.value(BALANCE).value


@pytest.fixture
def store() -> ObjectStore:
    return ObjectStore(members_of("ESME"))


@pytest.mark.parametrize(
    ("unit", "amount"), [(ValueClass.POUNDS, 500_000), (ValueClass.PENCE, 5_000)]
)
def test_top_up_is_added_to_the_balance(store: ObjectStore, unit: ValueClass, amount: int) -> None:
    meter = DlmsExecutor(store, (TokenGate(store, key_of).duty(),))
    token = octet_string(digits(3, unit=unit).encode())

    assert results(meter.execute(command(act(ENTER, token)))) == [0]

    assert balance(store) == amount


def test_top_up_is_logged_with_its_time(store: ObjectStore) -> None:
    gate = TokenGate(store, key_of, TokenSettings(logged=2))

    for counter in (1, 2, 3):
        gate.take(digits(counter, counter), SUPPLIER, MOMENT)

    log = store.value(CREDIT_LOG).value
    assert isinstance(log, CompactArray)
    when = Data(DataType.DOUBLE_LONG_UNSIGNED, seconds_of(MOMENT))
    assert log.elements == tuple(
        structure(when, Data(DataType.DOUBLE_LONG_UNSIGNED, pounds * 100_000)) for pounds in (2, 3)
    )


def test_token_is_taken_once(store: ObjectStore) -> None:
    gate = TokenGate(store, key_of)

    assert gate.take(digits(3), SUPPLIER, MOMENT) is TopUpOutcome.TAKEN
    assert gate.take(digits(3), SUPPLIER, MOMENT) is TopUpOutcome.DUPLICATE

    assert balance(store) == 500_000


def test_tokens_need_not_come_in_order(store: ObjectStore) -> None:
    gate = TokenGate(store, key_of)

    assert gate.take(digits(4), SUPPLIER, MOMENT) is TopUpOutcome.TAKEN
    assert gate.take(digits(3), SUPPLIER, MOMENT) is TopUpOutcome.TAKEN


def test_token_older_than_all_that_are_remembered_is_refused(store: ObjectStore) -> None:
    gate = TokenGate(store, key_of, TokenSettings(remembered=2))
    for counter in (5, 6):
        gate.take(digits(counter), SUPPLIER, MOMENT)

    assert gate.take(digits(4), SUPPLIER, MOMENT) is TopUpOutcome.TOO_OLD
    assert gate.take(digits(7), SUPPLIER, MOMENT) is TopUpOutcome.TAKEN


@pytest.mark.parametrize(
    ("token", "supplier"),
    [
        ("1" * 20, SUPPLIER),
        ("", SUPPLIER),
        (digits(3, unit=ValueClass.RESERVED_2), SUPPLIER),
        (digits(3), Eui64(SUPPLIER + 1)),
        (digits(3), STRANGER),
        (digits(3), METER),
    ],
    ids=["digits", "nothing", "unit", "another supplier", "no secret", "no key"],
)
def test_token_that_is_not_genuine_changes_nothing(
    store: ObjectStore, token: str, supplier: Eui64
) -> None:
    before = store.snapshot()

    outcome = TokenGate(store, key_of).take(token, supplier, MOMENT)

    assert outcome is TopUpOutcome.NOT_AUTHENTIC
    assert store.snapshot() == before


def test_balance_that_would_not_fit_takes_no_token(store: ObjectStore) -> None:
    store.hold(BALANCE, Data(DataType.DOUBLE_LONG, 2**31 - 1))
    gate = TokenGate(store, key_of)

    assert gate.take(digits(3), SUPPLIER, MOMENT) is TopUpOutcome.OVER_BALANCE_LIMIT
    assert gate.snapshot() == {"taken": [], "floor": 0}


@pytest.mark.parametrize("parameters", [NULL, Data(DataType.VISIBLE_STRING, digits(3))])
def test_token_of_another_type_is_refused(store: ObjectStore, parameters: Data) -> None:
    meter = DlmsExecutor(store, (TokenGate(store, key_of).duty(),))

    executed = meter.execute(command(act(ENTER, parameters)))

    assert results(executed) == [AccessResult.TYPE_UNMATCHED]


def test_device_without_a_log_takes_tokens_as_well() -> None:
    members = [each for each in members_of("ESME") if each.obis != CREDIT_LOG.obis]

    gate = TokenGate(ObjectStore(members), key_of)

    assert gate.take(digits(3), SUPPLIER, MOMENT) is TopUpOutcome.TAKEN


class Tokens(RuleBasedStateMachine):
    """Random tokens and losses of power, against the set of those that were taken."""

    def __init__(self) -> None:
        super().__init__()
        self.store = ObjectStore(members_of("ESME"))
        self.gate = TokenGate(self.store, key_of)
        self.taken: set[int] = set()

    @rule(counter=st.integers(1, 12))
    def enter(self, counter: int) -> None:
        result = self.gate.take(digits(counter), SUPPLIER, MOMENT)

        assert (result is TopUpOutcome.TAKEN) is (counter not in self.taken)
        self.taken.add(counter)

    @rule()
    def lose_power(self) -> None:
        held = self.gate.snapshot()
        self.gate = TokenGate(self.store, key_of)
        self.gate.restore(held)

    @invariant()
    def balance_is_what_was_taken(self) -> None:
        assert balance(self.store) == 500_000 * len(self.taken)


TestTokens = Tokens.TestCase
TestTokens.settings = settings(max_examples=15, stateful_step_count=15)
