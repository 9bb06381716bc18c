"""Logs of top-ups and of debt repaid by them (ZSE 1.4 D.7)."""

from emulator.gbcs_device.gbz.state.document import structs, written
from emulator.zcl.payloads.prepayment import (
    GetDebtRepaymentLog,
    GetTopUpLog,
    LoggedRepayment,
    LoggedTopUp,
)


class TopUpLog:
    """The latest top-ups, newest first.

    Args:
        most: how many it keeps.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.top_ups: tuple[LoggedTopUp, ...] = ()

    def add(self, top_up: LoggedTopUp) -> None:
        """Keep one more."""
        self.top_ups = (top_up, *self.top_ups)[: self._most]

    def find(self, request: GetTopUpLog, earliest: int) -> tuple[LoggedTopUp, ...]:
        """The top-ups of a period, at most as many as asked for."""
        found = (
            each for each in self.top_ups if earliest <= each.top_up_time <= request.latest_end_time
        )
        return tuple(found)[: request.number_of_records]

    def snapshot(self) -> list[str]:
        """All top-ups as octets."""
        return written(self.top_ups)

    def restore(self, document: object, name: str) -> None:
        """Hold what a saved log says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        self.top_ups = structs(document, name, LoggedTopUp)


class RepaymentLog:
    """The latest repayments of debt, oldest first.

    Args:
        most: how many it keeps.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.repayments: tuple[LoggedRepayment, ...] = ()

    def add(self, repayment: LoggedRepayment) -> None:
        """Keep one more; the oldest makes room for it."""
        self.repayments = (*self.repayments, repayment)[-self._most :]

    def find(self, request: GetDebtRepaymentLog, earliest: int) -> tuple[LoggedRepayment, ...]:
        """The repayments of a debt in a period, at most as many as asked for."""
        found = (
            each
            for each in self.repayments
            if each.debt_type == request.debt_type
            and earliest <= each.collection_time <= request.latest_end_time
        )
        return tuple(found)[: request.number_of_debts]

    def snapshot(self) -> list[str]:
        """All repayments as octets."""
        return written(self.repayments)

    def restore(self, document: object, name: str) -> None:
        """Hold what a saved log says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        self.repayments = structs(document, name, LoggedRepayment)
