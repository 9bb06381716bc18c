from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import parse_eui64
from emulator.kernel.units import Duration, minutes, seconds
from emulator.lab.inputs.overrides import Overrides, parse_overrides
from emulator.lab.shipments.shipment import Shipment, parse_shipment

ESME = parse_eui64("00-DB-12-34-56-78-90-A0")
CODE = "83FED3407A932B70"
HEADER = "device_type,eui64,install_code,manufacturer,model,firmware,mpxn"


@dataclass(frozen=True, slots=True)
class JoinerSettings:
    retry: Duration = seconds(60)
    attempts: int = 3


ROOMS = {"joiner": JoinerSettings, "mac": JoinerSettings}


def shipment() -> Shipment:
    return parse_shipment(f"{HEADER}\nESME,00-DB-12-34-56-78-90-A0,{CODE},,,,".encode(), "s.csv")


def parse(*assignments: str) -> Overrides:
    return parse_overrides(assignments, ROOMS, shipment())


def mistakes(*assignments: str) -> Sequence[str]:
    with pytest.raises(UsageError) as refusal:
        parse(*assignments)
    return refusal.value.problems


def test_nothing_set_changes_nothing() -> None:
    usual = JoinerSettings()

    overrides = parse()

    assert overrides == Overrides()
    assert overrides.install_code(ESME) is None
    assert not overrides.foreign_certificate(ESME)
    assert overrides.applied("joiner", usual) is usual


def test_device_holds_another_install_code_than_the_file_says() -> None:
    overrides = parse("00db:1234567890A0.install_code=3031 3233 3435 3637 BC07".replace(":", ""))

    assert overrides.install_code(ESME) == InstallCode.parse("3031323334353637BC07")


def test_device_holds_a_certificate_of_another_issuer() -> None:
    overrides = parse("00-DB-12-34-56-78-90-A0.certificate=other-issuer")

    assert overrides.foreign_certificate(ESME)


def test_setting_of_a_room_is_changed_there_and_nowhere_else() -> None:
    overrides = parse("joiner.retry = 15 min")

    assert overrides.applied("joiner", JoinerSettings()) == JoinerSettings(retry=minutes(15))
    assert overrides.applied("mac", JoinerSettings()) == JoinerSettings()


def test_report_gets_every_assignment_as_written() -> None:
    overrides = parse("joiner.retry = 15 min", "mac.attempts=0x10")

    assert overrides.texts == {"joiner.retry": "15 min", "mac.attempts": "0x10"}


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("joiner.retry", "expected EUI64.NAME=VALUE or ROOM.SETTING=VALUE"),
        ("retry=3", "expected EUI64.NAME=VALUE or ROOM.SETTING=VALUE"),
        ("joiner.retyr=3 s", "joiner has no retyr: expected retry"),
        ("joner.retry=3 s", "no device and no room of settings named joner: expected joiner"),
        ("zzz.retry=3 s", "no device and no room of settings named zzz: expected joiner, mac"),
        ("joiner.retry=3", "expected a duration such as 500 ms, 15 min or 2 h"),
        (
            "00-DB-12-34-56-78-90-A1.install_code=1",
            (
                "no joining device 00-DB-12-34-56-78-90-A1 in the shipment: "
                "expected 00-DB-12-34-56-78-90-A0"
            ),
        ),
        (
            "00-DB-12-34-56-78-90-A0.colour=red",
            "a device has no colour: expected band, certificate, install_code",
        ),
        ("00-DB-12-34-56-78-90-A0.certificate=mine", "expected other-issuer"),
        (
            f"00-DB-12-34-56-78-90-A0.install_code={CODE[:-1]}1",
            f"install code '{CODE[:-1]}1': CRC 2B71, expected 2B70",
        ),
    ],
)
def test_assignment_that_means_nothing_is_told_with_what_was_expected(
    assignment: str, expected: str
) -> None:
    assert mistakes(assignment) == (f"--set {assignment}: {expected}",)


def test_all_mistakes_come_at_once() -> None:
    problems = mistakes("joiner.attempts=1", "joiner.attempts=2", "x", "mac.attempts=y")

    assert problems == (
        "--set joiner.attempts=2: expected each name once",
        "--set x: expected EUI64.NAME=VALUE or ROOM.SETTING=VALUE",
        "--set mac.attempts=y: expected a whole number",
    )


def test_without_a_shipment_devices_are_not_looked_up() -> None:
    overrides = parse_overrides([f"00DB1234567890FF.install_code={CODE}"], ROOMS, None)

    assert len(overrides.devices) == 1


def test_hub_has_no_install_code_to_differ_in() -> None:
    (problem,) = mistakes(f"02-48-41-4E-00-00-00-01.install_code={CODE}")

    assert "no joining device 02-48-41-4E-00-00-00-01 in the shipment" in problem
