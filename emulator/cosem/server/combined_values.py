"""Attributes that show the values of others side by side: each value is held once.

GBCS has them so that one protected read gives many values (use-case annex of GBCS, ECS19).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute

_CREDIT: Final = 112
_CHARGE: Final = 113
_CURRENT_CREDIT_AMOUNT: Final = 2
_TOTAL_AMOUNT_REMAINING: Final = 12

PREPAYMENT_BALANCES: Final = Attribute(1, parse_obis("0-0:94.44.34.30"), 2)
"""Meter balance, emergency credit, accumulated debt, and what remains of the three debts."""

COMBINED_VALUES: Final[Mapping[Attribute, tuple[Attribute, ...]]] = MappingProxyType(
    {
        PREPAYMENT_BALANCES: (
            Attribute(_CREDIT, parse_obis("0-0:19.10.0.255"), _CURRENT_CREDIT_AMOUNT),
            Attribute(_CREDIT, parse_obis("0-0:19.10.1.255"), _CURRENT_CREDIT_AMOUNT),
            Attribute(_CREDIT, parse_obis("0-0:19.10.2.255"), _CURRENT_CREDIT_AMOUNT),
            Attribute(_CHARGE, parse_obis("0-0:19.20.1.255"), _TOTAL_AMOUNT_REMAINING),
            Attribute(_CHARGE, parse_obis("0-0:19.20.2.255"), _TOTAL_AMOUNT_REMAINING),
            Attribute(_CHARGE, parse_obis("0-0:19.20.3.255"), _TOTAL_AMOUNT_REMAINING),
        )
    }
)
"""The attributes that each of them shows, in order."""
