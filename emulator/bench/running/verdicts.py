"""What a script says of what it saw: the ways in which a case ends."""

from typing import Final

from emulator.bench.running.judgement import Judged
from emulator.bench.running.telling import message_tree
from emulator.gbcs.envelope import Message
from emulator.lab.kept.result import Verdict


def departs(field: str, reason: str, message: Message | None = None) -> Judged:
    """The device does not do what it must.

    Args:
        field: what differs.
        reason: what was there, and what was expected.
        message: in which it shows.
    """
    if message is None:
        return Judged(verdict=Verdict.FAIL, field=field, reason=reason)
    return Judged(
        verdict=Verdict.FAIL,
        field=field,
        reason=reason,
        seen=message_tree(message),
        octets=message.encode(),
    )


def unclear(field: str, reason: str) -> Judged:
    """Nothing can be said of the device."""
    return Judged(verdict=Verdict.INCONCLUSIVE, field=field, reason=reason)


POWERLESS: Final = unclear(
    "power", "it was not switched off and on by whoever was to do it, or did not come back"
)
"""After a loss of power there is no device to say anything of."""


def beside_the_point(field: str, reason: str) -> Judged:
    """The case does not apply to this device as it is reached."""
    return Judged(verdict=Verdict.NOT_APPLICABLE, field=field, reason=reason)
