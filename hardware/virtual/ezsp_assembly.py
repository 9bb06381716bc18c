"""The machines of one boot of a network co-processor: the stack, and what serves the host."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, get_args

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.smart_energy.device import Boot, KnownKey, Persistent
from emulator.smart_energy.stack import UNHEARD, Stack
from emulator.smart_energy.stack_settings import StackSettings
from emulator.zigbee.addresses import ClusterId, NwkAddress, ProfileId
from emulator.zigbee.aps.primitives import ApsIndication, KeyOrigin
from hardware.virtual.ezsp_cbke import NcpKeyEstablishment
from hardware.virtual.ezsp_configuration import NcpConfiguration
from hardware.virtual.ezsp_keys import NcpKeys
from hardware.virtual.ezsp_loopback import LoopbackAps
from hardware.virtual.ezsp_messages import NcpMessages
from hardware.virtual.ezsp_network import NcpNetwork
from hardware.virtual.ezsp_part import NcpMemory, NcpSession, Servers
from hardware.virtual.ezsp_tables import NcpTables
from hardware.virtual.ezsp_trust_centre import NcpTrustCentre

_HEARD: Final = (*UNHEARD, *get_args(ApsIndication))


class NcpAssembly:
    """Coordinator up to APS and ZDO; what is above them is the host's.

    Args:
        boot: whose machines these are.
        memory: what survives a reset, besides what the layers keep.
    """

    def __init__(self, boot: Boot, memory: NcpMemory) -> None:
        settings = StackSettings()
        settings = replace(settings, aps=replace(settings.aps, accepts=_any_link_key))
        self.stack = stack = Stack.build(boot, settings)
        self.session = session = NcpSession()
        self.network = NcpNetwork(stack, memory, session, boot.handles)
        self._keys = NcpKeys(stack, memory, session)
        messages = NcpMessages(stack, session, boot.handles, lambda: self.network.up)
        trust_centre = NcpTrustCentre(stack, memory, session)
        stream = boot.stream("key establishment")
        self._aps = LoopbackAps(stack.aps, boot.description.eui64, lambda: stack.nwk_address)
        self._parts: tuple[Machine, ...] = (self.network, trust_centre, messages)
        self.servers: Servers = {
            **self.network.servers,
            **trust_centre.servers,
            **messages.servers,
            **self._keys.servers,
            **NcpConfiguration(stack, memory, session, lambda: self.network.up).servers,
            **NcpTables(stack, session).servers,
            **NcpKeyEstablishment(memory, session, stream, self._keys.keep).servers,
        }

    @property
    def machines(self) -> Sequence[Machine]:
        """From the radio up; the host is told of a message after ZDO answered it."""
        stack = self.stack
        return (stack.mac, stack.nwk, self._aps, stack.zdo, *self._parts)

    @property
    def unheard(self) -> Sequence[type]:
        """What layers tell whether or not a part listens; callbacks have a listener of theirs."""
        return _HEARD

    @property
    def persistent(self) -> Mapping[str, Persistent]:
        """Network, keys and counters."""
        return {"nwk": self.stack.nwk, "aps": self.stack.aps, "zdo": self.stack.zdo}

    @property
    def member(self) -> bool:
        """Whether it formed a network."""
        return self.stack.nwk.state.nib.joined

    @property
    def joined(self) -> bool:
        """Whether its network runs."""
        return self.network.up

    @property
    def nwk_address(self) -> NwkAddress | None:
        """The coordinator's, once its network runs."""
        return self.stack.nwk_address if self.joined else None

    @property
    def parent(self) -> Eui64 | None:
        """A coordinator has none."""
        return None

    @property
    def link_key_origin(self) -> KeyOrigin | None:
        """It shares no link key with itself."""
        return None

    @property
    def suite(self) -> int | None:
        """Nor did it agree one."""
        return None

    @property
    def hub(self) -> Eui64 | None:
        """Nor did anybody give it a network key."""
        return None

    @property
    def keys(self) -> Sequence[KnownKey]:
        """Every key, as the requests that would install them."""
        return self.stack.keys

    def first_events(self, *, restored: bool) -> Sequence[object]:  # noqa: ARG002 - shape
        """It waits for its host."""
        return ()


def _any_link_key(_origin: KeyOrigin, _profile: ProfileId, _cluster: ClusterId) -> bool:
    """Firmware passes everything up that opens; the host is told which key it was under."""
    return True
