"""What the heading of a command puts into its payload, in the form of each way of writing.

References that begin with `@` name it: `@execution`, `@issued`, `@counter`, `@transaction`,
`@originator`, `@recipient`.
"""

from datetime import datetime
from typing import Final

from emulator.cosem.date_times import NEVER, NOW
from emulator.gbcs.commands.heading import Activation, CommandHeading, Execution
from emulator.gbcs.commands.kinds import Carrier
from emulator.gbcs.commands.moments import (
    cosem_date_time,
    from_cosem_date_time,
    from_generalized_time,
    from_seconds,
    generalized_time,
    seconds,
)
from emulator.kernel.errors import UsageError

_RESPONSE: Final = 0x04
"""In place of the kind of message: key for the sensitive data of a response (GBCS 8.4)."""
_NEVER_ASN1: Final = "99991231235959Z"
_NEVER_ZCL: Final = {"@execution": 0xFFFFFFFF, "@execution-calendar": 0xFFFFFFFE}
"""What cancels: tariffs and calendars have a mark of their own (use-case annex of GBCS)."""


def dlms_context(reference: str, heading: CommandHeading) -> Carrier:
    """What DLMS data holds for a reference.

    Whose data it is: a supplementary party's where the heading names one (GBCS 8.4).

    Raises:
        UsageError: when nothing is called so.
    """
    party = heading.supplementary_party
    if reference == "@execution":
        return _cosem_execution(heading.execution)
    if reference == "@transaction":
        return bytes((_RESPONSE,)) + heading.counter.to_bytes(8, "big")
    if reference == "@originator":
        return (heading.originator if party is None else party).to_bytes(8, "big")
    if reference == "@recipient":
        return heading.recipient.to_bytes(8, "big")
    raise _unknown(reference)


def gbz_context(reference: str, heading: CommandHeading) -> int:
    """What a ZCL field holds for a reference.

    Raises:
        UsageError: when nothing is called so, or the heading does not say it.
    """
    if reference == "@issued":
        if heading.issued is None:
            raise UsageError("the command needs the time when it was issued, expected UTC")
        return seconds(heading.issued)
    if reference not in _NEVER_ZCL:
        raise _unknown(reference)
    if isinstance(heading.execution, datetime):
        return seconds(heading.execution)
    return _NEVER_ZCL[reference] if heading.execution is Activation.NEVER else 0


def asn1_context(reference: str, heading: CommandHeading) -> Carrier | None:
    """What an ASN.1 value holds for a reference; None where it is left out.

    Raises:
        UsageError: when nothing is called so.
    """
    if reference == "@counter":
        return heading.counter
    if reference != "@execution":
        raise _unknown(reference)
    if isinstance(heading.execution, datetime):
        return generalized_time(heading.execution)
    return _NEVER_ASN1 if heading.execution is Activation.NEVER else None


def execution_of(carried: Carrier | None) -> Execution:
    """When a payload that holds this for `@execution` is to be done."""
    if carried in (None, 0, NOW):
        return Activation.NOW
    if carried in (*_NEVER_ZCL.values(), _NEVER_ASN1, NEVER):
        return Activation.NEVER
    if isinstance(carried, int):
        return from_seconds(carried)
    found: object = carried
    if isinstance(carried, bytes):
        found = from_cosem_date_time(carried)
    elif isinstance(carried, str):
        found = from_generalized_time(carried)
    if not isinstance(found, datetime):
        raise UsageError(f"{found!r} is no date on which to do a command")
    return found


def _cosem_execution(execution: Execution) -> bytes:
    if isinstance(execution, datetime):
        return cosem_date_time(execution)
    return NEVER if execution is Activation.NEVER else NOW


def _unknown(reference: str) -> UsageError:
    return UsageError(f"no heading of a command says {reference}")
