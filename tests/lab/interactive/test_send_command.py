import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.order_words import OrderWords
from emulator.lab.interactive.radio_options import RadioOptions
from emulator.lab.interactive.send_command import HomeChoice, print_values, send_command

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"
READ = OrderWords(use_case="ECS17b", target="ESME")


def document(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_use_case_goes_into_a_fresh_home_and_then_into_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    choice = HomeChoice(devices=SHIPMENT, state=tmp_path / "state")

    first = send_command(READ, choice, as_json=True)
    before = document(capsys)
    second = send_command(READ, choice, as_json=True)
    after = document(capsys)

    assert (first, second) == (0, 0)
    assert before["command"] != after["command"]
    assert after["decoded"]["mac"] == "valid"


def test_network_operator_is_made_known_to_a_meter_that_was_just_installed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = OrderWords(use_case="ECS17b", target="ESME", role="network-operator")

    assert send_command(words, HomeChoice(devices=SHIPMENT), as_json=False) == 0

    assert capsys.readouterr().out.splitlines()[-1].startswith("PASS  ECS17b")


def test_use_case_that_is_refused_gives_exit_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    words = OrderWords(use_case="ECS28b", target="ESME", role="other-user")

    assert send_command(words, HomeChoice(devices=SHIPMENT), as_json=False) == 1

    assert "alert 8F30" in capsys.readouterr().out


def test_wrong_words_are_refused_before_anything_is_kept(tmp_path: Path) -> None:
    words = OrderWords(use_case="ECS39a", target="ESME", values=("import_mpn=1",))
    state = tmp_path / "state"

    with pytest.raises(UsageError, match="import_mpn is unknown"):
        send_command(words, HomeChoice(devices=SHIPMENT, state=state), as_json=False)

    assert not list(state.glob("*.json"))


def test_values_are_shown_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    print_values("ECS39a", as_json=False)

    told = capsys.readouterr().out
    assert "import_mpan" in told
    assert "for example: hanlab send ECS39a --to ESME import_mpan=" in told


def test_use_case_without_values_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_values("ECS17b", as_json=False)

    assert "takes no value" in capsys.readouterr().out


def test_programs_read_the_values(capsys: pytest.CaptureFixture[str]) -> None:
    print_values("ECS28a", as_json=True)

    names = [row["name"] for row in document(capsys)]
    assert "load_limit_period" in names


class Person(StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("code", "real", "answer", "agrees"),
    [
        (0x0050, True, "y\n", True),
        (0x0050, True, "\n", False),
        (0x0050, False, "\n", True),
        (0x0027, True, "\n", True),
    ],
)
def test_what_a_real_device_may_not_survive_is_asked_about(
    code: int,
    real: bool,
    answer: str,
    agrees: bool,
) -> None:
    choice = HomeChoice(radios=RadioOptions(real=real))

    assert choice.agreed(use_case(code), Person(answer)) is agrees


def test_where_nobody_can_be_asked_it_has_to_be_said_on_the_command_line() -> None:
    with pytest.raises(UsageError, match="say --yes"):
        HomeChoice(radios=RadioOptions(real=True)).agreed(use_case(0x0050), StringIO())
    assert HomeChoice(radios=RadioOptions(real=True), yes=True).agreed(use_case(0x0050), StringIO())


def test_settings_are_those_that_are_set_and_every_mistake_is_told() -> None:
    twin = HomeChoice(devices=SHIPMENT, assignments=("electricity_meter.variant=twin",))

    assert twin.options("up").overrides.rooms == {("electricity_meter", "variant"): "twin"}
    assert not HomeChoice().options("up").overrides.rooms
    with pytest.raises(UsageError, match="nonsense"):
        replace(twin, assignments=("nonsense=1",)).options("up")
