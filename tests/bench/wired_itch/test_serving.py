from pathlib import Path

import pytest

from emulator.bench.wired_itch.serving import ItchServing, serve_itch
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.captured_homes import SHIPMENT


def test_it_is_served_and_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipment = tmp_path / "home.csv"
    shipment.write_bytes(SHIPMENT)
    port = tmp_path / "itch"

    status = serve_itch(ItchServing(port=str(port), devices=shipment, seconds=0.2))

    assert status == 0
    assert "3 devices" in capsys.readouterr().out
    assert not port.exists()


def test_every_mistake_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    settings = tmp_path / "itch.toml"
    settings.write_text("baud = 0\n")

    with pytest.raises(UsageError) as refused:
        serve_itch(
            ItchServing(
                port="tcp://192.0.2.1:1",
                devices=tmp_path / "none.csv",
                line_settings=settings,
                wan=True,
            )
        )

    told = "\n".join(refused.value.problems)
    assert "SM WAN of this hub is disabled" in told
    assert "baud = 0" in told
    assert "--beyond-loopback" in told
