import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.captures.show_command import ShowRequest, opened, show_command
from emulator.testing.scenes.captured_homes import write_captured_home


def test_a_capture_is_shown_with_the_keys_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_captured_home(tmp_path)

    assert show_command(ShowRequest(path=path, text="Initiate Key"), as_json=False) == 0

    shown = capsys.readouterr().out
    assert "Initiate Key" in shown
    assert "stay closed" not in shown


def test_json_has_every_frame_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_captured_home(tmp_path)

    show_command(ShowRequest(path=path, first=5, last=9), as_json=True)

    document = json.loads(capsys.readouterr().out)
    assert [each["number"] for each in document["frames"]] == [5, 6, 7, 8, 9]
    assert document["shown"] == 5
    assert document["total"] > 100
    assert document["undecrypted"] == 0


def test_details_are_every_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_captured_home(tmp_path)

    show_command(ShowRequest(path=path, last=1, details=True), as_json=False)

    assert "sequence: " in capsys.readouterr().out


def test_what_stays_closed_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_captured_home(tmp_path)
    plain = tmp_path / "plain.pcap"
    capture, _ = opened(path, None, ())
    rows = [each.psdu.__len__().to_bytes(4, "little") * 2 + each.psdu for each in capture.frames]
    head = bytes.fromhex("d4c3b2a1 0200 0400 00000000 00000000 ffff0000 e6000000")
    plain.write_bytes(head + b"".join(bytes(8) + each for each in rows))
    (tmp_path / "zigbee_pc_keys").unlink()

    show_command(ShowRequest(path=plain), as_json=False)

    assert "--keys FILE" in capsys.readouterr().out


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "no.pcap"
    path.write_bytes(b"no capture")
    keys = tmp_path / "keys"
    keys.write_text("x\n")

    with pytest.raises(UsageError) as caught:
        opened(path, keys, ["00"])

    assert len(caught.value.problems) == 3


def test_numbers_that_end_before_they_begin_are_refused(tmp_path: Path) -> None:
    path = write_captured_home(tmp_path)

    with pytest.raises(UsageError, match="--to 2 is before --from 5"):
        show_command(ShowRequest(path=path, first=5, last=2), as_json=False)
