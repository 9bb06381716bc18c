"""What whoever stands before a gas meter does with its keys (SMETS2 4.5.2).

Codes are typed, emergency credit is activated, a valve that is armed is opened. Who types wrong
codes again and again has to wait (GBCS 16.2, 81C4 and 81C5).
"""

from dataclasses import dataclass
from typing import ClassVar, Final

from emulator.gbcs_device.gas_meter.settings import GasMeterSettings
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.gas_meter.working_meter import DEFAULTS, SECOND, WorkingGasMeter
from emulator.gbcs_device.gbz.commands.handling import Circumstances
from emulator.gbcs_device.gbz.commands.top_up import TopUpResult, consumer_top_up
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.kernel.identity import Eui64
from emulator.zcl.payloads.prepayment import ConsumerTopUp, ConsumerTopUpResponse

AT_THE_METER: Final = 1
"""Originating device of a code that is typed at the meter (ZSE 1.4 D.7)."""
_NOBODY: Final = Eui64(0)


@dataclass(frozen=True, slots=True)
class KeysPressed:
    """Somebody pressed keys of a gas meter.

    Args:
        done: what; `result` is what the display says of it.
    """

    kind: ClassVar[str] = "keys_pressed"
    done: str
    result: str


class Keypad:
    """The keys of one gas meter.

    Args:
        executor: what the meter holds.
        work: the meter at work.
        settings: how often codes may be wrong.
    """

    def __init__(
        self, executor: GbzExecutor, work: WorkingGasMeter, settings: GasMeterSettings = DEFAULTS
    ) -> None:
        self._executor = executor
        self._work = work
        self._settings = settings
        self._refused = 0
        self._suspended_until = 0

    def enter(self, digits: str) -> KeysPressed:
        """Type a code of 20 digits."""
        work, own = self._work, self._work.own
        if own < self._suspended_until:
            work.watch.note(GasEvent.TOKEN_LOCKED_OUT, own)
            return KeysPressed("code", TopUpResult.KEYPAD_LOCKED.name)
        work.measure(self._executor.store)
        answer = consumer_top_up(
            self._executor.store,
            ConsumerTopUp(
                originating_device=AT_THE_METER, top_up_code=digits.encode("ascii", "replace")
            ),
            self._circumstances(),
        )
        response = answer[0].payload if isinstance(answer, tuple) else None
        accepted = isinstance(response, ConsumerTopUpResponse) and response.result_type == 0
        self._count(own, accepted=accepted)
        work.watch.note(GasEvent.USER_INPUT_DONE if accepted else GasEvent.USER_INPUT_FAILED, own)
        result = response.result_type if isinstance(response, ConsumerTopUpResponse) else 1
        return KeysPressed("code", TopUpResult(result).name)

    def activate_emergency_credit(self) -> KeysPressed:
        """Ask for emergency credit."""
        self._work.measure(self._executor.store)
        given = self._work.activate_emergency_credit(self._executor.store)
        return self._pressed("emergency credit", given=given)

    def enable(self) -> KeysPressed:
        """Open the valve."""
        return self._pressed("enable supply", given=self._work.enable())

    def _pressed(self, done: str, *, given: bool) -> KeysPressed:
        code = GasEvent.USER_INPUT_DONE if given else GasEvent.USER_INPUT_FAILED
        self._work.watch.note(code, self._work.own)
        return KeysPressed(done, "done" if given else "refused")

    def _count(self, own: int, *, accepted: bool) -> None:
        self._refused = 0 if accepted else self._refused + 1
        if self._refused >= self._settings.refused_entries:
            self._refused = 0
            self._suspended_until = own + self._settings.entry_pause * SECOND
            self._work.watch.note(GasEvent.MANUAL_ENTRY_SUSPENDED, own)

    def _circumstances(self) -> Circumstances:
        return Circumstances(
            moment=self._work.own // SECOND,
            originator=_NOBODY,
            supplier=self._executor.supplier,
            from_date_time=None,
            tokens=self._executor.tokens,
            mechanism=self._work,
        )
