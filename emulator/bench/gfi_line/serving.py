"""What `hanlab gfi serve` does once its words are read."""

import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.server import GfiServer
from emulator.equipment.request import RemoteParties
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.protection.key_store import KeyStore
from emulator.kernel.identity import Eui64
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.kept.end_request import ended_by_request
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.shipments.shipment import Shipment, read_shipment
from emulator.lab.world.parties import ORGANISATIONS
from emulator.lab.world.remote_side import PKI_SEED

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A line as the command line asks for it; what each option means stands with the command."""

    devices: Path | None = None
    address: tuple[str, int] = ("127.0.0.1", 0)
    keystore: Path | None = None
    seed: int = 1
    connections: int | None = None


def serve_home(asked: Serving) -> int:
    """Serve a home until Ctrl-C, and give the exit status.

    Raises:
        UsageError: with every mistake of shipment and keys; then nothing was opened.
        EnvironmentFault: when the port cannot be had, or the home does not come up.
    """
    shipment = read_shipment(asked.devices or USUAL_HOME)
    keys = lab_keys(asked.keystore, [each.eui64 for each in shipment.devices])
    progress = ProgressLine(sys.stderr)
    try:
        home = _home(shipment, keys, asked.seed, progress)
        server = GfiServer(home, asked.address, _tell)
        host, port = server.address
        if asked.address[0] not in LOOPBACK:
            _tell(f"whoever reaches {host}:{port} commands this home")
        typer.echo(f"{len(shipment.devices)} devices behind {host}:{port}")
        sys.stdout.flush()
        with ended_by_request():
            status = _served(server, asked.connections)
    except KeyboardInterrupt:
        progress.clear()
        return INTERRUPTED
    tally = server.tally
    _tell(f"{tally.down} messages down, {tally.up} up, {tally.odd} lines left aside")
    return status


def lab_keys(folder: Path | None, devices: list[Eui64]) -> KeyStore:
    """The keys of a folder; without one, the test keys that the bench has for these devices.

    Raises:
        UsageError: when the folder holds no keys.
    """
    if folder is not None:
        return load_keys(folder).keys
    return make_pki(PKI_SEED, devices, ORGANISATIONS).keys


def _home(shipment: Shipment, keys: KeyStore, seed: int, progress: ProgressLine) -> ServedHome:
    lab = Lab(shipment, LabOptions(seed=seed, name="gfi"))
    lab.progress = progress.show
    home = ServedHome(lab, RemoteParties(keys=keys))
    lab.progress = None
    progress.clear()
    return home


def _served(server: GfiServer, connections: int | None) -> int:
    try:
        server.serve(connections=connections)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _tell(words: str) -> None:
    typer.echo(words, err=True)
