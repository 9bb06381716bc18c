"""Top-up tokens that a meter takes (GBCS 14, CS01a): genuine, for this meter, and only once.

The value is added to the meter balance and noted in the log of prepayment credits.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import seconds_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.methods import add_credit
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import CompactArray, Data, structure
from emulator.dlms.data_types import DataType
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.utrn import COUNTER_SHIFT, TokenKey, Utrn, ValueClass, verify_utrn
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome, Method
from emulator.gbcs_device.execution import Command
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.prepayment.top_up_memory import TopUpMemory, TopUpOutcome

ENTER: Final = Method(115, parse_obis("0-0:19.40.0.255"), 1)
METER_BALANCE: Final = parse_obis("0-0:19.10.0.255")
CREDIT_LOG: Final = Attribute(7, parse_obis("0-0:98.1.5.255"), 2)
_UNITS: Final = {ValueClass.PENCE: 1_000, ValueClass.POUNDS: 100_000}
"""Balances count hundred-thousandths of the currency unit, as prices do (scale -5)."""


def worth_of(digits: str) -> int:
    """What a genuine token of 20 digits adds, millipence."""
    top_up = Utrn.parse(digits).top_up
    return top_up.value * _UNITS[top_up.value_class]


class Wallet(Protocol):
    """What takes tokens that are genuine."""

    def take(self, counter: int, amount: int) -> TopUpOutcome:
        """Take what a token is worth, in millipence; unchanged unless it is taken."""
        ...

    @property
    def memory(self) -> TopUpMemory:
        """Which tokens were taken."""
        ...

    def refuse(self, outcome: TopUpOutcome) -> None:
        """Hear that a token did not come to be paid in."""
        ...

    def effects(self) -> tuple[object, ...]:
        """What taking or refusing has as effect."""
        ...


class BalanceObject:
    """The balance of a meter that does not measure.

    Args:
        store: objects of the meter.
        remembered: how many tokens are.
    """

    def __init__(self, store: ObjectStore, remembered: int) -> None:
        self._store = store
        self.memory = TopUpMemory(remembered)

    def take(self, counter: int, amount: int) -> TopUpOutcome:
        """Add it to the balance."""
        if add_credit(self._store, METER_BALANCE, amount) is not AccessResult.SUCCESS:
            return TopUpOutcome.OVER_BALANCE_LIMIT
        self.memory.remember(counter)
        return TopUpOutcome.TAKEN

    def refuse(self, _outcome: TopUpOutcome) -> None:
        """Nobody is told."""

    def effects(self) -> tuple[object, ...]:
        """None."""
        return ()


class TokenGate:
    """Takes tokens, and remembers which.

    Args:
        store: objects of the meter.
        key_of: the key that a supplier and this meter have for tokens, if they have one.
        settings: how tokens are remembered.
        wallet: takes what tokens are worth; the object of the balance unless given.
    """

    def __init__(
        self,
        store: ObjectStore,
        key_of: Callable[[Eui64], TokenKey | None],
        settings: TokenSettings | None = None,
        wallet: Wallet | None = None,
    ) -> None:
        self._store = store
        self._key_of = key_of
        self._settings = settings or TokenSettings()
        self._wallet = wallet or BalanceObject(store, self._settings.remembered)

    def duty(self) -> Duty:
        """The duty of the token gateway."""
        return Duty(name="tokens", methods={ENTER: self._enter}, kept=self)

    def _enter(self, parameters: Data, command: Command) -> ItemOutcome:
        digits = parameters.value
        if parameters.type is not DataType.OCTET_STRING or not isinstance(digits, bytes):
            return ItemOutcome(AccessResult.TYPE_UNMATCHED)
        text = digits.decode("ascii", "replace")
        outcome = self.take(text, command.message.originator, command.moment)
        taken = outcome is TopUpOutcome.TAKEN
        result = AccessResult.SUCCESS if taken else AccessResult.OTHER_REASON
        return ItemOutcome(result, effects=self._wallet.effects())

    def take(self, digits: str, supplier: Eui64, moment: datetime) -> TopUpOutcome:
        """Take a token of 20 digits, however it came; nothing changes unless it is taken.

        Args:
            digits: of the token.
            supplier: whose token it should be.
            moment: the device's own time, UTC.
        """
        key = self._key_of(supplier)
        try:
            token = Utrn.parse(digits)
            if key is None or token.top_up.value_class not in _UNITS:
                return TopUpOutcome.NOT_AUTHENTIC
            highest = self._wallet.memory.highest
            counter = verify_utrn(key, token, highest) >> COUNTER_SHIFT
        except (WireError, ProtectionError, MissingKeyError):
            self._wallet.refuse(TopUpOutcome.NOT_AUTHENTIC)
            return TopUpOutcome.NOT_AUTHENTIC
        known = self._wallet.memory.judge(counter)
        if known is not TopUpOutcome.TAKEN:
            self._wallet.refuse(known)
            return known
        amount = token.top_up.value * _UNITS[token.top_up.value_class]
        outcome = self._wallet.take(counter, amount)
        if outcome is TopUpOutcome.TAKEN:
            self._log(amount, moment)
        return outcome

    def _log(self, amount: int, moment: datetime) -> None:
        if not self._store.has_attribute(CREDIT_LOG):
            return
        held = self._store.value(CREDIT_LOG)
        if isinstance(held.value, CompactArray):
            entry = structure(
                Data(DataType.DOUBLE_LONG_UNSIGNED, seconds_of(moment)),
                Data(DataType.DOUBLE_LONG_UNSIGNED, amount),
            )
            entries = (*held.value.elements, entry)[-self._settings.logged :]
            self._store.hold(CREDIT_LOG, held._replace(value=held.value._replace(elements=entries)))

    def snapshot(self) -> Mapping[str, Any]:
        """The counters that are remembered, as JSON could say it."""
        memory = self._wallet.memory
        return {"taken": list(memory.counters), "floor": memory.floor}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Remember again what a snapshot says."""
        self._wallet.memory.restore(map(int, snapshot["taken"]), int(snapshot["floor"]))
