"""Images that came over the air: verified and held, run at once, or dropped (GBCS 11.2.6)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.ota_image import OtaImage
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.facts import ImageHeld, ImageRefused
from emulator.gbcs_device.firmware import FirmwareActivated, ImageReceived
from emulator.kernel.units import START
from emulator.testing.scenes.image_files import NEW_VERSION, signed_image
from emulator.testing.scenes.remote_party_bench import (
    GAINING_SUPPLIER,
    RemotePartyBench,
    alerts,
    bench_pki,
)

FAILED = 0x8F1C


def image_for(bench: RemotePartyBench, signer: Role = Role.SUPPLIER) -> OtaImage:
    return signed_image(bench_pki().keys, bench.party(signer))


def receive(bench: RemotePartyBench, octets: bytes, version: bytes = NEW_VERSION) -> list[object]:
    return list(bench.machine.handle(ImageReceived(octets, version), START))


def only_alert(bench: RemotePartyBench, effects: list[object]) -> Message:
    (found,) = alerts(effects)
    assert bench.protection.verify(found).valid
    return found


@pytest.mark.parametrize(("kind", "code"), [(DeviceKind.ESME, 0x00CE), (DeviceKind.GSME, 0x00CF)])
def test_meter_tells_the_hash_of_an_image_and_holds_it(kind: DeviceKind, code: int) -> None:
    bench = RemotePartyBench(kind)
    file = image_for(bench)

    effects = receive(bench, file.encode())

    found = only_alert(bench, effects)
    assert found.other_information.message_code == code
    assert found.payload.endswith(bytes.fromhex("0920") + file.image_hash)
    assert effects[0] == ImageHeld(NEW_VERSION.hex(), file.image_hash.hex())
    held = bench.machine.firmware.held
    assert held is not None
    assert (held.image_hash, held.version) == (file.image_hash, NEW_VERSION)


def test_ppmid_runs_an_image_of_the_broker_at_once_and_says_so() -> None:
    bench = RemotePartyBench(DeviceKind.PPMID)

    effects = receive(bench, image_for(bench, Role.ACCESS_CONTROL_BROKER).encode())

    found = only_alert(bench, effects)
    assert found.other_information.message_code == 0x012B
    # octet string of 4, version, INTEGER 0
    assert found.payload.endswith(bytes.fromhex("0404 0123ABCE 020100"))
    assert FirmwareActivated(NEW_VERSION) in effects
    assert (bench.machine.firmware.running, bench.machine.firmware.held) == (NEW_VERSION, None)


def other_image(file: OtaImage) -> bytes:
    return replace(file, image=b"image of the thief").encode()


@pytest.mark.parametrize(
    ("spoil", "version", "reason"),
    [
        (other_image, NEW_VERSION, "not that of the given key"),
        (lambda file: file.encode()[:-1], NEW_VERSION, "total_size"),
        (lambda _: b"", NEW_VERSION, "octet"),
        (lambda file: file.encode(), bytes(4), "announced as 00000000"),
    ],
    ids=["other image", "cut off", "empty", "other version"],
)
def test_image_that_cannot_be_verified_is_dropped(
    spoil: Callable[[OtaImage], bytes], version: bytes, reason: str
) -> None:
    bench = RemotePartyBench(DeviceKind.ESME)

    effects = receive(bench, spoil(image_for(bench)), version)

    (refused,) = (each for each in effects if isinstance(each, ImageRefused))
    assert reason in refused.reason
    assert FAILED.to_bytes(2, "big") in only_alert(bench, effects).payload
    assert bench.machine.firmware.held is None


def test_image_that_another_supplier_signed_is_dropped_and_the_one_before_stays() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)
    receive(bench, image_for(bench).encode())
    before = bench.machine.firmware.held

    receive(bench, signed_image(bench_pki().keys, GAINING_SUPPLIER, image=b"x").encode())

    assert before is not None
    assert bench.machine.firmware.held == before
