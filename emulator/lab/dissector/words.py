"""Names from the code as words for a person."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final

_SPELLED: Final = {
    "addr": "Address",
    "annce": "Announce",
    "aps": "APS",
    "cbke": "CBKE",
    "desc": "Descriptor",
    "ep": "Endpoints",
    "eui64": "EUI-64",
    "eui64s": "EUI-64s",
    "gts": "GTS",
    "id": "id",
    "ieee": "IEEE",
    "lqi": "LQI",
    "mgmt": "Management",
    "nwk": "NWK",
    "pan": "PAN",
    "req": "Request",
    "rsp": "Response",
    "rtg": "Routing",
    "rx": "RX",
    "tc": "TC",
    "zcl": "ZCL",
    "zdo": "ZDO",
}
_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|[0-9]+")


@lru_cache(maxsize=1024)
def title(name: str) -> str:
    """`InitiateKeyEstablishmentRequest` as `Initiate Key Establishment Request`."""
    return " ".join(_SPELLED.get(part.lower(), part) for part in _PARTS.findall(name))


@lru_cache(maxsize=1024)
def phrase(name: str) -> str:
    """`destination_eui64`, `PAN_ACCESS_DENIED` as `destination EUI-64`, `PAN access denied`."""
    words = (part.lower() for part in name.split("_"))
    return " ".join(
        spelled if (spelled := _SPELLED.get(word, word)).isupper() or "-" in spelled else word
        for word in words
    )


def member(value: Enum) -> str:
    """An enumeration's member as words; a code without a name as `unknown(0x..)`."""
    return phrase(value.name)


def command_label(command: object, suffixes: Mapping[Any, Callable[[Any], str]]) -> str:
    """The name of a command, and what the suffix of its type tells besides."""
    suffix = suffixes.get(type(command))
    name = title(type(command).__name__)
    return name if suffix is None else name + suffix(command)
