"""Tells when the mode of a radio's duty cycle changes: up as it sends, down as time passes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from emulator.kernel.scheduler import Scheduler
from emulator.radio.bands import SUB_GHZ_PAGES
from emulator.radio.duty_cycle import DutyCycle
from emulator.radio.port import Channel, DutyMode, RadioDutyCycle

if TYPE_CHECKING:
    from emulator.kernel.scheduler import Timer


class DutyWatch:
    """Watches one duty cycle.

    Args:
        duty: what was sent in the last hour; it stays when the radio loses its power.
        scheduler: its time.
        tell: given every change.
    """

    def __init__(
        self, duty: DutyCycle, scheduler: Scheduler, tell: Callable[[RadioDutyCycle], None]
    ) -> None:
        self._duty = duty
        self._scheduler = scheduler
        self._tell = tell
        self._mode = DutyMode.NORMAL
        self._timer: Timer | None = None

    def count(self, channel: Channel) -> None:
        """Something was sent on a channel: see whether the mode is another now, and when next."""
        if channel.page not in SUB_GHZ_PAGES:
            return
        now = self._scheduler.now
        mode = self._duty.mode(now, channel.page)
        self._cancel()
        changes = self._duty.next_change(now)
        if mode is not DutyMode.NORMAL and changes is not None:
            self._timer = self._scheduler.at(changes, lambda: self.count(channel))
        if mode is not self._mode:
            self._mode = mode
            self._tell(RadioDutyCycle(mode, self._duty.used(now)))

    def forget(self) -> None:
        """Begin anew, as after a loss of power: nothing is told until the next transmission."""
        self._cancel()
        self._mode = DutyMode.NORMAL

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
