"""The hub's side of upgrades: an image for a device, block by block (ZCL8 11.13, GBCS 11.2.1).

Who has none assigned is not authorised; who has fetched it finds none; the end of a download is
answered by all ones, so that the device waits for its supplier (CS06) to run the image.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.mirror.primitives import FunctionalFlag, NotifyMeter
from emulator.smart_energy.ota.facts import ImageDelivered
from emulator.smart_energy.ota.primitives import (
    ImageIdentity,
    OfferImage,
    OtaImage,
    WithdrawImage,
)
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.zcl.clusters.ota_upgrade import (
    OTA_UPGRADE,
    ImageBlockRequest,
    ImageBlockResponse,
    ImageNotify,
    QueryNextImageRequest,
    QueryNextImageResponse,
    ToClient,
    ToServer,
    UpgradeEndRequest,
    UpgradeEndResponse,
)
from emulator.zcl.primitives import (
    Side,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import Endpoint

Effects = Sequence[Any]
ANY16: Final = 0xFFFF
ANY32: Final = 0xFFFFFFFF
"""Wildcards; as a time: wait to be told (GBCS 11.2.1, ZCL8 11.13.9)."""
JITTER: Final = 100
"""QueryJitter with which every device that hears a notice asks (ZCL8 11.13.3)."""


class OtaServer:
    """The images of one hub, each for one device.

    Args:
        endpoint: of the server.
    """

    accepts: ClassVar[tuple[type, ...]] = (OfferImage, WithdrawImage, ZclCommandIndication)
    deadline: Instant | None = None

    def __init__(self, endpoint: Endpoint, handles: Iterator[int]) -> None:
        self._endpoint = endpoint
        self._handles = handles
        self._images: dict[Eui64, OtaImage] = {}
        self._delivered: set[Eui64] = set()
        self._clients: dict[Eui64, ZclAddress] = {}

    def handle(self, event: Any, now: Instant) -> Effects:  # noqa: ARG002 - the one shape
        """Effects of `event`."""
        if isinstance(event, OfferImage):
            return self._offer(event)
        if isinstance(event, WithdrawImage):
            self._images.pop(event.device, None)
            self._delivered.discard(event.device)
            return (NotifyMeter(event.device, FunctionalFlag.NEW_OTA_FIRMWARE, pending=False),)
        if event.cluster != OTA_UPGRADE.id or event.to_side is not Side.SERVER:
            return ()
        step = self._commands.get(event.command)
        effects: Effects = () if step is None else step(self, event)
        return effects

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _offer(self, event: OfferImage) -> Effects:
        """Keep the image, and tell the device, where it asked before or has a mirror."""
        self._images[event.device] = event.image
        self._delivered.discard(event.device)
        flag = NotifyMeter(event.device, FunctionalFlag.NEW_OTA_FIRMWARE, pending=True)
        client = self._clients.get(event.device)
        if client is None:
            return (flag,)
        notice = ZclCommandRequest(
            next(self._handles),
            client,
            self._endpoint,
            OTA_UPGRADE.id,
            ToClient.IMAGE_NOTIFY,
            ImageNotify(0, JITTER).encode(),
            to_side=Side.CLIENT,
            disable_default_response=True,
        )
        return (flag, notice)

    def _queried(self, event: ZclCommandIndication) -> Effects:
        device = event.source_eui64
        if device is not None:
            self._clients[device] = event.source
        query = QueryNextImageRequest.decode(event.payload)
        image = None if device is None else self._images.get(device)
        asks = ImageIdentity(query.manufacturer, query.image_type)
        if image is None:
            response = QueryNextImageResponse(ZclStatus.NOT_AUTHORIZED)
        elif device is not None and query.version == image.version:
            return self._there_already(event, device)
        elif device in self._delivered or not _matches(image.identity, asks):
            response = QueryNextImageResponse(ZclStatus.NO_IMAGE_AVAILABLE)
        else:
            response = QueryNextImageResponse(
                ZclStatus.SUCCESS,
                image.identity.manufacturer,
                image.identity.image_type,
                image.version,
                len(image.octets),
            )
        return self._answer(event, ToClient.QUERY_NEXT_IMAGE_RESPONSE, response)

    def _there_already(self, event: ZclCommandIndication, device: Eui64) -> Effects:
        self._delivered.add(device)
        none = QueryNextImageResponse(ZclStatus.NO_IMAGE_AVAILABLE)
        return (
            *self._answer(event, ToClient.QUERY_NEXT_IMAGE_RESPONSE, none),
            NotifyMeter(device, FunctionalFlag.NEW_OTA_FIRMWARE, pending=False),
        )

    def _block(self, event: ZclCommandIndication) -> Effects:
        asked = ImageBlockRequest.decode(event.payload)
        device = event.source_eui64
        image = None if device is None else self._images.get(device)
        if image is None or image.version != asked.version:
            abort = ImageBlockResponse(ZclStatus.ABORT)
            return self._answer(event, ToClient.IMAGE_BLOCK_RESPONSE, abort)
        if asked.offset >= len(image.octets):
            return default_response(next(self._handles), event, ZclStatus.MALFORMED_COMMAND)
        data = image.octets[asked.offset :][: asked.maximum]
        response = ImageBlockResponse(
            ZclStatus.SUCCESS,
            image.identity.manufacturer,
            image.identity.image_type,
            image.version,
            asked.offset,
            data,
        )
        return self._answer(event, ToClient.IMAGE_BLOCK_RESPONSE, response)

    def _ended(self, event: ZclCommandIndication) -> Effects:
        ended = UpgradeEndRequest.decode(event.payload)
        device = event.source_eui64
        image = None if device is None else self._images.get(device)
        if ended.status != ZclStatus.SUCCESS or image is None or device is None:
            return default_response(next(self._handles), event, ZclStatus.SUCCESS)
        self._delivered.add(device)
        wait = UpgradeEndResponse(ANY16, ANY16, ANY32, ANY32, ANY32)
        return (
            *self._answer(event, ToClient.UPGRADE_END_RESPONSE, wait),
            ImageDelivered(device, image.version),
            NotifyMeter(device, FunctionalFlag.NEW_OTA_FIRMWARE, pending=False),
        )

    def _answer(self, event: ZclCommandIndication, command: ToClient, payload: Any) -> Effects:
        return (answer(next(self._handles), event, command, payload),)

    def snapshot(self) -> dict[str, Any]:
        """The images, and who has fetched its own, as JSON knows them."""
        return {
            "images": [
                {
                    "device": device,
                    "manufacturer": image.identity.manufacturer,
                    "image_type": image.identity.image_type,
                    "version": image.version,
                    "octets": image.octets.hex(),
                    "delivered": device in self._delivered,
                }
                for device, image in self._images.items()
            ]
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        rows = state["images"]
        self._images = {Eui64(row["device"]): _image(row) for row in rows}
        self._delivered = {Eui64(row["device"]) for row in rows if row["delivered"]}

    _commands: ClassVar[Mapping[int, Any]] = {
        ToServer.QUERY_NEXT_IMAGE: _queried,
        ToServer.IMAGE_BLOCK: _block,
        ToServer.UPGRADE_END: _ended,
    }


def _matches(image: ImageIdentity, asked: ImageIdentity) -> bool:
    """Whether an image is for a device that says so of itself; all ones match anything."""
    pairs = (
        (image.manufacturer, asked.manufacturer),
        (image.image_type, asked.image_type),
    )
    return all(ANY16 in pair or pair[0] == pair[1] for pair in pairs)


def _image(row: Mapping[str, Any]) -> OtaImage:
    identity = ImageIdentity(row["manufacturer"], row["image_type"])
    return OtaImage(identity, row["version"], bytes.fromhex(row["octets"]))
