"""Captures as Wireshark's own tools write them: read alike, whichever format they have."""

import shutil
import subprocess
from pathlib import Path

import pytest

from emulator.lab.captures.reading import read_capture
from emulator.testing.judges.judges import require
from emulator.testing.scenes.captured_homes import captured_frames, write_captured_home
from emulator.zigbee.mac.frames import MacFrame


@pytest.fixture(scope="module", autouse=True)
def _wireshark() -> None:
    there = all(shutil.which(each) for each in ("editcap", "tshark", "text2pcap"))
    require("Wireshark's tools", available=there, how="apt install tshark")


@pytest.mark.parametrize("kind", ["pcap", "nsecpcap", "pcapng"])
def test_a_capture_that_wireshark_has_written_again_holds_the_same_frames(
    tmp_path: Path, kind: str
) -> None:
    ours = write_captured_home(tmp_path)
    theirs = tmp_path / f"again.{kind}"
    subprocess.run(["editcap", "-F", kind, str(ours), str(theirs)], check=True)

    read = read_capture(theirs).frames

    expected = captured_frames()
    assert [each.psdu for each in read] == [each.psdu for each in expected]
    assert [each.at for each in read] == [each.at for each in expected]
    assert [each.channel for each in read] == [each.channel for each in expected]


@pytest.mark.parametrize(("link_type", "fcs"), [(195, 2), (230, 0)])
def test_frames_of_every_link_type_are_what_wireshark_reads(
    tmp_path: Path, link_type: int, fcs: int
) -> None:
    frames = captured_frames()[:40]
    dump = tmp_path / "dump.txt"
    dump.write_text("".join(f"000000 {(each.psdu + each.fcs[:fcs]).hex(' ')}\n" for each in frames))
    path = tmp_path / "made.pcap"
    made = ["text2pcap", "-q", "-l", str(link_type), str(dump), str(path)]
    subprocess.run(made, check=True, capture_output=True)
    asked = ["tshark", "-r", str(path), "-T", "fields", "-e", "wpan.seq_no", "-e", "wpan.src16"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()

    read = [MacFrame.decode(each.psdu) for each in read_capture(path).frames]

    assert [each.psdu for each in read_capture(path).frames] == [each.psdu for each in frames]
    ours = [
        f"{each.sequence}\t{'' if each.source_short is None else f'0x{each.source_short:04x}'}"
        for each in read
    ]
    assert ours == told
