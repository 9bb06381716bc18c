"""Keeps the properties of a co-processor as its host wants them, over a line that may lose octets.

Each change is asked for until it is answered, one at a time, so that small firmware buffers do not
overflow. After a reset of the co-processor everything is asked for again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.scheduler import Scheduler, Timer
from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, milliseconds, seconds
from hardware.spinel.frames import LAST_TRANSACTION, property_frame
from hardware.spinel.hdlc import hdlc_frame
from hardware.spinel.properties import Command, Property, Status


@dataclass(frozen=True, slots=True)
class SpinelSettings:
    """How patient a host is with its co-processor."""

    answer_limit: Duration = setting(
        seconds(1),
        source="OpenThread radio_spinel waits 5 s; a lost octet must not cost a join",
        verified=False,
    )
    tries: int = setting(5, source="no document: requests before a dongle is dead", verified=False)
    transmit_limit: Duration = setting(
        seconds(2), source="eight tries with eight back-offs take 0.6 s on the air", verified=False
    )
    busy_pause: Duration = setting(
        milliseconds(2), source="one frame takes up to 4.3 ms of air", verified=False
    )
    busy_tries: int = setting(100, source="0.2 s at 2 ms", verified=False)
    resets: int = setting(
        8, source="no document: resets without one answer between them", verified=False
    )


class DeadDongle(EnvironmentFault):
    """The dongle answers no more, or refuses what every radio must do."""


class PropertyLink:
    """The properties of one co-processor.

    Args:
        name: the device whose radio it is, for messages.
        scheduler: the time it lives in.
        settings: how patient to be.
        send: sends octets on the line.
        optional: told of a property that this firmware does not have, which one can do without.
    """

    OPTIONAL: Final = frozenset((Property.MAC_RX_ON_WHEN_IDLE_MODE, Property.MAC_PROMISCUOUS_MODE))

    def __init__(
        self,
        name: str,
        scheduler: Scheduler,
        settings: SpinelSettings,
        send: Callable[[bytes], None],
        optional: Callable[[Property], None],
    ) -> None:
        self._name = name
        self._scheduler = scheduler
        self._settings = settings
        self._send = send
        self._optional = optional
        self._wanted: dict[Property, bytes] = {}
        self._known: dict[Property, bytes] = {}
        self._asked: tuple[int, Property, bytes] | None = None
        self._tries = 0
        self._timer: Timer | None = None
        self._transaction = 0
        self.reserved = 0
        """The transaction of a transmission that goes on; 0 for none."""
        self.settled: Callable[[], None] = _nothing
        """Called when the last change was answered."""

    @property
    def busy(self) -> bool:
        """Whether changes wait for an answer."""
        return self._asked is not None

    def next_transaction(self) -> int:
        """A transaction number that is not in use."""
        held = (self.reserved, None if self._asked is None else self._asked[0])
        self._transaction = self._transaction % LAST_TRANSACTION + 1
        while self._transaction in held:
            self._transaction = self._transaction % LAST_TRANSACTION + 1
        return self._transaction

    def want(self, values: Mapping[Property, bytes]) -> None:
        """From now on the properties shall have these values, asked for in this order."""
        for name, value in values.items():
            self._wanted.pop(name, None)
            self._wanted[name] = value
        if self._asked is None:
            self._ask_next()

    def forget(self) -> None:
        """The co-processor began anew: it has none of its values any more."""
        self._known.clear()
        self._drop_timer()
        self._asked = None
        self._ask_next()

    def only(self, values: Mapping[Property, bytes]) -> None:
        """Want nothing but these values."""
        self._wanted.clear()
        self.want(values)

    def answered(self, transaction: int, name: Property) -> bool:
        """Take the answer to what was asked; whether it was one."""
        if self._asked is None or self._asked[:2] != (transaction, name):
            return False
        self._done(self._asked[1], self._asked[2])
        return True

    def refused(self, transaction: int, status: Status) -> bool:
        """Take a status in answer to what was asked; whether it was one.

        Raises:
            DeadDongle: when the firmware refuses what a radio must be able to do.
        """
        if self._asked is None or self._asked[0] != transaction:
            return False
        _, name, value = self._asked
        if status is Status.OK or status is Status.ALREADY:
            self._done(name, value)
        elif name in self.OPTIONAL:
            self._optional(name)
            self._done(name, value)
        else:
            raise DeadDongle(
                f"{self._name}: the dongle refuses {name.name} = {value.hex()}: {status.name}: "
                "flash an OpenThread RCP image"
            )
        return True

    def _done(self, name: Property, value: bytes) -> None:
        self._known[name] = value
        self._drop_timer()
        self._asked = None
        self._ask_next()
        if self._asked is None:
            self.settled()

    def _ask_next(self) -> None:
        for name, value in self._wanted.items():
            if self._known.get(name) != value:
                self._asked = self.next_transaction(), name, value
                self._tries = 0
                self._ask()
                return

    def _ask(self) -> None:
        assert self._asked is not None  # noqa: S101 - only called with something to ask
        transaction, name, value = self._asked
        self._tries += 1
        self._timer = self._scheduler.after(self._settings.answer_limit, self._unanswered)
        self._send(hdlc_frame(property_frame(transaction, Command.PROP_VALUE_SET, name, value)))

    def _unanswered(self) -> None:
        self._timer = None
        if self._tries >= self._settings.tries:
            raise DeadDongle(
                f"{self._name}: the dongle answers no more: unplug it, plug it in and run again"
            )
        self._ask()

    def _drop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _nothing() -> None:
    """What happens where nobody waits."""
