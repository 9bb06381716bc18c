"""The laboratory: what a scenario can do with it, and what a run can ask of it."""

import re
from pathlib import Path
from typing import Any

import pytest

from emulator.crypto.cbke import Suite
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.commissioning import commission, finish_joining, form_network
from emulator.lab.kept.result import LinkKeyState
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.steps.unmet import StepFailed
from emulator.smart_energy.facts import KeyEstablished

SHIPMENTS = Path(__file__).parents[1] / "data/shipments"
ESME = Eui64(0x00DB1234567890A0)
BOTH = tuple(Suite)


def lab_of(shipment: str = "one-meter.csv", **options: Any) -> Lab:
    return Lab(read_shipment(SHIPMENTS / shipment), LabOptions(**options))


def commissioned(shipment: str = "one-meter.csv", **options: Any) -> Lab:
    lab = lab_of(shipment, **options)
    commission(lab, lab.home())
    return lab


@pytest.fixture(scope="module")
def done() -> Lab:
    """A hub and one electricity meter that has joined; to be looked at only."""
    return commissioned()


# What a scenario uses


def test_devices_go_by_their_types_the_hub_first() -> None:
    lab = lab_of("dual-fuel.csv")

    assert lab.kinds() == ("CHF", "ESME", "GSME", "PPMID", "HCALCS", "IHD", "CAD")
    assert (lab.first_joiner(), lab.last_joiner()) == ("ESME", "CAD")


def test_shipment_with_too_few_joiners_is_refused() -> None:
    lab = lab_of()

    lab.needs_joiners(1)
    with pytest.raises(UsageError, match="needs 2 joining devices or more; the shipment has 1"):
        lab.needs_joiners(2)


def test_home_is_always_the_same_one() -> None:
    lab = lab_of()

    assert lab.home() is lab.home()


def test_pictures_stay_in_the_order_in_which_they_were_put_there() -> None:
    lab = lab_of()

    lab.picture("one", "<svg/>")
    lab.picture("two", "<svg/>", "how to read it")

    assert [(each.title, each.caption) for each in lab.pictures] == [
        ("one", ""),
        ("two", "how to read it"),
    ]


def test_time_passes_as_told() -> None:
    lab = lab_of()

    lab.run("2 h")

    assert lab.scheduler.now == 7_200_000_000


def test_devices_out_of_reach_do_not_hear_each_other_until_they_are_in_reach() -> None:
    lab = lab_of()
    home = lab.home()
    (meter,) = home.joiners
    lab.out_of_reach(home.hub, meter)

    with pytest.raises(StepFailed):
        commission(lab, home, within="1 min")
    lab.in_reach(home.hub, meter)
    home.permit_join(254)
    finish_joining(lab, home, meter)

    assert meter.joined


def test_how_far_a_device_has_come_is_told_in_words(done: Lab) -> None:
    new = lab_of()

    meter = new.home().joiners[0]
    dark = new.where(meter)
    meter.power_on()

    assert (dark, new.where(meter)) == ("without power", "scanning for 0 us")
    assert done.where(done.home().joiners[0]).startswith("operating for ")
    assert new.where(new.home().hub) == "without power"


def test_hub_with_power_has_not_started_to_join() -> None:
    lab = lab_of()
    lab.home().hub.power_on()

    assert lab.where(lab.home().hub) == "not started"


def test_where_a_device_is_and_what_it_agreed_is_told_in_words(done: Lab) -> None:
    (meter,) = done.home().joiners
    new = lab_of()

    assert re.fullmatch(r"0x[0-9A-F]{4}, parent CHF", done.address_of(meter))
    assert done.suite_of(meter) == "suite 2"
    assert done.agreed_suites() == {2}
    assert (new.address_of(new.home().joiners[0]), new.suite_of(new.home().joiners[0])) == ("", "")


def test_whoever_watches_is_told_what_is_done() -> None:
    lab = lab_of()
    said: list[str] = []
    lab.progress = lambda doing, _now: said.append(doing)

    commission(lab, lab.home())

    assert "ESME joins under its install code" in said


# What a run asks for


