from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.installing.commissioning import commission
from emulator.lab.interactive.order_words import Mistakes
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import parse_shipment
from emulator.lab.sniffing.claims import Found, Known, find, parse_pan, told
from emulator.testing.scenes.captured_homes import SHIPMENT

HUB, METER = Eui64(0x00DB1234567890A2), Eui64(0x00DB1234567890A0)


def found(known: Known) -> tuple[Found, list[str]]:
    mistakes = Mistakes()
    return find(known, mistakes), mistakes.problems


def test_shipment_gives_hub_devices_and_link_keys(tmp_path: Path) -> None:
    path = tmp_path / "home.csv"
    path.write_bytes(SHIPMENT)

    known, problems = found(Known(devices=path))

    assert not problems
    assert HUB in known.hubs
    assert known.devices == {METER}
    assert len(known.ring.link_keys(())) == 1
    assert not known.network_keys


def test_hub_that_the_bench_supplies_is_nobodys_own(tmp_path: Path) -> None:
    path = tmp_path / "home.csv"
    path.write_bytes(b"".join(line for line in SHIPMENT.splitlines(True) if b"-DB-01" not in line))

    known, _ = found(Known(devices=path))

    assert not known.hubs


def test_state_gives_pan_channel_and_keys(tmp_path: Path) -> None:
    lab = Lab(parse_shipment(SHIPMENT, "small.csv"), LabOptions(state=tmp_path))
    commission(lab, lab.home())
    lab.save_state()

    known, problems = found(Known(state=tmp_path))

    assert not problems
    assert known.hubs == {HUB}
    assert known.devices == {METER}
    assert len(known.pans) == len(known.channels) == 1
    assert known.network_keys


def test_folder_without_a_hub_is_no_state(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"format": 5, "memory": {"trust_centre": 7}}')
    (tmp_path / "text.json").write_text("none")

    _, problems = found(Known(state=tmp_path))

    assert len(problems) == 1
    assert "no state of a hub" in problems[0]


def test_nothing_told_asks_whose_network_it_is() -> None:
    _, problems = found(Known())

    assert problems
    assert "J 6.8" in problems[0]
    assert not found(Known(all_pans=True))[1]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    key_file = tmp_path / "keys"
    key_file.write_text("zz\n")

    _, problems = found(
        Known(pan="10000", key_file=key_file, keys=("12",), devices=tmp_path / "none.csv")
    )

    assert len(problems) >= 3


def test_keys_open_ones_own_network() -> None:
    known, _ = found(Known(keys=("00" * 16,)))

    assert known.claim(everything=False).keys is known.ring


@pytest.mark.parametrize("text", ["", "0x", "FFFF", "-1", "10000", "1_0"])
def test_what_is_no_pan_identifier_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected a PAN identifier"):
        parse_pan(text)


def test_pan_identifiers_are_read_and_told() -> None:
    assert parse_pan("0x1A62") == parse_pan("1a62") == 0x1A62
    assert told([0x1A62, 5]) == "0x0005, 0x1A62"
    assert told([]) == "none yet"
