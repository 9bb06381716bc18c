"""What `hanlab radio serve` prints while it serves."""

import json
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.radios.serve_command import serve_command
from emulator.lab.radios.serving import ServeRequest

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"


def served(tmp_path: Path, *, as_json: bool, default_key: bool) -> None:
    request = ServeRequest(
        kind="spinel",
        port=str(tmp_path / "port"),
        devices=METERS,
        default_key=default_key,
        faults=("unplug=10 ms",),
    )
    with pytest.raises(EnvironmentFault, match="pulled out"):
        serve_command(request, as_json=as_json)


def test_person_is_told_where_it_is_and_who_is_around(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served(tmp_path, as_json=False, default_key=True)

    first, second = capsys.readouterr().out.splitlines()
    assert first == f"spinel dongle on {tmp_path}/port; around it: ESME, GSME"
    assert second.endswith("not Smart Energy")


def test_program_is_told_in_objects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    served(tmp_path, as_json=True, default_key=False)

    (event,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert event == {
        "event": "serving",
        "kind": "spinel",
        "port": f"{tmp_path}/port",
        "devices": ["ESME", "GSME"],
    }
