"""What a run may change in how a radio below 1 GHz shares its band, with its source."""

from dataclasses import dataclass

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, milliseconds, seconds


@dataclass(frozen=True, slots=True)
class ListenBeforeTalkSettings:
    """Listen before talk on channel pages 28 to 31 (R22 Annex D, as ZBOSS and Silicon Labs do)."""

    free: Duration = setting(milliseconds(5), source="R22 Annex D: the channel is free for 5 ms")
    step: Duration = setting(Duration(500), source="R22 Annex D: random part in steps of 500 us")
    steps: int = setting(10, source="R22 Annex D: 0 to 10 steps")
    retries: int = setting(3, source="R22 Annex D: three more tries")
    timeout: Duration = setting(milliseconds(60), source="ZBOSS: 6000 symbols from the first try")
    off_time: Duration = setting(
        milliseconds(100), source="R22 Annex D: between transmissions of one's own"
    )
    longest_packet: Duration = setting(seconds(1), source="R22 Annex D: one packet")
    longest_dialogue: Duration = setting(
        seconds(4), source="R22 Annex D: packets and acknowledgements without an off time"
    )

    def __post_init__(self) -> None:
        """Refuse what could never send."""
        if self.free <= 0 or self.step <= 0 or self.steps < 0 or self.retries < 0:
            raise UsageError(
                "listen_before_talk: expected free and step above 0, steps and retries of 0 or more"
            )


@dataclass(frozen=True, slots=True)
class DutyCycleSettings:
    """How long a radio below 1 GHz may have been on the air in the last hour."""

    bucket: Duration = setting(seconds(300), source="ZBOSS: buckets of 300 s")
    buckets: int = setting(13, source="ZBOSS: 13 buckets, of which the newest is filling")
    limited: Duration = setting(
        seconds(54), source="ZBOSS: 1.50 % of an hour; Silicon Labs has 1.00 %", verified=False
    )
    critical: Duration = setting(seconds(75), source="R22 Annex D: 75 s in an hour")
    regulated: Duration = setting(seconds(100), source="R22 Annex D: 100 s, pages 28 and 29")
    regulated_high: Duration = setting(seconds(90), source="R22 Annex D: 90 s, pages 30 and 31")

    def __post_init__(self) -> None:
        """Refuse limits that are out of order."""
        lowest = min(self.regulated, self.regulated_high)
        if not 0 < self.limited <= self.critical <= lowest:
            raise UsageError("duty_cycle: expected 0 < limited <= critical <= regulated")
        if self.bucket <= 0 or self.buckets < 1:
            raise UsageError("duty_cycle: expected a bucket above 0 and one bucket or more")

    def ceiling(self, page: int) -> Duration:
        """What the regulator allows on a channel page."""
        return self.regulated if page < _HIGH_PAGES else self.regulated_high


_HIGH_PAGES = 30
