import pytest

from emulator.cosem.server.made_values import parts_of
from emulator.gbcs_device.cosem.account_wallet import AccountWallet
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import Instant
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from tests.gbcs_device.cosem.living_meter import BEGIN, LivingMeter, integers, seconds


def wallet(living: LivingMeter) -> AccountWallet:
    view = MeterView(living.meter, lambda: Instant(living.at))
    return AccountWallet(living.executor.store, view)


def test_top_up_pays_debt_and_then_the_balance() -> None:
    # GBCS ECS20a; SMETS2 5.5.7: 10 % of a payment goes to the debt
    living = LivingMeter()
    living.reference("ECS03_1.6_IMMEDIATE_SINGLE_SUCCESS")
    living.reference("ECS07_2.3_SUCCESS")
    living.look()

    assert wallet(living).take(1, 100_000) is TopUpOutcome.TAKEN

    assert living.meter.account.balance == 90_000
    assert living.meter.account.payment_debt.remaining == 40_000
    log = parts_of(living.read(7, "0-0:98.1.4.255"))
    assert [integers(each) for each in log] == [[seconds(BEGIN), 10_000]]
    assert wallet(living).effects() == (MeterSet(),)


@pytest.mark.parametrize(("amount", "code"), [(1_000_001, 0x8F5B), (999_999, 0x8F47)])
def test_top_up_beyond_the_limits_is_refused_and_told(amount: int, code: int) -> None:
    # reference message ECS08a: at most 1,000,000 at once, and 5,000,000 in all
    living = LivingMeter()
    living.reference("ECS08a_2.1_IMMEDIATE_SUCCESS")
    living.look()
    living.meter.account.balance = 4_500_000

    assert wallet(living).take(1, amount) is not TopUpOutcome.TAKEN

    assert living.meter.account.balance == 4_500_000
    assert living.alerts() == [code]


def test_same_token_twice_is_refused_and_told() -> None:
    living = LivingMeter()
    taking = wallet(living)

    assert taking.take(7, 500) is TopUpOutcome.TAKEN
    assert taking.take(7, 500) is TopUpOutcome.DUPLICATE

    assert living.alerts() == [0x8F51]


@pytest.mark.parametrize(
    ("outcome", "code"), [(TopUpOutcome.NOT_AUTHENTIC, 0x8F63), (TopUpOutcome.DUPLICATE, 0x8F51)]
)
def test_token_that_is_not_taken_is_told(outcome: TopUpOutcome, code: int) -> None:
    living = LivingMeter()

    wallet(living).refuse(outcome)

    assert living.alerts() == [code]
