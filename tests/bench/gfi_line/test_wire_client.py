"""A client on a pseudo-terminal, whose other end the test holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emulator.bench.gfi_line.caller import Answered, Strange
from emulator.bench.gfi_line.wire_client import WireClient, check_wire, is_wire
from emulator.bench.gfi_line.wire_settings import WireSettings
from emulator.gbcs.gfi import GfiDecoder, GfiFrame, encode_gfi
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load
from emulator.testing.scenes.gfi_scene import METER, command, served


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Any]:
    line = load("hanlab.lines", "serve")(str(tmp_path / "itch"), beyond_loopback=False)
    yield line
    line.close()


def test_command_goes_down_and_its_answer_comes_back(far: Any) -> None:
    home, asked = served("ESME"), command(40)
    with WireClient(far.name, WireSettings(line_end="lf")) as client:
        assert not list(client.do(client.caller.send(asked, client.now)))
        down = far.read()
        assert down.endswith(b"\n")
        assert not down.endswith(b"\r\n")
        (frame,) = GfiDecoder().feed(down)
        assert isinstance(frame, GfiFrame)
        home.give(frame.octets, METER)
        far.write(b"".join(encode_gfi(GfiFrame(each)) for each in home.take()))

        came = list(client.listen(5.0, lambda: not client.caller.waiting))

    (answer,) = came
    assert isinstance(answer, Answered)
    assert answer.ours


def test_noise_is_told(far: Any) -> None:
    with WireClient(far.name) as client:
        far.write(b"noise\r\n")
        came = list(client.listen(0.3, lambda: False))

    assert [type(each) for each in came] == [Strange]


def test_wire_is_opened_for_nobody_else(far: Any) -> None:
    with WireClient(far.name), pytest.raises(EnvironmentFault, match="busy"):
        WireClient(far.name)


def test_wire_that_goes_is_told() -> None:
    server = load("hanlab.lines", "serve")("tcp://127.0.0.1:0", beyond_loopback=False)
    with WireClient(server.name) as client:
        server.read()
        server.close()
        with pytest.raises(EnvironmentFault, match="closed the line"):
            list(client.listen(2.0, lambda: False))


def test_wires_are_told_from_other_lines() -> None:
    assert is_wire("tcp://127.0.0.1:1")
    assert not is_wire("127.0.0.1:1")
    check_wire("/dev/ttyS0")
    with pytest.raises(UsageError):
        check_wire("ftp://x")
