from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms
from emulator.metering.quantities import COUNT, HOUR
from emulator.metering.second_element import SecondElement
from emulator.metering.tariff_matrix import TariffMatrix, TariffTerms


def test_what_passes_is_counted_and_paid_from_the_account() -> None:
    account = Account(TariffMatrix(), PrepaymentTerms(), 0)
    account.balance = 50_000
    account.set_mode(PaymentMode.PREPAYMENT, 0)
    second = SecondElement(account, TariffMatrix(4), 4)
    second.tariff.terms = TariffTerms(prices={1: 12_000})

    second.passed(2_000 * COUNT, 0, HOUR)
    second.passed(0, HOUR, 2 * HOUR)

    assert second.tariff.time_of_use == {1: 2_000}
    assert account.balance == 26_000
    assert second.next_change(0) > HOUR
