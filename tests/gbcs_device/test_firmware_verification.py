"""Whether an image may be activated: by its signature, and by what was announced (GBCS 11.2.6)."""

from dataclasses import replace

import pytest

from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.firmware import ImageReceived
from emulator.gbcs_device.firmware_verification import verified_image
from emulator.kernel.errors import WireError
from emulator.testing.scenes.image_files import NEW_VERSION, signed_image
from emulator.testing.scenes.remote_party_bench import RemotePartyBench, bench_pki, bench_setup


def received(signer: Role, version: bytes = NEW_VERSION) -> ImageReceived:
    party = RemotePartyBench().party(signer)
    return ImageReceived(signed_image(bench_pki().keys, party).encode(), version)


@pytest.mark.parametrize(
    ("kind", "signer"),
    [
        (DeviceKind.ESME, Role.SUPPLIER),
        (DeviceKind.GSME, Role.SUPPLIER),
        (DeviceKind.PPMID, Role.ACCESS_CONTROL_BROKER),
    ],
)
def test_image_of_who_may_update_a_device_is_verified(kind: DeviceKind, signer: Role) -> None:
    image = verified_image(received(signer), bench_setup(kind).anchors)

    assert image.version == NEW_VERSION


def test_meter_does_not_go_by_the_signature_of_the_broker() -> None:
    with pytest.raises(ProtectionError) as raised:
        verified_image(received(Role.ACCESS_CONTROL_BROKER), bench_setup(DeviceKind.ESME).anchors)

    assert raised.value.rule is Rule.SIGNATURE


def test_version_must_be_the_announced_one() -> None:
    with pytest.raises(ProtectionError, match="announced as 00000001"):
        verified_image(
            received(Role.SUPPLIER, bytes.fromhex("00000001")),
            bench_setup(DeviceKind.ESME).anchors,
        )


def test_octets_that_are_no_image_are_refused() -> None:
    image = replace(received(Role.SUPPLIER), octets=b"firmware")

    with pytest.raises(WireError):
        verified_image(image, bench_setup(DeviceKind.ESME).anchors)
