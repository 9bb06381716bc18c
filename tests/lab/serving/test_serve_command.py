import urllib.error
import urllib.request
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.interactive.send_command import HomeChoice
from emulator.lab.serving.doors import listen
from emulator.lab.serving.serve_command import ServeChoice, serve_command
from emulator.testing.served.served_dcc import served_dcc

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"
HOME = HomeChoice(devices=SHIPMENT)


def test_every_mistake_is_told_at_once_before_anything_starts(tmp_path: Path) -> None:
    choice = ServeChoice(
        home=HOME,
        bind="192.0.2.1",
        response_url="nowhere",
        schemas=tmp_path,
        thresholds=tmp_path / "thresholds.toml",
        speed="max",
        supplier=Eui64(1),
    )

    with pytest.raises(UsageError) as mistakes:
        serve_command(choice, as_json=True)

    assert len(mistakes.value.problems) == 6


def test_a_port_in_use_is_told_before_the_home_comes_up() -> None:
    with listen("127.0.0.1", 0, "--port") as taken:
        choice = ServeChoice(home=HOME, duis_port=taken.getsockname()[1], smki_port=0)

        with pytest.raises(EnvironmentFault, match="--duis-port"):
            serve_command(choice, as_json=True)


def test_a_home_is_served_and_ended_by_ctrl_c() -> None:
    with served_dcc(("--devices", str(SHIPMENT))) as served:
        devices = [each for each in served.events if each["event"] == "device"]
        request = urllib.request.Request(f"{served.url('duis')}/api/v1/serviceS", b"<a/>")  # noqa: S310 - ours
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)  # noqa: S310 - ours
        refused.value.close()

    assert refused.value.code == 400
    assert [each["smi_status"] for each in devices if each["name"] == "ESME"] == ["Commissioned"]
