"""Values of the right type that a meter cannot act on, and what it answers then.

Which result a meter gives is unverified: it is the one that DLMS names for the fault.
"""

from collections.abc import Callable

from emulator.cosem.server.made_values import parts_of
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.duty import Check
from emulator.kernel.errors import PeerError, UsageError


class UnexecutableError(PeerError):
    """A value that a meter cannot act on.

    Args:
        result: what the item answers.
        reason: what is wrong with it.
    """

    def __init__(self, result: AccessResult, reason: str) -> None:
        super().__init__(reason)
        self.result = result


def parts(data: Data, count: int) -> tuple[Data, ...]:
    """The parts of a structure of so many.

    Raises:
        UnexecutableError: when it is none.
    """
    found = parts_of(data)
    if len(found) != count:
        reason = f"{data.type.words} of {len(found)} parts: expected {count}"
        raise UnexecutableError(AccessResult.TYPE_UNMATCHED, reason)
    return found


def number(data: Data) -> int:
    """The number in a value.

    Raises:
        UnexecutableError: when it is none.
    """
    if not isinstance(data.value, int):
        raise UnexecutableError(AccessResult.TYPE_UNMATCHED, f"{data.type.words}: no number")
    return data.value


def octets(data: Data, length: int | None = None) -> bytes:
    """The octets of a value.

    Raises:
        UnexecutableError: when it has none, or not so many.
    """
    found = data.value
    if not isinstance(found, bytes) or length not in (None, len(found)):
        reason = f"{data.type.words}: expected {length or 'any'} octets"
        raise UnexecutableError(AccessResult.TYPE_UNMATCHED, reason)
    return found


def refused(reason: str) -> UnexecutableError:
    """That the meter cannot do what a value of the right shape asks for."""
    return UnexecutableError(AccessResult.OTHER_REASON, reason)


def executable(read: Callable[[Data], object]) -> Check:
    """A check that a value can be read as what a meter acts on."""

    def check(value: Data) -> AccessResult:
        try:
            read(value)
        except UnexecutableError as fault:
            return fault.result
        except UsageError:
            return AccessResult.OTHER_REASON
        return AccessResult.SUCCESS

    return check
