"""A home on the bench: reached at the application or over the HAN, reset, and without power."""

from dataclasses import replace

import pytest

from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.defects import NotJoinedError
from emulator.bench.running.runner import Runner
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.kernel.units import seconds
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, bench_shipment, case_named, on_test
from emulator.testing.scenes.image_files import NEW_VERSION, signed_image

READ = "ESME/0027/ECS17b/success"


def test_a_shipment_without_the_device_is_refused_with_what_it_has() -> None:
    whole = bench_shipment()
    only_a_hub = replace(whole, devices=(whole.hub, whole.gas_proxy))

    with pytest.raises(UsageError, match="no ESME to test; the shipment has CHF, GPF"):
        BenchedHome(DeviceUnderTest(kind=DeviceKind.ESME, shipment=only_a_hub))


def test_a_meter_answers_through_hub_and_radio() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME, reach=Reach.HAN))
    runner = Runner(home)
    frames = home.lab.frames()

    judged = [runner.run(case_named(name)) for name in (READ, "ESME/0027/ECS17b/wrong-mac")]

    assert [each.verdict for each in judged] == [Verdict.PASS] * 2
    assert home.lab.frames() > frames


def test_no_wan_is_played() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME, reach=Reach.HAN))

    home.wait(seconds(60), until_heard=False)

    assert home.lab.take_messages() == ()


@pytest.mark.parametrize("kind", [DeviceKind.CHF, DeviceKind.GPF])
def test_functions_of_the_hub_are_tested_too(kind: DeviceKind) -> None:
    home = BenchedHome(on_test(kind))

    judged = Runner(home).run(case_named(f"{kind}/0008/CS02a/success"))

    assert home.in_the_hub
    assert judged.verdict is Verdict.PASS


def test_a_reset_device_is_as_it_was() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))
    assert home.machine is not None
    before = home.machine.snapshot()
    Runner(home).run(case_named("ESME/001A/ECS02/success"))
    changed = home.machine.snapshot()

    home.reset()

    assert changed != before
    assert home.machine.snapshot() == before


def test_a_device_keeps_what_it_has_without_power() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))
    assert home.machine is not None
    before = home.machine.snapshot()

    assert home.power_cycle()

    assert home.machine is not None
    assert home.machine.snapshot() == before


def test_octets_that_are_no_message_are_refused_by_the_device_not_the_bench() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))

    home.send(b"\x00")

    assert len(home.take()) == 1
    assert home.take() == ()


def test_only_the_hub_and_the_device_are_in_the_home() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))

    assert home.lab.kinds() == ("CHF", "ESME")
    assert len(bench_shipment().devices) > 3
    assert bench(DeviceKind.ESME) is not None


@pytest.mark.parametrize(
    ("defect", "joined"), [("install-code-misread", False), ("key-pair-wrong", True)]
)
def test_a_device_that_gets_not_in_says_how_far_it_came(defect: str, joined: bool) -> None:
    with pytest.raises(NotJoinedError) as raised:
        BenchedHome(on_test(DeviceKind.ESME, reach=Reach.HAN, defect=defect))

    assert raised.value.joined is joined


def test_an_image_is_held_as_if_it_had_come_over_the_air() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))
    assert home.machine is not None
    (party, *_) = home.keys.with_role(RemotePartyRole.SUPPLIER)
    file = signed_image(home.keys, party)

    home.receive_image(file.encode(), NEW_VERSION)

    held = home.machine.firmware.held
    assert held is not None
    assert (held.image_hash, held.version) == (file.image_hash, NEW_VERSION)
    assert not home.sleepy
    assert home.device is not home.hub
