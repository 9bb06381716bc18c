"""The second element of a twin element meter: a tariff of its own, paid from the one account."""

from emulator.metering.prepayment.account import Account
from emulator.metering.tariff_matrix import TariffMatrix


class SecondElement:
    """Counts and pays for what passes through it; goes with its channel (SMETS2 5.13).

    Args:
        place: of the channel among those of its meter.
    """

    def __init__(self, account: Account, tariff: TariffMatrix, place: int) -> None:
        self._account = account
        self.tariff = tariff
        self.place = place

    def next_change(self, own: int) -> int:
        """Own time of the next switch."""
        return self.tariff.next_change(own)

    def passed(self, amount: int, start: int, end: int) -> None:
        """Pay for it, and count it."""
        if amount:
            self._account.buy(amount, self.tariff.price(start), start, end)
        self.tariff.passed(amount, start, end)
