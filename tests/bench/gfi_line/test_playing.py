"""`hanlab gfi send` and `play`, once their words are read."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.bench.gfi_line.playing import Order, play_messages, play_use_case
from emulator.bench.gfi_line.server import GfiServer
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.testing.scenes.gfi_scene import command, served


@pytest.fixture(scope="module")
def line() -> Iterator[str]:
    server = GfiServer(served("ESME"), ("127.0.0.1", 0), lambda _: None)
    thread = threading.Thread(target=server.serve, kwargs={"connections": 3}, daemon=True)
    thread.start()
    yield "{}:{}".format(*server.address)
    thread.join(10)
    assert not thread.is_alive()


def test_a_use_case_is_sent_and_its_answer_told(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    order = Order(use_case="ECS17b", to="ESME", line=line, counter=2000)

    assert play_use_case(order, as_json=True) == 0

    told = json.loads(capsys.readouterr().out)
    assert [each["mac"] for each in told["responses"]] == ["valid"]
    assert told["left_aside"] == []


def test_messages_are_sent_as_they_are(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "command.hex").write_text(command(3000).encode().hex())

    assert (
        play_messages([str(tmp_path / "command.hex")], (line, None), None, wait=2.0, connect=0.0)
        == 0
    )

    assert "response of ECS17b" in capsys.readouterr().out


def test_silence_is_inconclusive(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    stale = command(1).encode()[:-1].hex()

    assert play_messages([stale], (line, None), None, wait=0.5, connect=0.0) == 4

    assert "nothing came within 0.5 s" in capsys.readouterr().err


def test_every_mistake_is_told_before_anything_is_sent() -> None:
    order = Order(use_case="ECS999", to="FRIDGE", line="here", role="king", values=("x",))

    with pytest.raises(UsageError) as refused:
        play_use_case(order, as_json=False)

    told = "\n".join(refused.value.problems)
    for word in ("ECS999", "FRIDGE", "here", "king", "'x'"):
        assert word in told


def test_no_line_there_is_a_fault_of_the_surroundings() -> None:
    with pytest.raises(EnvironmentFault, match="nobody listens"):
        play_use_case(Order(use_case="ECS17b", to="ESME", line="127.0.0.1:1"), as_json=False)
