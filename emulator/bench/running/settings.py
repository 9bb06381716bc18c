"""How long the bench waits for a device before it says that nothing came."""

from dataclasses import dataclass

from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, minutes, seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchSettings:
    """Patience of the bench."""

    answer: Duration = setting(
        seconds(60),
        source="a mains device answers within seconds; no source gives a limit",
        verified=False,
    )
    sleepy_answer: Duration = setting(
        minutes(40), source="GBCS 10.2.2: a gas meter fetches its messages every half hour"
    )
    awake_report: Duration = setting(
        seconds(90),
        source="between two reports of a gas meter that is asked to stay awake; no source gives "
        "a limit",
        verified=False,
    )
    awake_answer: Duration = setting(
        seconds(150),
        source="of a gas meter that stays awake: two reports a minute apart and time to answer; "
        "in any case it is waited for until it came twice",
    )
    silence: Duration = setting(
        seconds(2),
        source="after an alert: how long an answer could still come; no source gives a limit",
        verified=False,
    )
    mirror: Duration = setting(
        minutes(2),
        source="how long a gas meter gets to have its mirror made: the choice of the bench",
    )
    date_ahead: Duration = setting(
        minutes(2), source="how far future-dated cases look ahead: the choice of the bench"
    )
    polls_a_minute: int = setting(
        30,
        source="of a device on battery, over half an hour: ZSE 1.4 5.3 has one a minute at rest, "
        "and no source limits those of a wake",
        verified=False,
    )
    clock_error: Duration = setting(
        seconds(10), source="GBCS 9.1: a difference of 10 s is adjusted without being told"
    )
    frames_kept: int = setting(
        40, source="frames on the air that a failure is shown with: the choice of the bench"
    )
