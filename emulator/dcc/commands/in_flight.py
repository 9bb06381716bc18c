"""Commands that were sent and are waited for, by what their responses will carry (GBCS 7.2.6).

A response repeats the counter of its command and has its parties swapped, so the pair of parties
and the counter say which request it answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import Final

from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.settings import ResponseTimes
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later

Key = tuple[Eui64, Eui64, int]
"""Originator and recipient of the command, and its counter."""
_MOST_STALE: Final = 1_000
"""Moments of commands that are waited for no longer, before they are cleared away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """A command that is waited for.

    Args:
        octets: as sent, and as sent again.
        use_case: name of the use case and of its variant, like `CCS01`.
        hub: through which it went; None for one that the user took to the device.
        device: the recipient.
        again: when it is sent again; None when it is not.
        attempts: how often it was sent.
        expires: when it is given up; None for one that the user took.
        late_code: with which response code.
        schedule: number of the schedule that asked for it.
    """

    request: ServiceRequest
    message: Message
    octets: bytes
    use_case: str
    hub: Eui64 | None
    device: Eui64
    again: Instant | None
    attempts: int
    expires: Instant | None
    late_code: str
    schedule: int | None = None

    @property
    def key(self) -> Key:
        """By what the response is known."""
        return self.message.originator, self.message.recipient, self.message.counter


class CommandsInFlight:
    """The commands that are waited for."""

    def __init__(self) -> None:
        self._waiting: dict[Key, InFlight] = {}
        self._moments: list[tuple[Instant, Key]] = []
        """A heap of when something is due; also of commands that are waited for no longer."""

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[InFlight]:
        return iter(tuple(self._waiting.values()))

    def add(self, command: InFlight) -> None:
        """Wait for the response to a command."""
        key = command.key
        self._waiting[key] = command
        for moment in _moments(command):
            heappush(self._moments, (moment, key))
        if len(self._moments) > _MOST_STALE + 4 * len(self._waiting):
            self._moments = [(at, each.key) for each in self for at in _moments(each)]
            heapify(self._moments)

    def answered_by(self, response: Message) -> InFlight | None:
        """The command that a response answers; None when none is waited for."""
        key = (response.recipient, response.originator, response.counter)
        found = self._waiting.get(key)
        code = response.other_information.message_code
        if found is None or found.message.other_information.message_code != code:
            return None
        return found

    def remove(self, command: InFlight) -> None:
        """Wait no longer."""
        self._waiting.pop(command.key, None)

    def of_device(self, device: Eui64) -> tuple[InFlight, ...]:
        """What a device has not answered yet."""
        return tuple(each for each in self if each.device == device)

    def expired(self, now: Instant) -> tuple[InFlight, ...]:
        """What is given up by `now`; it is waited for no longer."""
        late = tuple(each for each in self if each.expires is not None and each.expires <= now)
        for each in late:
            self.remove(each)
        return late

    def sent_again(self, now: Instant, times: ResponseTimes) -> tuple[InFlight, ...]:
        """What is to be sent again by `now`, counted as sent."""
        due = tuple(each for each in self if each.again is not None and each.again <= now)
        sent = []
        for each in due:
            attempts = each.attempts + 1
            again = later(now, times.retry_after) if attempts <= times.retries else None
            sent.append(replace(each, again=again, attempts=attempts))
            self.add(sent[-1])
        return tuple(sent)

    @property
    def moments_kept(self) -> int:
        """How many moments are kept, also those of commands that were answered."""
        return len(self._moments)

    @property
    def deadline(self) -> Instant | None:
        """When something is due next."""
        while self._moments:
            moment, key = self._moments[0]
            command = self._waiting.get(key)
            if command is not None and moment in _moments(command):
                return moment
            heappop(self._moments)
        return None


def _moments(command: InFlight) -> tuple[Instant, ...]:
    """When something is due of a command."""
    return tuple(each for each in (command.again, command.expires) if each is not None)
