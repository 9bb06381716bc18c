"""A device fetches the image that the hub has for it, whatever goes wrong on the way."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import START, Instant, hours, later, milliseconds, minutes, seconds
from emulator.smart_energy.mirror.primitives import MirrorFlagsIndication, NotifyMeter
from emulator.smart_energy.ota.client import OtaClient, Polling, State
from emulator.smart_energy.ota.facts import DownloadFailed, DownloadStarted, NoImage
from emulator.smart_energy.ota.primitives import (
    CheckForImage,
    ImageActivated,
    ImageDownloaded,
    ImageIdentity,
    OfferImage,
    OtaImage,
)
from emulator.smart_energy.ota.server import OtaServer
from emulator.smart_energy.ota.settings import OtaSettings
from emulator.smart_energy.primitives import StartKeepAlive
from emulator.testing.stack.tunnel_bench import DEVICE, ENDPOINT, HUB, TunnelBench, came
from emulator.zcl.clusters.ota_upgrade import (
    OTA_UPGRADE,
    ImageBlockRequest,
    ImageBlockResponse,
    QueryNextImageResponse,
    ToClient,
    ToServer,
)
from emulator.zcl.primitives import (
    Outcome,
    SetAttributeRequest,
    Side,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus
from emulator.zigbee.nwk.primitives import NlmePollControl
from emulator.zigbee.zdo.discovery_frames import MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

OURS = ImageIdentity(0x1027, 3)
RUNNING = OtaImage(OURS, 1, b"")
IMAGE = OtaImage(OURS, 2, bytes(range(256)))
POLLING = Polling(milliseconds(250), minutes(1))


def client(**settings: Any) -> OtaClient:
    return OtaClient(ENDPOINT, RUNNING, OtaSettings(**settings), count(1))


class Home:
    """A hub with an image and a device that fetches it."""

    def __init__(self, loses: Callable[[], bool] = lambda: False) -> None:
        self.client = client()
        self.bench = TunnelBench((OtaServer(ENDPOINT, count(1)),), (self.client,), loses)
        self.images: list[ImageDownloaded] = []
        self.bench.device.node.connect((ImageDownloaded,), self.images.append)
        self.bench.hub.node.connect((NotifyMeter,), lambda _: None)

    def fetch(self, image: OtaImage) -> None:
        self.bench.hub.node.post(OfferImage(DEVICE, image))
        self.bench.device.node.post(CheckForImage())
        self.bench.run(minutes(5))


@given(st.binary(min_size=1, max_size=400))
def test_whole_image_arrives_whatever_its_size(octets: bytes) -> None:
    home = Home()
    image = OtaImage(OURS, 2, octets)

    home.fetch(image)

    assert home.images == [ImageDownloaded(image)]
    assert home.client.state is State.IDLE


@given(st.sets(st.integers(0, 30), max_size=8))
def test_lost_commands_are_sent_again_or_the_download_ends_with_a_reason(lost: set[int]) -> None:
    number = count()
    home = Home(lambda: next(number) in lost)

    home.fetch(IMAGE)

    failed = home.bench.facts(DownloadFailed)
    assert home.images == ([] if failed else [ImageDownloaded(IMAGE)])
    assert home.client.state is State.IDLE


def test_image_that_is_here_is_not_fetched_again() -> None:
    home = Home()
    home.fetch(IMAGE)

    home.bench.device.node.post(CheckForImage())
    home.bench.run(minutes(5))

    assert len(home.images) == 1
    assert home.bench.facts(NoImage) == [NoImage("NO_IMAGE_AVAILABLE")]


def test_image_that_runs_is_not_fetched_though_it_is_offered_anew() -> None:
    home = Home()
    home.bench.device.node.connect((SetAttributeRequest,), lambda _: None)
    home.fetch(IMAGE)
    home.bench.device.node.post(ImageActivated(IMAGE.version))

    home.fetch(IMAGE)

    assert len(home.images) == 1


def test_image_that_is_not_activated_can_be_offered_anew() -> None:
    home = Home()
    home.fetch(IMAGE)

    home.fetch(IMAGE)

    assert len(home.images) == 2, "the first one may not have been what its signature is for"


def test_version_that_runs_is_shown() -> None:
    (shown,) = client().handle(ImageActivated(0x01020304), START)

    assert isinstance(shown, SetAttributeRequest)
    assert (shown.side, shown.attribute, shown.value) == (Side.CLIENT, 0x0002, 0x01020304)


@pytest.mark.parametrize(
    "event",
    [
        CheckForImage(),
        MirrorFlagsIndication((1, 0, 0, 0, 0)),
        came(HUB, OTA_UPGRADE.id, ToClient.IMAGE_NOTIFY, bytes.fromhex("00 64"), Side.CLIENT),
    ],
    ids=["asked to", "mirror's flag", "notice"],
)
def test_search_begins_when_there_is_a_reason(event: object) -> None:
    machine = client()

    [request] = machine.handle(event, START)

    assert isinstance(request, ZdpRequest)
    assert machine.state is State.FINDING
    assert machine.handle(event, START) == ()


def test_search_begins_some_time_after_the_device_came_onto_the_network_and_daily() -> None:
    machine = client(first_check=minutes(15), check=hours(24), tries=1)
    machine.handle(StartKeepAlive(), START)
    assert machine.deadline == later(START, minutes(15))

    machine.wake(later(START, minutes(15)))
    effects = machine.handle(ZdpConfirm(1, ZdpStatus.TIMEOUT), later(START, minutes(16)))

    assert list(effects) == [DownloadFailed("nobody serves images")]
    assert machine.deadline == later(later(START, minutes(16)), hours(24))


@pytest.mark.parametrize(
    "event",
    [
        MirrorFlagsIndication((2, 0, 0, 0, 0)),
        came(HUB, OTA_UPGRADE.id, ToClient.IMAGE_NOTIFY, b"", Side.SERVER),
        ZdpConfirm(9, ZdpStatus.TIMEOUT),
    ],
)
def test_what_is_no_reason_changes_nothing(event: object) -> None:
    machine = client()

    assert machine.handle(event, START) == ()
    assert machine.state is State.IDLE


def asking(machine: OtaClient) -> None:
    """Bring a client to the point where it has asked which image there is; its handle is 2."""
    machine.handle(CheckForImage(), START)
    found = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, (ENDPOINT,))
    machine.handle(ZdpConfirm(1, ZdpStatus.SUCCESS, found), START)


def answered(handle: int, payload: bytes, *, general: bool = False) -> ZclCommandConfirm:
    answer = ZclAnswer(0, general, payload, ApsSecurity.LINK_KEY)
    return ZclCommandConfirm(handle, Outcome.ANSWERED, ApsStatus.SUCCESS, answer)


def offer(size: int) -> bytes:
    about = (OURS.manufacturer, OURS.image_type, 2, size)
    return QueryNextImageResponse(ZclStatus.SUCCESS, *about).encode()


def block(offset: int, data: bytes) -> bytes:
    about = (OURS.manufacturer, OURS.image_type, 2)
    return ImageBlockResponse(ZclStatus.SUCCESS, *about, offset, data).encode()


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (offer(0), "an image of 0 octets"),
        (offer(0x400001), "an image of 4194305 octets"),
        (b"", "answer malformed"),
        (b"\x00", "answer malformed"),
    ],
)
def test_offer_that_cannot_be_taken_is_not(payload: bytes, reason: str) -> None:
    machine = client()
    asking(machine)

    [fact] = machine.handle(answered(2, payload), START)

    assert fact.reason.startswith(reason)
    assert machine.state is State.IDLE


@pytest.mark.parametrize(
    "payload",
    [
        block(1, b"x"),
        block(0, b""),
        block(0, b"four"),
        ImageBlockResponse(ZclStatus.ABORT).encode(),
        b"\x00",
    ],
    ids=["another offset", "nothing", "too much", "abort", "cut off"],
)
def test_block_that_does_not_fit_ends_the_download(payload: bytes) -> None:
    machine = client()
    asking(machine)
    machine.handle(answered(2, offer(3)), START)

    [fact] = machine.handle(answered(3, payload), START)

    assert isinstance(fact, DownloadFailed)
    assert machine.state is State.IDLE


def test_server_that_wants_time_is_asked_again_when_it_said() -> None:
    machine = client()
    asking(machine)
    machine.handle(answered(2, offer(3)), START)
    wait = ImageBlockResponse(
        ZclStatus.WAIT_FOR_DATA, current_time=100, request_time=107, minimum_period=0
    )

    assert machine.handle(answered(3, wait.encode()), START) == ()

    assert machine.deadline == later(START, seconds(7))
    [again] = machine.wake(Instant(7_000_000))
    asked = ImageBlockRequest.decode(again.payload)
    assert (again.command, asked.offset) == (ToServer.IMAGE_BLOCK, 0)


def test_refusal_ends_the_search() -> None:
    machine = client()
    asking(machine)

    effects = machine.handle(answered(2, bytes.fromhex("01 81"), general=True), START)

    assert list(effects) == [DownloadFailed("request refused")]


def test_device_that_sleeps_polls_quickly_while_it_fetches() -> None:
    machine = OtaClient(ENDPOINT, RUNNING, OtaSettings(), count(1), POLLING)

    first = machine.handle(CheckForImage(), START)
    found = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, (ENDPOINT,))
    machine.handle(ZdpConfirm(1, ZdpStatus.SUCCESS, found), START)
    none = QueryNextImageResponse(ZclStatus.NOT_AUTHORIZED).encode()
    last = machine.handle(answered(2, none), START)

    assert first[0] == NlmePollControl(POLLING.downloading)
    assert list(last) == [NlmePollControl(POLLING.idle), NoImage("NOT_AUTHORIZED")]


def test_download_tells_what_it_begins_and_asks_for_the_first_block() -> None:
    machine = client(block=40)
    asking(machine)

    fact, request = machine.handle(answered(2, offer(300)), START)

    assert fact == DownloadStarted(2, 300)
    assert isinstance(request, ZclCommandRequest)
    # no optional field, manufacturer, image type, version, offset, octets wanted
    assert request.payload == bytes.fromhex("00 2710 0300 02000000 00000000 28")


def test_version_that_runs_survives() -> None:
    before, after = client(), client()
    before.handle(ImageActivated(2), START)

    after.restore(json.loads(json.dumps(before.snapshot())))
    asking(after)

    [fact] = after.handle(answered(2, offer(3)), START)
    assert fact == NoImage("the version that is here")
