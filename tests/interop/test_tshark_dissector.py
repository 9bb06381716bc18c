"""Wireshark and our rows say the same of every frame of a home that joins through a router."""

import re
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest

from emulator.lab.inputs.scenario_files import find_scenario, load_scenario
from emulator.lab.kept.result import ChartRow
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.judges.judges import require

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
KEYS = "zigbee_pc_keys"
FIELDS = ("_ws.col.Info", "wpan.seq_no", "zbee_nwk.src", "zbee_nwk.dst", "zbee_aps.counter")

OUR_WORDS = {
    "Active Endpoint Request": "Active Endpoints Request",
    "Active Endpoint Response": "Active Endpoints Response",
    "Device Announcement": "Device Announce",
    "Permit Join Request": "Management Permit Joining Request",
}
"""Where R22 and Wireshark have different words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Our rows, and what Wireshark says of the same frames."""

    rows: tuple[ChartRow, ...]
    fields: tuple[tuple[str, ...], ...]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    tshark = which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")
    assert tshark is not None
    run = load_scenario(find_scenario("join_through_router"))
    lab = Lab(read_shipment(SHIPMENT), LabOptions(name="join_through_router"))
    run(lab)
    path = tmp_path_factory.mktemp("home") / "han.pcapng"
    path.write_bytes(lab.capture())
    command = [tshark, "-r", str(path), "-T", "fields", "-E", "occurrence=f"]
    command += [word for key in lab.key_file().splitlines() for word in ("-o", f"uat:{KEYS}:{key}")]
    command += [word for field in FIELDS for word in ("-e", field)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Judged(lab.chart(), tuple(tuple(line.split("\t")) for line in said.splitlines()))


def our_kind(row: ChartRow) -> str:
    """What the frame is, without what it is about; Wireshark names a tunnel by what it carries."""
    return re.sub(r"(?:,| \().*", "", row.label.removeprefix("Tunnel: "))


def their_kind(info: str) -> str:
    """The same in our words."""
    kind = re.sub(r"^ZCL[^:,]*: |,.*", "", info)
    return OUR_WORDS.get(kind, kind.replace("APS: ", "APS "))


def test_every_frame_is_the_same_to_both(judged: Judged) -> None:
    ours = [our_kind(row) for row in judged.rows]
    theirs = [their_kind(info) for info, *_ in judged.fields]

    assert len(ours) == len(theirs)
    assert Counter(zip(ours, theirs, strict=True)) == Counter((kind, kind) for kind in theirs)


def test_the_run_holds_every_kind_of_frame_of_a_join(judged: Judged) -> None:
    kinds = Counter(their_kind(info) for info, *_ in judged.fields)

    for kind in ("Association Response", "Transport Key", "Device Announce", "Update Device"):
        assert kinds[kind] >= 5
    for command in ("Initiate Key Establishment", "Ephemeral Data", "Confirm Key Data"):
        assert kinds[f"{command} Request"] >= 6
        assert kinds[f"{command} Response"] >= 6


def test_every_number_wireshark_reads_stands_in_the_detail(judged: Judged) -> None:
    for row, (_, mac_sequence, source, destination, counter) in zip(
        judged.rows, judged.fields, strict=True
    ):
        numbers = _numbers(row.detail)
        assert numbers["MAC", "sequence"] == int(mac_sequence)
        for field, said in (("source", source), ("destination", destination)):
            assert not said or numbers["NWK", field] == int(said, 16)
        assert not counter or numbers["APS", "counter"] == int(counter)


def _numbers(detail: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """The numbers of the first section of each layer, by layer and field."""
    found: dict[tuple[str, str], int] = {}
    layer = ""
    for line in detail:
        if not line.startswith(" "):
            layer = line.split(" ", maxsplit=1)[0]
        match = re.fullmatch(r"  (\w+): (0x[0-9A-F]+|\d+)\b.*", line)
        if match is not None:
            found.setdefault((layer, match[1]), int(match[2], 0))
    return found
