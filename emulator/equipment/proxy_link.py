"""How the gas proxy function of a hub hears what passes to and from its meter (GBCS 10.4.2.11)."""

from collections.abc import Sequence
from typing import ClassVar

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.gbz.proxy.tap_off import PassedFromMeter, PassedToMeter
from emulator.gbcs_device.primitives import PartnerJoined, PartnerUnjoined
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.mirror.primitives import MirrorChanged
from emulator.smart_energy.tunnel.primitives import SendThroughTunnel, TunnelledMessage

Passing = SendThroughTunnel | TunnelledMessage | MirrorChanged


class ProxyLink:
    """Between the hub's tunnels and mirror, and the ear of its gas proxy function.

    No command joins the meter to the proxy, only the proxy to the meter (GBCS CS03B): the proxy's
    meter is whichever has its mirror. Of messages it is told of every one that passes, and leaves
    alone what is for others. A message in blocks passes unheard.

    Args:
        proxy: the gas proxy function.
    """

    accepts: ClassVar[tuple[type, ...]] = (SendThroughTunnel, TunnelledMessage, MirrorChanged)
    deadline: Instant | None = None

    def __init__(self, proxy: Eui64) -> None:
        self._proxy = proxy

    def handle(self, event: Passing, now: Instant) -> Sequence[object]:  # noqa: ARG002 - the one shape
        """What the proxy hears."""
        match event:
            case SendThroughTunnel():
                return (PassedToMeter(event.octets),)
            case TunnelledMessage():
                return (PassedFromMeter(event.octets),)
            case MirrorChanged(endpoint=None):
                return (PartnerUnjoined(event.meter, device=self._proxy),)
            case MirrorChanged():
                return (PartnerJoined(event.meter, DeviceType.GSME, device=self._proxy),)

    def wake(self, now: Instant) -> Sequence[object]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()
