"""How messages of remote parties reach a device behind a hub, and leave it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from emulator.equipment.facts import MessageLost, MessageUnroutable
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.firmware import VERSION_LENGTH, FirmwareActivated, ImageReceived
from emulator.gbcs_device.primitives import (
    MessageIndication,
    MessageRequest,
    PartnerJoined,
    PartnerUnjoined,
)
from emulator.kernel.units import Instant
from emulator.smart_energy.mirror.primitives import AllowMirrorReports
from emulator.smart_energy.ota.primitives import ImageActivated, ImageDownloaded
from emulator.smart_energy.primitives import Commissioned, LinkPartner, UnlinkPartner
from emulator.smart_energy.tunnel.primitives import (
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
)

if TYPE_CHECKING:
    from emulator.kernel.identity import Eui64


class DeviceLink:
    """Between a device's tunnel and its remote-party side: all go through its hub."""

    accepts: ClassVar[tuple[type, ...]] = (
        Commissioned,
        TunnelledMessage,
        TunnelUndeliverable,
        MessageRequest,
        PartnerJoined,
        PartnerUnjoined,
        ImageDownloaded,
        FirmwareActivated,
    )
    deadline: Instant | None = None

    def __init__(self) -> None:
        self._hub: Eui64 | None = None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape
        """Effects of `event`."""
        effects: Sequence[Any] = self._steps[type(event)](self, event)
        return effects

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _commissioned(self, event: Commissioned) -> Sequence[Any]:
        self._hub = event.trust_centre
        return ()

    def _came(self, event: TunnelledMessage) -> Sequence[Any]:
        self._hub = event.partner
        return (MessageIndication(event.octets),)

    def _lost(self, event: TunnelUndeliverable) -> Sequence[Any]:
        return (MessageLost(event.partner, event.reason.value),)

    def _send(self, event: MessageRequest) -> Sequence[Any]:
        if self._hub is None:
            return (MessageUnroutable(event.recipient, "no hub yet"),)
        return (SendThroughTunnel(self._hub, event.octets),)

    def _joined(self, event: PartnerJoined) -> Sequence[Any]:
        """With the gas proxy a meter shares its hub's key; with any other it needs a new one."""
        if event.device_type == DeviceType.GPF:
            return (AllowMirrorReports(),)
        return (LinkPartner(event.eui64),)

    def _unjoined(self, event: PartnerUnjoined) -> Sequence[Any]:
        return (UnlinkPartner(event.eui64),)

    def _image(self, event: ImageDownloaded) -> Sequence[Any]:
        """What came over the air is verified before anybody activates it (GBCS 11.2.6)."""
        version = event.image.version.to_bytes(VERSION_LENGTH, "big")
        return (ImageReceived(event.image.octets, version),)

    def _activated(self, event: FirmwareActivated) -> Sequence[Any]:
        return (ImageActivated(int.from_bytes(event.version, "big")),)

    def snapshot(self) -> dict[str, Any]:
        """Who the hub is, as JSON knows it."""
        return {"hub": self._hub}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._hub = state["hub"]

    _steps: ClassVar[Mapping[type, Any]] = {
        Commissioned: _commissioned,
        TunnelledMessage: _came,
        TunnelUndeliverable: _lost,
        MessageRequest: _send,
        PartnerJoined: _joined,
        PartnerUnjoined: _unjoined,
        ImageDownloaded: _image,
        FirmwareActivated: _activated,
    }
