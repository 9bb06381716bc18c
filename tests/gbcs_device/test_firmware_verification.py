"""Whether an image may be activated: by its signature, and by what was announced (GBCS 11.2.6)."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.gbcs.ota_image import OtaField
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.firmware import ImageReceived
from emulator.gbcs_device.firmware_verification import Updated, verified_image
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.image_files import NEW_VERSION, signed_image
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    PARTNER,
    RemotePartyBench,
    bench_pki,
    bench_setup,
)


def received(signer: Role, version: bytes = NEW_VERSION) -> ImageReceived:
    party = RemotePartyBench().party(signer)
    return ImageReceived(signed_image(bench_pki().keys, party).encode(), version)


def updated(kind: DeviceKind = DeviceKind.ESME, hardware: int = 0) -> Updated:
    return Updated(DEVICE, hardware, bench_setup(kind).anchors)


def bench_image(**header: Any) -> ImageReceived:
    """An image whose header says more, which its signature does not cover."""
    image = signed_image(bench_pki().keys, RemotePartyBench().party(Role.SUPPLIER))
    changed = replace(image, header=replace(image.header, **header))
    return ImageReceived(changed.encode(), NEW_VERSION)


@pytest.mark.parametrize(
    ("kind", "signer"),
    [
        (DeviceKind.ESME, Role.SUPPLIER),
        (DeviceKind.GSME, Role.SUPPLIER),
        (DeviceKind.PPMID, Role.ACCESS_CONTROL_BROKER),
    ],
)
def test_image_of_who_may_update_a_device_is_verified(kind: DeviceKind, signer: Role) -> None:
    image = verified_image(received(signer), updated(kind))

    assert image.version == NEW_VERSION


def test_meter_does_not_go_by_the_signature_of_the_broker() -> None:
    with pytest.raises(ProtectionError) as raised:
        verified_image(received(Role.ACCESS_CONTROL_BROKER), updated())

    assert raised.value.rule is Rule.SIGNATURE


def test_version_must_be_the_announced_one() -> None:
    with pytest.raises(ProtectionError, match="announced as 00000001"):
        verified_image(
            received(Role.SUPPLIER, bytes.fromhex("00000001")),
            updated(),
        )


def test_octets_that_are_no_image_are_refused() -> None:
    image = replace(received(Role.SUPPLIER), octets=b"firmware")

    with pytest.raises(WireError):
        verified_image(image, updated())


@pytest.mark.parametrize("hardware", [0x0102, 0x0103, 0x0200])
def test_image_for_the_hardware_of_the_device_is_verified(hardware: int) -> None:
    image = bench_image(minimum_hardware_version=0x0102, maximum_hardware_version=0x0200)

    assert verified_image(image, updated(hardware=hardware)).version == NEW_VERSION


@pytest.mark.parametrize("hardware", [0, 0x0101, 0x0201])
def test_image_for_other_hardware_is_refused(hardware: int) -> None:
    # ZCL8 11.4.2.12, 11.4.2.13
    image = bench_image(minimum_hardware_version=0x0102, maximum_hardware_version=0x0200)

    with pytest.raises(ProtectionError, match=f"0102 to 0200, the device has {hardware:04X}"):
        verified_image(image, updated(hardware=hardware))


def with_destination(eui64: Eui64) -> ImageReceived:
    image = signed_image(bench_pki().keys, RemotePartyBench().party(Role.SUPPLIER))
    header = replace(
        image.header,
        field_control=image.header.field_control | OtaField.DEVICE_SPECIFIC,
        destination=eui64,
        header_length=image.header.header_length + 8,
        total_size=image.header.total_size + 8,
    )
    return ImageReceived(replace(image, header=header).encode(), NEW_VERSION)


def test_image_for_one_device_is_for_no_other() -> None:
    # ZCL8 11.4.2.11
    assert verified_image(with_destination(DEVICE), updated()).version == NEW_VERSION

    with pytest.raises(ProtectionError, match="another device"):
        verified_image(with_destination(PARTNER), updated())
