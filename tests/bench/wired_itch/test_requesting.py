"""Words and files of `hanlab itch request`, before and after anything is sent."""

from pathlib import Path

import pytest

from emulator.bench.wired_itch.requesting import Requesting, send_requests
from emulator.dcc.service_request import RequestId
from emulator.duis.request import write_request
from emulator.duis.tree import compact
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import DEFAULT_START
from emulator.lab.world.parties import SUPPLIER
from emulator.testing.scenes.captured_homes import SHIPMENT
from emulator.testing.scenes.duis_scene import read_registers

ID = RequestId(SUPPLIER, Eui64(0x00DB1234567890A0), 1_900_000_000)


def asked(folder: Path, *files: str, **changes: object) -> Requesting:
    shipment = folder / "home.csv"
    shipment.write_bytes(SHIPMENT)
    values = {
        "files": tuple(files),
        "line": str(folder / "none"),
        "moment": DEFAULT_START,
        "devices": shipment,
        **changes,
    }
    return Requesting(**values)  # type: ignore[arg-type]  # words as a test gives them


def document(folder: Path, name: str, variant: int) -> str:
    path = folder / name
    path.write_bytes(compact(write_request(read_registers(ID, variant))))
    return str(path)


def test_every_document_is_checked_before_the_wire_is_opened(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("no XML")
    good = document(tmp_path, "good.xml", 1)

    with pytest.raises(UsageError) as refused:
        send_requests(asked(tmp_path, good, str(tmp_path / "bad.xml"), str(tmp_path / "absent")))

    assert len(refused.value.problems) == 2
    assert "absent: cannot be read" in refused.value.problems[1]


def test_wire_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="no such port"):
        send_requests(asked(tmp_path, document(tmp_path, "read.xml", 1)))


def test_request_that_is_not_sent_needs_no_wire(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    local = document(tmp_path, "local.xml", 2)

    assert send_requests(asked(tmp_path, local, out=tmp_path / "out")) == 0

    assert b"LocalCommand" in (tmp_path / "out" / "001.xml").read_bytes()
    assert "001.xml" in capsys.readouterr().err
