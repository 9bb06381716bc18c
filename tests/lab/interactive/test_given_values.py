from pathlib import Path

import pytest

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError
from emulator.lab.interactive.given_values import (
    check_values,
    example,
    example_value,
    read_values,
)
from emulator.lab.interactive.use_case_choice import chosen_use_case

LOAD_LIMIT = chosen_use_case("ECS28a")
ADD_TO_LOG = chosen_use_case("CCS03")


def refusal(use_case: UseCase, **values: object) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refused:
        check_values(use_case, values)
    return refused.value.problems


def test_values_are_read_by_name_and_files_by_their_octets(tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.der"
    certificate.write_bytes(b"\x30\x03")

    values = read_values(("start=2026-01-01T00:00:00Z", f"certificate=@{certificate}", "note=a=b"))

    assert values == {
        "start": "2026-01-01T00:00:00Z",
        "certificate": b"\x30\x03",
        "note": "a=b",
    }


def test_every_word_that_is_no_value_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read_values(("alone", "=1", "twice=1", "twice=2", f"file=@{tmp_path / 'none'}"))

    assert [problem.split(":")[0] for problem in refused.value.problems[:3]] == [
        "'alone'",
        "'=1'",
        "'twice=2'",
    ]
    assert "cannot be read" in refused.value.problems[3]


def test_unknown_missing_and_wrong_values_are_told_at_once_with_an_example() -> None:
    problems = refusal(LOAD_LIMIT, load_limit_supply_state="PERHAPS", load_limit_period="x", foo=1)

    told = "\n".join(problems)
    assert "value foo is unknown" in told
    assert "load_limit_power_threshold is missing: expected a whole number of W, like 90" in told
    assert "load_limit_supply_state is 'PERHAPS'" in told
    assert "load_limit_period is 'x'" in told
    assert problems[-1].startswith("for example: hanlab send ECS28a --to ESME load_limit_supply_st")


def test_mistakes_in_the_elements_of_a_list_name_their_place() -> None:
    problems = refusal(
        ADD_TO_LOG, extended_pan_id="00-00-00-00-00-00-00-01", devices='[{"nobody": 1}, 7]'
    )

    assert any("devices[0]" in problem and "nobody" in problem for problem in problems)


def test_example_names_the_device_it_is_asked_for() -> None:
    assert example(chosen_use_case("ECS39a"), "ESME 2").startswith(
        "hanlab send ECS39a --to 'ESME 2' import_mpan="
    )


def _makeable() -> list[UseCase]:
    found = []
    for each in use_cases():
        try:
            value_names(each)
        except UsageError:
            continue
        found.append(each)
    return found


@pytest.mark.parametrize("use_case", _makeable(), ids=lambda each: f"{each.code:04X}")
def test_no_example_has_unknown_or_missing_values(use_case: UseCase) -> None:
    values = {hole.name: example_value(hole) for hole in value_names(use_case) if hole.required}

    try:
        check_values(use_case, values)
    except UsageError as refused:
        told = "\n".join(refused.problems)
        assert " is missing" not in told
        assert " is unknown" not in told
