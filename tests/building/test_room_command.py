import json
from pathlib import Path

import pytest

from emulator.building.room_command import RoomRequest, room_command
from emulator.kernel.errors import EnvironmentFault
from emulator.testing.scenes.room_document import DESIGNED, ROOM


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "r.toml"
    path.write_text(ROOM + DESIGNED)
    return path


def test_a_room_without_space_is_told_with_status_1(
    room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = room_command(RoomRequest(room=room), as_json=False)

    said = capsys.readouterr().out
    assert status == 1
    assert "small: process 3, 9 steps" in said
    assert "no space for Alt HAN bridge 1" in said


def test_json_and_pictures_tell_the_same(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room.write_text(ROOM.replace("size = [400, 100]", "size = [100, 100]") + DESIGNED)
    svg, notices = room.with_suffix(".svg"), room.with_name("n.svg")

    status = room_command(RoomRequest(room=room, svg=svg, notices=notices), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert (status, told["no_space_for"], told["notices"]) == (0, [], [])
    assert "Alt HAN bridge 1" in svg.read_text()
    assert "No notice was owed" in notices.read_text()


def test_a_file_that_cannot_be_written_is_a_fault_of_the_surroundings(room: Path) -> None:
    with pytest.raises(EnvironmentFault):
        room_command(RoomRequest(room=room, svg=room.parent / "no" / "r.svg"), as_json=False)