def test_rows_are_the_devices_and_the_hub_is_two_of_them(done: Lab) -> None:
    chf, gpf, esme = done.device_rows()

    assert [row.type for row in (chf, gpf, esme)] == ["CHF", "GPF", "ESME"]
    assert chf.eui64 != gpf.eui64
    assert (esme.joined, esme.link_key, esme.suite) == (True, LinkKeyState.CBKE, 2)
    assert (esme.parent, esme.sleepy) == ("CHF", False)
    assert (chf.nwk, chf.link_key) == (0, LinkKeyState.NONE)


def test_device_that_has_not_joined_has_no_key_and_no_address() -> None:
    lab = lab_of()
    lab.home()

    row = lab.device_rows()[2]

    assert (row.joined, row.link_key, row.nwk, row.parent) == (False, LinkKeyState.NONE, None, None)


def test_laboratory_that_did_nothing_has_nothing_to_tell() -> None:
    lab = lab_of()

    assert (lab.device_rows(), lab.chart(), lab.frames(), lab.key_file()) == ((), (), 0, "")
    assert lab.radio_seconds() == 0
    lab.save_state()


def test_every_transmission_is_counted_captured_and_charted(done: Lab) -> None:
    assert done.frames() == len(done.chart()) > 100
    assert 0.1 < done.radio_seconds() < done.scheduler.now / 1_000_000
    assert done.capture()[:4] == bytes.fromhex("0A0D0D0A")


def test_key_file_has_every_key_of_the_run_and_calls_them_test_keys(done: Lab) -> None:
    lines = done.key_file().splitlines()

    labels = [re.fullmatch(r'"[0-9a-f]{32}","Normal","test key: (.*)"', each) for each in lines]
    assert [each and each[1] for each in labels] == [
        "network key 0",
        "ESME preconfigured link key",
        "ESME cbke link key",
    ]


def test_settings_that_no_source_proves_are_named(done: Lab) -> None:
    assert "interview.pause" in done.unverified()


# Runs that follow each other


def test_second_run_comes_back_with_the_keys_of_the_first(tmp_path: Path) -> None:
    first = commissioned(state=tmp_path)
    first.save_state()

    second = commissioned(state=tmp_path, seed=2)

    assert "the hub starts its network again" in [step.name for step in second.steps]
    assert list(second.trace.of(KeyEstablished)) == []
    assert second.device_rows()[2] == first.device_rows()[2]
    assert set(first.key_file().splitlines()) >= set(second.key_file().splitlines())


def test_run_that_ended_before_a_device_joined_is_taken_up_by_the_next(tmp_path: Path) -> None:
    first = lab_of(state=tmp_path)
    home = first.home()
    form_network(first, home)
    home.joiners[0].power_on()
    first.run("1 min")
    first.save_state()

    second = commissioned(state=tmp_path)

    assert has_agreed_key(second.home().joiners[0])


def test_run_that_ended_before_there_was_a_network_is_taken_up_by_the_next(
    tmp_path: Path,
) -> None:
    first = lab_of(state=tmp_path)
    first.home().hub.power_on()
    first.save_state()

    second = commissioned(state=tmp_path)

    assert "the hub forms its network" in [step.name for step in second.steps]


@pytest.mark.parametrize("memory", ["[]", '{"joiner": {}}', '{"boots": 1, "joiner": {"suite": 2}}'])
def test_state_that_no_device_can_have_kept_is_refused_before_anything_happens(
    memory: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{ESME:016x}.json"
    path.write_text(f'{{"format": 1, "memory": {memory}}}')
    lab = lab_of(state=tmp_path)

    with pytest.raises(UsageError):
        lab.home()

    assert (lab.frames(), lab.steps) == (0, [])


# Repeatability


def test_equal_seeds_give_equal_traces_and_captures(done: Lab) -> None:
    again = commissioned()

    assert again.trace.digest() == done.trace.digest()
    assert again.capture() == done.capture()


def test_different_seeds_differ(done: Lab) -> None:
    other = commissioned(seed=2)

    assert other.trace.digest() != done.trace.digest()
    assert other.capture() != done.capture()


def test_a_lab_that_keeps_only_the_last_transmissions_goes_on_without_capture_and_trace() -> None:
    lab = commissioned()
    captured = lab.capture()

    lab.keep_only(5)
    lab.run("2 min")

    assert 0 < len(lab.chart()) <= 5
    assert lab.capture() == captured
    assert list(lab.trace.lines()) == []
