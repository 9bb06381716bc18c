"""What became of a command that waited for its date: alerts 8F66 and 8F67 (GBCS 16.2)."""

from struct import Struct
from typing import Final

from emulator.cosem.names import cosem_name
from emulator.dlms.data import Data
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.use_cases.catalogue import known_use_case

CODES: Final = frozenset((0x8F66, 0x8F67))
_OUTCOME: Final = Struct(">HQH6sb")
"""Message code, originator counter, class, logical name, attribute of the command's item."""


def future_dated_outcome(code: int, data: Data, offset: int) -> Tree | None:
    """The item of the command that an alert is about; None when it is not such an alert."""
    octets = data.value
    if code not in CODES or not isinstance(octets, bytes) or len(octets) != _OUTCOME.size:
        return None
    message_code, counter, class_id, obis, member = _OUTCOME.unpack(octets)
    return Tree(
        "future dated item",
        str(cosem_name(class_id, obis, member)),
        (
            Tree("of command", use_case_name(message_code)),
            Tree("with counter", str(counter)),
        ),
        offset,
    )


def use_case_name(message_code: int) -> str:
    """A message code with its use case: `0019 ECS01a Set Tariff and Price on ESME`."""
    known = known_use_case(message_code)
    return f"{message_code:04X} {'unknown use case' if known is None else known}"
