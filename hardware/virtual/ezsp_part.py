"""What the parts of a virtual network co-processor have in common: how they answer a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.crypto.cbke import Identity, Suite
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.wire.struct import Struct
from hardware.ezsp.formats import AddEndpoint
from hardware.ezsp.identifiers import Command
from hardware.ezsp.key_formats import InitialSecurity


@dataclass(frozen=True, slots=True)
class HostCallback:
    """A part -> host: something happened that the host is told without asking."""

    command: Command
    parameters: Struct


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command gives.

    Args:
        answer: parameters of the response.
        effects: what follows, after the response: requests to the stack, and callbacks.
    """

    answer: Struct
    effects: tuple[object, ...] = ()


Server = tuple[type[Struct], Callable[[Any, Instant], Reply]]
"""The parameters of a command, and who answers it."""
Servers = Mapping[Command, Server]


@dataclass(slots=True)
class NcpMemory:
    """What survives a reset, besides what the layers of the stack keep themselves.

    Args:
        link_keys: the key table, by index.
        security: what the host wants a network to be formed with.
        identities: certificates and private keys, one a suite.
        tokens: NVM3 tokens that the host wrote, by key and index.
        mfg_tokens: tokens of manufacturing that the host wrote.
        power: dBm.
        manager: NWK address of the network manager, as the host gave it when it formed.
    """

    link_keys: dict[int, tuple[Eui64, bytes]] = field(default_factory=dict)
    security: InitialSecurity | None = None
    identities: dict[Suite, Identity] = field(default_factory=dict)
    tokens: dict[tuple[int, int], bytes] = field(default_factory=dict)
    mfg_tokens: dict[int, bytes] = field(default_factory=dict)
    power: int = 0
    manager: int = 0


@dataclass(slots=True)
class NcpSession:
    """What a reset takes away.

    Args:
        endpoints: in the order in which the host added them.
        transient_keys: for joiners, each with the instant at which it is forgotten.
        configuration: what the host set.
        values: what the host set, octets.
        policies: decisions, by policy.
        counters: by EmberCounterType.
    """

    endpoints: dict[int, AddEndpoint] = field(default_factory=dict)
    transient_keys: dict[Eui64, tuple[bytes, Instant]] = field(default_factory=dict)
    configuration: dict[int, int] = field(default_factory=dict)
    values: dict[int, bytes] = field(default_factory=dict)
    policies: dict[int, int] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)

    def count(self, counter: int) -> None:
        """One more of those."""
        self.counters[counter] = self.counters.get(counter, 0) + 1 & 0xFFFF
