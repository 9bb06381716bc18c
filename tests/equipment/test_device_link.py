"""A device talks to remote parties through its hub, once it knows which that is."""

from emulator.equipment.device_link import DeviceLink
from emulator.equipment.facts import MessageLost, MessageUnroutable
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.firmware import FirmwareActivated, ImageReceived
from emulator.gbcs_device.primitives import (
    MessageIndication,
    MessageRequest,
    PartnerJoined,
    PartnerUnjoined,
)
from emulator.kernel.identity import parse_eui64
from emulator.kernel.units import START
from emulator.smart_energy.mirror.primitives import AllowMirrorReports
from emulator.smart_energy.ota.primitives import (
    ImageActivated,
    ImageDownloaded,
    ImageIdentity,
    OtaImage,
)
from emulator.smart_energy.primitives import Commissioned, LinkPartner, UnlinkPartner
from emulator.smart_energy.tunnel.primitives import (
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
)

HUB = parse_eui64("00-DB-12-34-56-78-90-A2")
ESME = parse_eui64("00-DB-12-34-56-78-90-A0")
OTHER_HUB = parse_eui64("00-DB-12-34-56-78-90-B2")
SUPPLIER = parse_eui64("90-B3-D5-1F-30-01-00-00")


def test_what_comes_through_the_tunnel_is_for_the_device() -> None:
    effects = DeviceLink().handle(TunnelledMessage(HUB, b"message"), START)

    assert effects == (MessageIndication(b"message"),)


def test_answers_go_to_the_hub_that_the_device_joined() -> None:
    link = DeviceLink()
    link.handle(Commissioned(HUB), START)

    effects = link.handle(MessageRequest(SUPPLIER, b"answer"), START)

    assert effects == (SendThroughTunnel(HUB, b"answer"),)


def test_after_an_exchange_answers_go_to_the_new_hub() -> None:
    link = DeviceLink()
    link.handle(Commissioned(HUB), START)
    link.handle(Commissioned(OTHER_HUB), START)

    effects = link.handle(MessageRequest(SUPPLIER, b"answer"), START)

    assert effects == (SendThroughTunnel(OTHER_HUB, b"answer"),)


def test_without_a_hub_nothing_can_be_sent() -> None:
    effects = DeviceLink().handle(MessageRequest(SUPPLIER, b"alert"), START)

    assert effects == (MessageUnroutable(SUPPLIER, "no hub yet"),)


def test_image_from_the_air_is_to_be_verified_as_the_version_that_was_announced() -> None:
    image = OtaImage(ImageIdentity(0x1027, 0), 0x01020305, b"abc")

    effects = DeviceLink().handle(ImageDownloaded(image), START)

    assert effects == (ImageReceived(b"abc", bytes.fromhex("01020305")),)


def test_version_that_runs_is_shown_to_the_home() -> None:
    activated = FirmwareActivated(bytes.fromhex("01020305"))

    assert DeviceLink().handle(activated, START) == (ImageActivated(0x01020305),)


def test_what_the_hub_did_not_take_is_told() -> None:
    lost = TunnelUndeliverable(HUB, b"answer", Undeliverable.NOT_DELIVERED)

    assert DeviceLink().handle(lost, START) == (MessageLost(HUB, "partner did not acknowledge it"),)


def test_the_hub_is_known_again_after_a_power_cycle() -> None:
    before, after = DeviceLink(), DeviceLink()
    before.handle(Commissioned(HUB), START)

    after.restore(before.snapshot())

    assert after.handle(MessageRequest(SUPPLIER, b"a"), START) == (SendThroughTunnel(HUB, b"a"),)
    assert after.wake(START) == ()


def test_a_new_partner_is_to_share_a_key_and_the_gas_proxy_to_mirror() -> None:
    link = DeviceLink()

    assert link.handle(PartnerJoined(ESME, DeviceType.ESME), START) == (LinkPartner(ESME),)
    assert link.handle(PartnerJoined(HUB, DeviceType.GPF), START) == (AllowMirrorReports(),)
    assert link.handle(PartnerUnjoined(ESME), START) == (UnlinkPartner(ESME),)
