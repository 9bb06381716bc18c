import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.coordination.processes import Stage
from emulator.building.room_file import ACTIONS, CoordinatedRoom, read_room
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.room_document import DESIGNED, ROOM, step


def read(folder: Path, text: str) -> CoordinatedRoom:
    path = folder / "r.toml"
    path.write_text(text)
    return read_room(path)


def refused(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        read(folder, text)
    return tuple(each.removeprefix(f"{folder}/") for each in refusal.value.problems)


def test_steps_bring_the_room_on(tmp_path: Path) -> None:
    done = read(tmp_path, ROOM + DESIGNED)

    assert done.coordinator.stage is Stage.PROPOSED
    assert done.until.isoformat() == "2026-01-05T09:00:00+00:00"
    assert [need.name for need in done.needs] == ["Alt HAN bridge 1"]


def test_whether_things_fit_is_seen_and_not_believed(tmp_path: Path) -> None:
    assert "fits" not in ROOM + DESIGNED

    (told,) = refused(tmp_path, ROOM + DESIGNED + step("Examine"))

    assert "Examine has its place in process 6, not in process 3" in told


def test_every_step_that_a_rule_bars_is_told_with_line_and_clause(tmp_path: Path) -> None:
    text = ROOM + step("Go") + step("TellSupplier", 'mpan = "9"') + step("Survey")

    told = refused(tmp_path, text)

    assert len(told) == 3
    assert all(each.startswith("r.toml:") for each in told)
    assert "(DCP 400 6.11)" in told[1]


def test_dates_before_the_step_before_are_refused(tmp_path: Path) -> None:
    text = ROOM + step("TellSupplier", 'mpan = "1"') + step("TellSupplier", 'mpan = "1"', day=4)

    (told,) = refused(tmp_path, text)

    assert "(order of time)" in told


def test_all_mistakes_of_the_writing_are_told_before_any_step_is_taken(tmp_path: Path) -> None:
    text = ROOM.replace('owner = "supplier"', 'owner = "nobody"')
    text += step("Dance") + step("Price", 'cost = "much"') + '[[step]]\ndo = "Go"\nat = "now"\n'
    text += step("Propose", 'works = [{ kind = "paint" }]') + "[[lamp]]\n"

    told = "\n".join(refused(tmp_path, text))

    for wrong in (
        "owner = 'nobody'",
        "do = 'Dance'",
        "benefit is missing",
        "cost: 'much': expected a int",
        "at = 'now'",
        "'paint': expected one of de-energise",
        "unknown table 'lamp'",
    ):
        assert wrong in told


def test_a_wall_on_which_things_overlap_is_refused(tmp_path: Path) -> None:
    (told,) = refused(tmp_path, ROOM.replace("at = [0, 300]", "at = [0, 200]"))

    assert told == "r.toml:1: room small: meter and trunking overlap"


def test_what_is_wrong_with_wall_and_writing_is_told_at_once(tmp_path: Path) -> None:
    text = ROOM.replace("at = [0, 300]", "at = [0, 200]") + step("Dance")

    told = "\n".join(refused(tmp_path, text))

    assert "meter and trunking overlap" in told
    assert "do = 'Dance'" in told


@given(name=st.sampled_from(sorted(ACTIONS)), value=st.sampled_from(["1", "'x'", "[]", "true"]))
def test_any_action_with_any_value_is_done_or_refused_and_nothing_else(
    name: str, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("room")
    with contextlib.suppress(UsageError):
        read(folder, ROOM + step(name, f"mpan = {value}", f"by = {value}", f"works = {value}"))
