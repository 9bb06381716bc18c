"""What ports turn out to be, and how it is said."""

import json
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.radios.kinds import DongleReport
from emulator.lab.radios.probing import (
    doctor_command,
    examine,
    permission,
    probe,
    probe_command,
    probed_kinds,
)
from tests.hardware.spinel.far_end import ServedRcp


def test_dongle_is_printed_for_people_and_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(tmp_path / "dongle")
    with ServedRcp(port):
        assert probe_command(port, None, as_json=False) == 0
        told = capsys.readouterr().out
        assert probe_command(port, "spinel", as_json=True) == 0
        assert probe(f"spinel:{port}") == probe(port, "spinel")

    assert "--radio hub=spinel:" in told
    assert json.loads(capsys.readouterr().out)["protocol"] == "Spinel 4.3"


def test_doctor_says_one_line_a_port_and_its_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(tmp_path / "dongle")
    with ServedRcp(port):
        well = doctor_command((port,), as_json=False)
        ill = doctor_command((port, "/dev/absent"), as_json=False)

    lines = capsys.readouterr().out.splitlines()
    assert (well, ill) == (0, 3)
    assert [line.split()[0] for line in lines] == ["ok", "ok", "broken"]
    assert "no such port: see `hanlab radio list`" in lines[-1]


def test_doctor_writes_findings_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor_command(("/dev/absent",), as_json=True) == 3

    (row,) = json.loads(capsys.readouterr().out)
    assert (row["port"], row["state"], row["report"]) == ("/dev/absent", "broken", None)


def test_port_without_permission_is_told_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "ttyACM0").touch()

    told = permission(str(tmp_path / "ttyACM0"), lambda _path, _mode: False)

    assert told is not None
    assert told.startswith("no permission: it belongs to the group ")
    assert "usermod -aG" in told
    assert 'KERNEL=="ttyACM0"' in told


@pytest.mark.parametrize("port", ["/dev/absent", "tcp://127.0.0.1:1"])
def test_permission_is_asked_for_paths_that_are_there(port: str) -> None:
    assert permission(port, lambda _path, _mode: False) is None


def test_examination_never_raises_for_what_it_finds() -> None:
    def busy(port: str) -> DongleReport:
        raise EnvironmentFault(f"{port}: busy")

    assert examine("tcp://x:1", busy).detail == "tcp://x:1: busy"


def test_kind_that_is_not_installed_is_a_usage_mistake() -> None:
    with pytest.raises(UsageError, match="--kind telepathy: expected"):
        probe("/dev/absent", "telepathy")


def test_spinel_is_asked_first() -> None:
    assert probed_kinds(None)[0] == "spinel"
    assert "simulated" not in probed_kinds(None)
