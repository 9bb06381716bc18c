"""What whoever stands before an electricity meter does with its keys (SMETS2 5.6.2).

Codes are typed and emergency credit is activated; the button that switches an armed supply on is
`PressSupplyButton`. Who types wrong codes again and again has to wait (GBCS 16.2, 81C4 and 81C5).
"""

from collections.abc import Callable

from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.token_duty import TokenGate
from emulator.gbcs_device.facts import KeysPressed
from emulator.kernel.identity import Eui64
from emulator.metering.drifting_clock import moment_of
from emulator.metering.event_codes import EventCode, MeterEvent
from emulator.metering.prepayment.manual_entry import ManualEntry, ManualEntrySettings
from emulator.metering.prepayment.top_up_memory import TopUpOutcome


class ElectricityKeypad:
    """The keys of one electricity meter.

    Args:
        gate: takes codes, however they come.
        view: of the meter.
        supplier: tells whose codes it takes; None where nobody stands in its cell.
        settings: how often codes may be wrong.
    """

    def __init__(
        self,
        gate: TokenGate,
        view: MeterView,
        supplier: Callable[[], Eui64 | None],
        settings: ManualEntrySettings | None = None,
    ) -> None:
        self._gate = gate
        self._view = view
        self._supplier = supplier
        self._entry = ManualEntry(settings)

    def enter(self, digits: str) -> KeysPressed:
        """Type a code of 20 digits."""
        own = self._view.own()
        if self._entry.suspended(own):
            self._tell(EventCode.UTRN_LOCKED_OUT)
            return KeysPressed("code", "KEYPAD_LOCKED")
        accepted = self.top_up(digits) is TopUpOutcome.TAKEN
        if self._entry.tried(own, accepted=accepted):
            self._tell(EventCode.MANUAL_ENTRY_SUSPENDED)
        return self._pressed("code", done=accepted)

    def activate_emergency_credit(self) -> KeysPressed:
        """Ask for emergency credit (SMETS2 5.6.2, activate emergency credit)."""
        return self._pressed("emergency credit", done=self.take_emergency_credit())

    @property
    def balance(self) -> int:
        """What is left of credit, millipence."""
        return self._view.measured().account.balance

    def top_up(self, digits: str) -> TopUpOutcome:
        """Take a code, wherever in the home it was typed."""
        supplier = self._supplier()
        if supplier is None:
            return TopUpOutcome.NOT_AUTHENTIC
        outcome = self._gate.take(digits, supplier, moment_of(self._view.own()))
        if outcome is TopUpOutcome.TAKEN:
            self._tell(EventCode.CREDIT_ADDED_LOCALLY)
        return outcome

    def take_emergency_credit(self) -> bool:
        """Have emergency credit from now on; whether it was offered."""
        meter, own = self._view.measured(), self._view.own()
        given = meter.account.activate_emergency_credit(own)
        meter.account.judge(own)
        meter.credit.look(own)
        return given

    def switch_on(self) -> bool:
        """Switch an armed supply on; whether it was armed."""
        return self._view.meter.press(self._view.now())

    def tell_of_request(self, code: int, *, done: bool) -> None:
        """Write down what came of a request of the home, by its message code (GBCS 16.2)."""
        event = EventCode.HOME_REQUEST_DONE if done else EventCode.HOME_REQUEST_REFUSED
        data = code.to_bytes(2, "big")
        self._view.measured().events.append(MeterEvent(self._view.own(), event, data=data))

    def _pressed(self, what: str, *, done: bool) -> KeysPressed:
        self._tell(EventCode.USER_INPUT_DONE if done else EventCode.USER_INPUT_FAILED)
        return KeysPressed(what, "done" if done else "refused")

    def _tell(self, code: EventCode) -> None:
        self._view.measured().tell(self._view.own(), code)
