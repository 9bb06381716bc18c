"""What the wide area network port of a hub and its machines say to each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FromWan:
    """Wide area network -> hub: a message for one of the devices of this home."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class ToWan:
    """Hub -> wide area network: a message for a remote party."""

    octets: bytes
