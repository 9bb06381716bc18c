"""An emulated ITCH on a pseudo-terminal, with a meter behind it."""

from pathlib import Path

import pytest

from emulator.bench.gfi_line.caller import Answered
from emulator.bench.gfi_line.wire_client import WireClient
from emulator.bench.wired_itch.hub import WiredItch
from emulator.gbcs.envelope import Cra
from emulator.kernel.errors import LocalError
from emulator.kernel.extensions import load
from emulator.testing.scenes.gfi_scene import command, served


def test_commands_are_answered_over_the_wire(tmp_path: Path) -> None:
    line = load("hanlab.lines", "serve")(str(tmp_path / "itch"), beyond_loopback=False)
    odd: list[str] = []
    itch = WiredItch(served("ESME"), line, odd.append)
    with WireClient(line.name) as client:
        list(client.do(client.caller.send(command(50), client.now)))
        client._line.write(b"noise\r\n")  # noqa: SLF001 - the wire itself has noise
        itch.serve(until=1.0)
        (answer,) = client.listen(2.0, lambda: not client.caller.waiting)
    itch.close()

    assert isinstance(answer, Answered)
    assert answer.message.cra is Cra.RESPONSE
    assert (itch.tally.down, itch.tally.up, itch.tally.odd) == (1, 1, 1)
    assert "left aside" in odd[0]


def test_wan_is_refused_with_words(tmp_path: Path) -> None:
    line = load("hanlab.lines", "serve")(str(tmp_path / "itch"), beyond_loopback=False)
    itch = WiredItch(served("ESME"), line, print)

    with pytest.raises(LocalError, match="SM WAN of this hub is disabled"):
        itch.connect_wan()
    itch.close()
