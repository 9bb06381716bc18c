"""A sniffer on a dongle that another process serves, on a pseudo-terminal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.captures.reading import read_capture
from emulator.lab.sniffing.claims import Known
from emulator.lab.sniffing.sniff_command import SniffRequest, sniff_command
from emulator.testing.scenes.captured_homes import SHIPMENT
from emulator.testing.served.served_dongle import served_dongle

OPTIONS = ("--kind", "spinel", "--devices")


@pytest.mark.slow
def test_devices_of_the_shipment_are_heard_joining_and_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipment, out = tmp_path / "home.csv", tmp_path / "a.pcapng"
    shipment.write_bytes(SHIPMENT)
    with served_dongle(tmp_path / "port", (*OPTIONS, str(shipment), "--with-hub")) as dongle:
        request = SniffRequest(
            radio=f"spinel:{dongle.port}",
            channels="11",
            known=Known(devices=shipment),
            out=str(out),
            duration="16 s",
        )
        assert sniff_command(request, as_json=True) == 0

    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    labels = [each["label"] for each in events if each["event"] == "frame"]
    assert "Transport Key (network key)" in labels
    assert "Confirm Key Data Response" in labels
    opened = labels[labels.index("Transport Key (network key)") :]
    assert not [label for label in opened if label.startswith("encrypted NWK")]
    assert len(read_capture(out).frames) == events[-1]["kept"] == len(labels)
    assert len(events[-1]["pans"]) == 1


def test_every_mistake_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    request = SniffRequest(
        radio="none:x",
        channels="40",
        dwell="soon",
        duration="0 s",
        out=str(tmp_path),
    )

    with pytest.raises(UsageError) as refused:
        sniff_command(request, as_json=False)

    assert len(refused.value.problems) == 6


@pytest.mark.parametrize("radio", ["spinel:", "spinel", "spinel:http://x"])
def test_radio_that_is_none_is_refused(radio: str) -> None:
    request = SniffRequest(radio=radio, channels="11", known=Known(all_pans=True))

    with pytest.raises(UsageError, match="--radio"):
        sniff_command(request, as_json=False)


def test_channel_is_asked_for_where_no_state_tells_it() -> None:
    request = SniffRequest(radio="spinel:/dev/x", known=Known(all_pans=True))

    with pytest.raises(UsageError, match="--channels: expected one"):
        sniff_command(request, as_json=False)


def test_port_that_is_not_there_leaves_no_capture(tmp_path: Path) -> None:
    out = tmp_path / "a.pcapng"
    request = SniffRequest(
        radio=f"spinel:{tmp_path}/none", channels="11", known=Known(all_pans=True), out=str(out)
    )

    with pytest.raises(EnvironmentFault, match="no such port"):
        sniff_command(request, as_json=False)

    assert not out.exists()


@pytest.mark.parametrize("kind", ["spinel", "ezsp"])
def test_dongle_that_is_pulled_out_leaves_a_whole_capture(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.pcapng"
    options = ("--kind", kind, "--fault", "unplug=6 s")
    with served_dongle(tmp_path / "port", options) as dongle:
        request = SniffRequest(
            radio=f"{kind}:{dongle.port}", channels="11", known=Known(all_pans=True), out=str(out)
        )
        with pytest.raises(EnvironmentFault, match="unplugged"):
            sniff_command(request, as_json=False)

    assert read_capture(out).frames == ()
    assert "0 frames kept" in capsys.readouterr().out


def test_job_in_the_background_is_ended_by_a_request_and_tells_its_end(tmp_path: Path) -> None:
    out = tmp_path / "a.pcapng"
    command = """
        trap "" INT  # as shells do for jobs in the background
        "$0" -c 'from emulator.lab.cli import main; main()' radio serve --kind spinel \\
            --port "$1/port" > /dev/null & served=$!
        until [ -e "$1/port" ] || ! kill -0 $served; do sleep 0.05; done
        "$0" -c 'from emulator.lab.cli import main; main()' radio sniff --radio spinel:"$1/port" \\
            --channel 11 --all-pans --out "$1/a.pcapng" > "$1/told.txt" & sniffs=$!
        until grep -q listens "$1/told.txt" || ! kill -0 $sniffs; do sleep 0.05; done
        kill $sniffs; wait $sniffs; echo "sniffer $?"
        kill $served; wait $served; echo "server $?"
    """

    done = subprocess.run(
        ["bash", "-c", command, sys.executable, tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.splitlines() == ["sniffer 130", "server 130"]
    assert "0 frames kept" in (tmp_path / "told.txt").read_text()
    assert read_capture(out).frames == ()
    assert not (tmp_path / "port").is_symlink()
