"""Which device may be added to the log of which (SEC App. AC 4.9, 4.10), and what that brings.

Service and use case are those of the published templates and messages; a pair without them there
says so in its certainty.
"""

from dataclasses import dataclass
from typing import Final

from emulator.dcc.inventory.device_kinds import TYPE_2, DeviceKind
from emulator.dcc.inventory.statuses import Certainty


@dataclass(frozen=True, slots=True)
class Join:
    """A pair that Join Service may bring together.

    Args:
        target: the device whose log it is.
        other: the device that is added to it.
        service: the service reference variant.
        use_case: the use case of its command (GBCS).
        commissions: whether success commissions the added device.
        target_commissioned: whether the target must be commissioned before.
        clause: the rule for that.
    """

    target: DeviceKind
    other: DeviceKind
    service: str
    use_case: str
    commissions: bool
    target_commissioned: bool
    clause: str
    certainty: Certainty


_K: Final = DeviceKind
_4_9: Final = "SEC App. AC 4.9"
_4_10: Final = "SEC App. AC 4.10"
_NONE: Final = "SEC App. AC: no guard named"
_SOURCED: Final = Certainty.SOURCED
_INFERRED: Final = Certainty.INFERRED
_BACKGROUND: Final = Certainty.BACKGROUND

JOINS: Final = (
    Join(_K.ESME, _K.PPMID, "8.7.1", "CS03A1", True, True, _4_9, _SOURCED),
    Join(_K.ESME, _K.HCALCS, "8.7.1", "CS03A1", True, True, _4_9, _SOURCED),
    Join(_K.SAPC, _K.PPMID, "8.7.1", "CS03A1", True, True, _4_9, _INFERRED),
    Join(_K.SAPC, _K.HCALCS, "8.7.1", "CS03A1", True, True, _4_9, _INFERRED),
    Join(_K.GPF, _K.PPMID, "8.7.2", "CS03B", True, True, _4_9, _SOURCED),
    Join(_K.GSME, _K.GPF, "8.7.2", "CS03B", True, True, _4_10, _SOURCED),
    Join(_K.GSME, _K.PPMID, "8.7.1", "CS03C", False, True, _4_9, _INFERRED),
    Join(_K.PPMID, _K.ESME, "8.7.2", "CS03A2", False, False, _NONE, _SOURCED),
    Join(_K.PPMID, _K.SAPC, "8.7.2", "CS03A2", False, False, _NONE, _INFERRED),
    Join(_K.PPMID, _K.GSME, "8.7.2", "CS03C", False, False, _NONE, _SOURCED),
    Join(_K.HCALCS, _K.ESME, "8.7.1", "CS03A2", False, False, _NONE, _SOURCED),
    Join(_K.HCALCS, _K.SAPC, "8.7.1", "CS03A2", False, False, _NONE, _INFERRED),
    *(
        Join(target, other, "8.7.2", "CS03B", False, True, "SEC App. AC 4.15", _BACKGROUND)
        for target in (_K.ESME, _K.GPF)
        for other in TYPE_2
    ),
)

_PAIRS: Final = {(each.target, each.other): each for each in JOINS}


def join(target: DeviceKind, other: DeviceKind) -> Join | None:
    """What is known of adding `other` to the log of `target`; None when it is not allowed."""
    return _PAIRS.get((target, other))
