"""How a hub passes messages on: from the wide area network to the device they are for, and back.

The hub is two devices to remote parties, CHF and GPF; every other message goes into the tunnel of
the device it names (GBCS 10.2.2). What the CHF's device log decides, the trust centre carries out.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.crypto.install_code import CODE_LENGTHS, InstallCode
from emulator.crypto.mmo import mmo
from emulator.equipment.addressing import recipient_of
from emulator.equipment.facts import MessageLost, MessageUnroutable
from emulator.equipment.primitives import FromWan, ToWan
from emulator.gbcs_device.primitives import (
    AdmitDevice,
    AlertRequest,
    AllowJoining,
    DeviceKeyed,
    DismissDevice,
    MessageIndication,
    MessageRequest,
    RestoreNetwork,
)
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.mirror.primitives import MirrorChanged
from emulator.smart_energy.primitives import (
    PermitJoin,
    Register,
    RestoreTrustCentre,
    Unregister,
)
from emulator.smart_energy.tunnel.primitives import (
    LogPartner,
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
    UnlogPartner,
)
from emulator.zigbee.addresses import ExtendedPanId
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin

ESME: Final = 0
GSME: Final = 1
"""Device types of meters in CCS01 (GBCS use-case annex)."""
TUNNELLED: Final = (ESME, GSME, 13, 132)
"""Types with a tunnel: meters, HCALCS, PPMID; remote parties send nothing to displays."""
UNKNOWN: Final = 255
"""The type of a device that came with another hub's log, which does not tell it."""
DELIVERY_FAILED: Final = 0x8F84
"""Alert: a message did not reach the electricity meter (GBCS 16.2)."""
NOT_RETRIEVED: Final = 0x819D
"""Alert: the gas meter did not fetch a message in time (GBCS 16.2)."""
_UNREACHED: Final = frozenset({Undeliverable.NO_TUNNEL, Undeliverable.NOT_DELIVERED})


class HubRouter:
    """Between the wide area network, the tunnels, and the two devices that a hub is.

    Args:
        chf: the hub's own device, which keeps the device log.
        own: both devices of the hub.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        FromWan,
        TunnelledMessage,
        TunnelUndeliverable,
        MessageRequest,
        AdmitDevice,
        DismissDevice,
        AllowJoining,
        RestoreNetwork,
        MirrorChanged,
        ApsmeSetLinkKeyRequest,
    )
    deadline: Instant | None = None

    def __init__(self, chf: Eui64, own: Collection[Eui64]) -> None:
        self._chf = chf
        self._own = frozenset(own)
        self._logged: dict[Eui64, int] = {}

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape
        """Effects of `event`."""
        effects: Sequence[Any] = self._steps[type(event)](self, event)
        return effects

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    # Messages

    def _down(self, event: FromWan) -> Sequence[Any]:
        recipient = recipient_of(event.octets)
        if recipient is None:
            return (MessageUnroutable(None, "no message"),)
        return self._deliver(recipient, event.octets)

    def _up(self, event: TunnelledMessage) -> Sequence[Any]:
        """A device's message goes to a remote party, or to another device of this home."""
        recipient = recipient_of(event.octets)
        if recipient is None:
            return (MessageUnroutable(None, "no message"),)
        return self._take_on(recipient, event.octets)

    def _send(self, event: MessageRequest) -> Sequence[Any]:
        return self._take_on(event.recipient, event.octets)

    def _take_on(self, recipient: Eui64, octets: bytes) -> Sequence[Any]:
        if recipient in self._own or recipient in self._logged:
            return self._deliver(recipient, octets)
        return (ToWan(octets),)

    def _deliver(self, recipient: Eui64, octets: bytes) -> Sequence[Any]:
        if recipient in self._own:
            return (MessageIndication(octets, recipient),)
        return (SendThroughTunnel(recipient, octets),)

    def _undelivered(self, event: TunnelUndeliverable) -> Sequence[Any]:
        lost = MessageLost(event.partner, event.reason.value)
        if event.reason is Undeliverable.EXPIRED:
            return (lost, AlertRequest(NOT_RETRIEVED, device=self._chf))
        if event.reason in _UNREACHED and self._logged.get(event.partner) == ESME:
            return (lost, AlertRequest(DELIVERY_FAILED, device=self._chf))
        return (lost,)

    # Device log

    def _admit(self, event: AdmitDevice) -> Sequence[Any]:
        if len(event.install_code) not in CODE_LENGTHS:
            return (MessageUnroutable(event.eui64, "install code of no length that there is"),)
        code = InstallCode.from_octets(event.install_code)
        self._logged[event.eui64] = event.device_type
        tunnel: tuple[LogPartner, ...] = ()
        if event.device_type in TUNNELLED:
            tunnel = (LogPartner(event.eui64, sleepy=event.device_type == GSME),)
        window = event.timeout if event.historic else None
        register = Register(event.eui64, code, historic_window=window)
        return (*tunnel, register, PermitJoin(event.timeout))

    def _dismiss(self, event: DismissDevice) -> Sequence[Any]:
        self._logged.pop(event.eui64, None)
        return (UnlogPartner(event.eui64), Unregister(event.eui64))

    def _allow(self, event: AllowJoining) -> Sequence[Any]:
        return (PermitJoin(event.seconds),)

    def _restore(self, event: RestoreNetwork) -> Sequence[Any]:
        """Take over the network of another hub, with every device that its log held."""
        logged = [LogPartner(eui64, sleepy=False) for eui64, _ in event.devices]
        self._logged |= {eui64: UNKNOWN for eui64, _ in event.devices}
        network = ExtendedPanId(event.extended_pan_id)
        return (*logged, RestoreTrustCentre(network, event.devices))

    def _mirrored(self, event: MirrorChanged) -> Sequence[Any]:
        """Only gas meters ask for a mirror: so a restored log comes to know which device is one."""
        if event.endpoint is None or self._logged.get(event.meter) != UNKNOWN:
            return ()
        self._logged[event.meter] = GSME
        return (LogPartner(event.meter, sleepy=True),)

    def _keyed(self, event: ApsmeSetLinkKeyRequest) -> Sequence[Any]:
        """The device log holds the hash of each key, so that another hub can take over."""
        if event.key is None or event.origin is not KeyOrigin.CBKE:
            return ()
        return (DeviceKeyed(event.eui64, mmo(event.key)),)

    def snapshot(self) -> dict[str, Any]:
        """The devices that messages are for, and their types, as JSON knows them."""
        return {"logged": sorted(self._logged.items())}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._logged = {Eui64(eui64): device_type for eui64, device_type in state["logged"]}

    _steps: ClassVar[Mapping[type, Any]] = {
        FromWan: _down,
        TunnelledMessage: _up,
        TunnelUndeliverable: _undelivered,
        MessageRequest: _send,
        AdmitDevice: _admit,
        DismissDevice: _dismiss,
        AllowJoining: _allow,
        RestoreNetwork: _restore,
        MirrorChanged: _mirrored,
        ApsmeSetLinkKeyRequest: _keyed,
    }
