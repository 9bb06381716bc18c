"""Every e-mail that the handling of install codes sends, in order (MP121 PIA 4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from emulator.kernel.identity import Eui64


class Occasion(Enum):
    """Why an e-mail is sent."""

    ASSIGNED = "an incident was assigned to you"
    NOTE_ADDED = "another user added a note to your incident"
    CODE_ASKED = "a supplier asks for install codes"
    CODE_SENT = "an install code"
    NOT_THE_INSTALLER = "the supplier that was asked did not install the device"


@dataclass(frozen=True, slots=True)
class Notification:
    """An e-mail to a user.

    Args:
        about: number of the incident or request.
    """

    moment: datetime
    recipient: Eui64
    occasion: Occasion
    about: int


class Ledger:
    """The e-mails that were sent; none is ever taken back."""

    def __init__(self) -> None:
        self._sent: list[Notification] = []
        self._listeners: list[Callable[[Notification], None]] = []

    def __len__(self) -> int:
        return len(self._sent)

    def add(self, notification: Notification) -> None:
        """Send one more."""
        self._sent.append(notification)
        for listener in self._listeners:
            listener(notification)

    def listen(self, listener: Callable[[Notification], None]) -> None:
        """Call `listener` with every e-mail from now on."""
        self._listeners.append(listener)

    @property
    def sent(self) -> tuple[Notification, ...]:
        """All of them, in the order they were sent."""
        return tuple(self._sent)

    def to(self, recipient: Eui64) -> tuple[Notification, ...]:
        """Those to one user."""
        return tuple(each for each in self._sent if each.recipient == recipient)
