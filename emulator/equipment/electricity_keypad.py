"""What whoever stands before an electricity meter does with its keys (SMETS2 5.6.2).

Codes are typed and emergency credit is activated; the button that switches an armed supply on is
`PressSupplyButton`. Who types wrong codes again and again has to wait (GBCS 16.2, 81C4 and 81C5).
"""

from collections.abc import Callable

from emulator.dlms.access import AccessResult
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.cosem.token_duty import TokenGate
from emulator.gbcs_device.facts import KeysPressed
from emulator.kernel.identity import Eui64
from emulator.metering.drifting_clock import moment_of
from emulator.metering.event_codes import EventCode
from emulator.metering.prepayment.manual_entry import ManualEntry, ManualEntrySettings


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
        supplier = self._supplier()
        accepted = supplier is not None and self._taken(digits, supplier, own)
        if accepted:
            self._tell(EventCode.CREDIT_ADDED_LOCALLY)
        if self._entry.tried(own, accepted=accepted):
            self._tell(EventCode.MANUAL_ENTRY_SUSPENDED)
        return self._pressed("code", done=accepted)

    def activate_emergency_credit(self) -> KeysPressed:
        """Ask for emergency credit (SMETS2 5.6.2, activate emergency credit)."""
        meter, own = self._view.measured(), self._view.own()
        given = meter.account.activate_emergency_credit(own)
        meter.account.judge(own)
        meter.credit.look(own)
        return self._pressed("emergency credit", done=given)

    def _taken(self, digits: str, supplier: Eui64, own: int) -> bool:
        return self._gate.take(digits, supplier, moment_of(own)) is AccessResult.SUCCESS

    def _pressed(self, what: str, *, done: bool) -> KeysPressed:
        self._tell(EventCode.USER_INPUT_DONE if done else EventCode.USER_INPUT_FAILED)
        return KeysPressed(what, "done" if done else "refused")

    def _tell(self, code: EventCode) -> None:
        self._view.measured().tell(self._view.own(), code)
