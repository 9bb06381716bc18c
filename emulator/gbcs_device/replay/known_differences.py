"""Reference answers that nobody can give again, and why (RTDS 4.5.0)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KNOWN_DIFFERENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NA_PCS01/PCS01_NA_SUCCESS_COMMAND_GBCS.HEX": (
            "from device to device: the set has the private key of neither, so that the MAC can be "
            "neither checked nor made"
        ),
        "NA_PCS02/PCS02_NA_SUCCESS_COMMAND_GBCS.HEX": (
            "from device to device: the set has the private key of neither, so that the MAC can be "
            "neither checked nor made"
        ),
    }
)
"""By the name of the pair."""
