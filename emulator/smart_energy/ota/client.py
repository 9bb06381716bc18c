"""A device's side of upgrades: find the server, ask, fetch block by block (ZCL8 11.13, GBCS 11.2).

One exchange at a time. An image that is here is not run: that is for whoever activates it (CS06).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, ClassVar

from emulator.kernel.errors import WireError
from emulator.kernel.units import Duration, Instant, later, seconds
from emulator.smart_energy.mirror.primitives import FunctionalFlag, MirrorFlagsIndication
from emulator.smart_energy.ota.facts import (
    DownloadEnded,
    DownloadFailed,
    DownloadStarted,
    NoImage,
)
from emulator.smart_energy.ota.primitives import (
    CheckForImage,
    ImageActivated,
    ImageDownloaded,
    ImageIdentity,
    OtaImage,
)
from emulator.smart_energy.ota.settings import OtaSettings
from emulator.smart_energy.primitives import StartKeepAlive
from emulator.wire.struct import Struct
from emulator.zcl.clusters.ota_upgrade import (
    OTA_UPGRADE,
    ImageBlockRequest,
    ImageBlockResponse,
    QueryNextImageRequest,
    QueryNextImageResponse,
    ToClient,
    ToServer,
    UpgradeEndRequest,
    UpgradeEndResponse,
)
from emulator.zcl.primitives import (
    Outcome,
    SetAttributeRequest,
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE, Endpoint
from emulator.zigbee.nwk.primitives import NlmePollControl
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

Effects = Sequence[Any]
CURRENT_FILE_VERSION = 0x0002
"""Attribute of the client side: the version that runs (ZCL8 Table 11-7)."""
NO_FIELDS = 0
"""Field control of requests without optional fields (ZCL8 11.13.4, 11.13.6)."""


class State(Enum):
    """What the client waits for."""

    IDLE = auto()
    FINDING = auto()
    QUERYING = auto()
    FETCHING = auto()
    ENDING = auto()


@dataclass(frozen=True, slots=True)
class Polling:
    """How often a device that sleeps asks its parent for data, during a download and after it."""

    downloading: Duration
    idle: Duration


@dataclass(slots=True)
class _Download:
    identity: ImageIdentity
    version: int
    size: int
    octets: bytes = b""


class OtaClient:
    """Fetches the image that the hub has for this device.

    Args:
        endpoint: ours.
        running: what runs here now; its octets are not needed.
        polling: of a device that sleeps; None for one that listens.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        StartKeepAlive,
        CheckForImage,
        ImageActivated,
        MirrorFlagsIndication,
        ZdpConfirm,
        ZclCommandConfirm,
        ZclCommandIndication,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        running: OtaImage,
        settings: OtaSettings,
        handles: Iterator[int],
        polling: Polling | None = None,
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._handles = handles
        self._polling = polling
        self._identity = running.identity
        self._version = running.version
        self.state = State.IDLE
        self._server: Endpoint | None = None
        self._download: _Download | None = None
        self._handle: int | None = None
        self._failures = 0
        self._due: Instant | None = None

    @property
    def deadline(self) -> Instant | None:
        """When to ask next."""
        return self._due

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; answers to others' requests change nothing."""
        if isinstance(event, ZclCommandIndication):
            noticed = (event.cluster, event.to_side, event.command)
            wanted = (OTA_UPGRADE.id, Side.CLIENT, ToClient.IMAGE_NOTIFY)
            return self._check() if noticed == wanted else ()
        if isinstance(event, StartKeepAlive):
            if self.state is State.IDLE:
                self._due = later(now, self._settings.first_check)
            return ()
        if isinstance(event, MirrorFlagsIndication):
            return self._check() if event.pending(FunctionalFlag.NEW_OTA_FIRMWARE) else ()
        if isinstance(event, CheckForImage):
            return self._check()
        if isinstance(event, ImageActivated):
            return self._activated(event)
        return self._ended(event, now) if event.handle == self._handle else ()

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Ask: for an image, or for a block that the server wanted us to wait for."""
        self._due = None
        return self._check() if self.state is State.IDLE else self._ask()

    def _activated(self, event: ImageActivated) -> Effects:
        """Tell the HAN what runs now."""
        self._version = event.version
        client = Side.CLIENT
        shown = SetAttributeRequest(
            self._endpoint, OTA_UPGRADE.id, client, CURRENT_FILE_VERSION, event.version
        )
        return (shown,)

    def _check(self) -> Effects:
        if self.state is not State.IDLE:
            return ()
        self._failures = 0
        self._due = None
        self.state = State.FINDING if self._server is None else State.QUERYING
        return (*self._poll(awake=True), *self._ask())

    def _ask(self) -> Effects:
        """The request of the present state, the first time or again."""
        self._handle = next(self._handles)
        if self._server is None:
            match = MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (OTA_UPGRADE.id,), ())
            return (ZdpRequest(self._handle, COORDINATOR, match),)
        command, payload = self._request()
        return (
            ZclCommandRequest(
                self._handle,
                ZclAddress(COORDINATOR, self._server),
                self._endpoint,
                OTA_UPGRADE.id,
                command,
                payload.encode(),
                expects_answer=True,
            ),
        )

    def _request(self) -> tuple[ToServer, Struct]:
        download = self._download
        ours = self._identity
        if download is None:
            query = QueryNextImageRequest(
                NO_FIELDS, ours.manufacturer, ours.image_type, self._version
            )
            return ToServer.QUERY_NEXT_IMAGE, query
        about = (download.identity.manufacturer, download.identity.image_type, download.version)
        if self.state is State.ENDING:
            return ToServer.UPGRADE_END, UpgradeEndRequest(ZclStatus.SUCCESS, *about)
        at, block = len(download.octets), self._settings.block
        return ToServer.IMAGE_BLOCK, ImageBlockRequest(NO_FIELDS, *about, at, block)

    def _ended(self, event: ZdpConfirm | ZclCommandConfirm, now: Instant) -> Effects:
        """The request of the present state was answered, or was not."""
        self._handle = None
        if isinstance(event, ZdpConfirm):
            return self._found(event, now)
        answered = event.answer
        if event.outcome is not Outcome.ANSWERED or answered is None:
            return self._again(f"request {event.outcome.value}", now)
        if answered.general:
            return self._give_up("request refused", now)
        try:
            effects: Effects = self._answers[self.state](self, answered.payload, now)
        except WireError as fault:
            return self._give_up(f"answer malformed: {fault}", now)
        return effects

    def _found(self, event: ZdpConfirm, now: Instant) -> Effects:
        endpoints = getattr(event.response, "endpoints", ())
        if not endpoints:
            return self._again("nobody serves images", now)
        self._server = Endpoint(endpoints[0])
        self.state = State.QUERYING
        return self._ask()

    def _offered(self, payload: bytes, now: Instant) -> Effects:
        offer = QueryNextImageResponse.decode(payload)
        if offer.status != ZclStatus.SUCCESS:
            return (*self._rest(now), NoImage(offer.status.name))
        assert offer.manufacturer is not None  # noqa: S101 - there where the status is SUCCESS
        assert offer.image_type is not None  # noqa: S101 - as before
        assert offer.version is not None  # noqa: S101 - as before
        assert offer.size is not None  # noqa: S101 - as before
        if offer.version == self._version:
            return (*self._rest(now), NoImage("the version that is here"))
        if not 0 < offer.size <= self._settings.largest:
            return self._give_up(f"an image of {offer.size} octets", now)
        identity = ImageIdentity(offer.manufacturer, offer.image_type)
        self._download = _Download(identity, offer.version, offer.size)
        self.state = State.FETCHING
        return (DownloadStarted(offer.version, offer.size), *self._ask())

    def _fetched(self, payload: bytes, now: Instant) -> Effects:
        block, download = ImageBlockResponse.decode(payload), self._download
        if block.request_time is not None and block.current_time is not None:
            wait = max(block.request_time - block.current_time, 1)
            self._due = later(now, seconds(wait))
            return ()
        if download is None or block.status != ZclStatus.SUCCESS:
            return self._give_up(f"block refused: {block.status.name}", now)
        data = block.data or b""
        fits = len(download.octets) + len(data) <= download.size
        if not data or block.offset != len(download.octets) or not fits:
            return self._give_up("another block than was asked for", now)
        download.octets += data
        self._failures = 0
        if len(download.octets) == download.size:
            self.state = State.ENDING
        return self._ask()

    def _done(self, payload: bytes, now: Instant) -> Effects:
        UpgradeEndResponse.decode(payload)
        download = self._download
        if download is None:
            return ()
        image = OtaImage(download.identity, download.version, download.octets)
        ended = DownloadEnded(image.version, download.size)
        return (*self._rest(now), ended, ImageDownloaded(image))

    def _again(self, reason: str, now: Instant) -> Effects:
        self._failures += 1
        if self._failures >= self._settings.tries:
            return self._give_up(reason, now)
        return self._ask()

    def _give_up(self, reason: str, now: Instant) -> Effects:
        self._server = None
        return (*self._rest(now), DownloadFailed(reason))

    def _rest(self, now: Instant) -> Effects:
        self.state = State.IDLE
        self._download = None
        self._due = later(now, self._settings.check)
        return self._poll(awake=False)

    def _poll(self, *, awake: bool) -> Effects:
        if self._polling is None:
            return ()
        return (NlmePollControl(self._polling.downloading if awake else self._polling.idle),)

    def snapshot(self) -> dict[str, Any]:
        """The version that is here, as JSON knows it; half a download is lost."""
        return {"version": self._version}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._version = state["version"]

    _answers: ClassVar[Mapping[State, Any]] = {
        State.QUERYING: _offered,
        State.FETCHING: _fetched,
        State.ENDING: _done,
    }
