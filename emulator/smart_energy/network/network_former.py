"""How a comms hub forms its network, or starts it again after it lost power (R22 3.6.1.1)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.bands import Band
from emulator.smart_energy.facts import NetworkStarted
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.primitives import FormNetwork
from emulator.smart_energy.settings import FormationSettings
from emulator.zigbee.aps.primitives import ApsmeSetTrustCentreRequest
from emulator.zigbee.nwk.primitives import (
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NlmeSetKeyRequest,
    NwkStatus,
)


class NetworkFormer:
    """Forms the network once; `formed` tells whether it runs."""

    accepts: ClassVar[tuple[type, ...]] = (FormNetwork, NlmeNetworkFormationConfirm)
    deadline: Instant | None = None

    def __init__(
        self,
        eui64: Eui64,
        settings: FormationSettings,
        network_key: NetworkKey,
        stream: Stream,
        bands: tuple[Band, ...] = (Band.GHZ_2_4,),
    ) -> None:
        self._eui64 = eui64
        self._settings = settings
        below = settings.sub_ghz_channels if Band.SUB_GHZ in bands else ()
        self._channels = (*settings.channels, *below)
        self._network_key = network_key
        self._stream = stream
        self.formed = False

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape
        """Effects of `event`."""
        if isinstance(event, NlmeNetworkFormationConfirm):
            return self._confirmed(event)
        return (
            NlmeNetworkFormationRequest(
                self._channels,
                self._settings.scan_duration,
                pan_id=event.pan_id,
                extended_pan_id=event.extended_pan_id,
            ),
        )

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _confirmed(self, event: NlmeNetworkFormationConfirm) -> Sequence[Any]:
        if event.status != NwkStatus.SUCCESS:
            return ()
        self.formed = True
        self._network_key.make(self._stream)
        return (
            NlmeSetKeyRequest(self._network_key.octets, self._network_key.sequence),
            ApsmeSetTrustCentreRequest(self._eui64),
            NetworkStarted(self._network_key.sequence),
        )

    def snapshot(self) -> dict[str, Any]:
        """Whether the network was formed, as JSON knows it."""
        return {"formed": self.formed}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.formed = state["formed"]
