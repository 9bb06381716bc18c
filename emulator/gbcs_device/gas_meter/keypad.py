"""What whoever stands before a gas meter does with its keys (SMETS2 4.5.2).

Codes are typed, emergency credit is activated, a valve that is armed is opened. Who types wrong
codes again and again has to wait (GBCS 16.2, 81C4 and 81C5).
"""

from typing import Final

from emulator.gbcs_device.facts import KeysPressed
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.gas_meter.working_meter import SECOND, WorkingGasMeter
from emulator.gbcs_device.gbz.commands.handling import Circumstances
from emulator.gbcs_device.gbz.commands.top_up import TopUpResult, consumer_top_up
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.kernel.identity import Eui64
from emulator.metering.prepayment.manual_entry import ManualEntry, ManualEntrySettings
from emulator.zcl.payloads.prepayment import ConsumerTopUp, ConsumerTopUpResponse

AT_THE_METER: Final = 1
"""Originating device of a code that is typed at the meter (ZSE 1.4 D.7)."""
_NOBODY: Final = Eui64(0)


class Keypad:
    """The keys of one gas meter.

    Args:
        executor: what the meter holds.
        work: the meter at work.
        settings: how often codes may be wrong.
    """

    def __init__(
        self,
        executor: GbzExecutor,
        work: WorkingGasMeter,
        settings: ManualEntrySettings | None = None,
    ) -> None:
        self.executor = executor
        self.work = work
        self._entry = ManualEntry(settings)

    def enter(self, digits: str) -> KeysPressed:
        """Type a code of 20 digits."""
        work, own = self.work, self.work.own
        if self._entry.suspended(own):
            work.watch.note(GasEvent.TOKEN_LOCKED_OUT, own)
            return KeysPressed("code", TopUpResult.KEYPAD_LOCKED.name)
        work.measure(self.executor.store)
        answer = consumer_top_up(
            self.executor.store,
            ConsumerTopUp(
                originating_device=AT_THE_METER, top_up_code=digits.encode("ascii", "replace")
            ),
            self._circumstances(),
        )
        response = answer[0].payload if isinstance(answer, tuple) else None
        accepted = isinstance(response, ConsumerTopUpResponse) and response.result_type == 0
        if self._entry.tried(own, accepted=accepted):
            work.watch.note(GasEvent.MANUAL_ENTRY_SUSPENDED, own)
        work.watch.note(GasEvent.USER_INPUT_DONE if accepted else GasEvent.USER_INPUT_FAILED, own)
        result = response.result_type if isinstance(response, ConsumerTopUpResponse) else 1
        return KeysPressed("code", TopUpResult(result).name)

    def activate_emergency_credit(self) -> KeysPressed:
        """Ask for emergency credit."""
        self.work.measure(self.executor.store)
        given = self.work.activate_emergency_credit(self.executor.store)
        return self._pressed("emergency credit", given=given)

    def enable(self) -> KeysPressed:
        """Open the valve."""
        return self._pressed("enable supply", given=self.work.enable())

    def _pressed(self, done: str, *, given: bool) -> KeysPressed:
        code = GasEvent.USER_INPUT_DONE if given else GasEvent.USER_INPUT_FAILED
        self.work.watch.note(code, self.work.own)
        return KeysPressed(done, "done" if given else "refused")

    def _circumstances(self) -> Circumstances:
        return Circumstances(
            moment=self.work.own // SECOND,
            originator=_NOBODY,
            supplier=self.executor.supplier,
            from_date_time=None,
            tokens=self.executor.tokens,
            mechanism=self.work,
        )
