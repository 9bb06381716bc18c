"""The contracts of import-linter hold, and each of them breaks when it should."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = "The rooms of the emulator, highest first"
ZIGBEE = "The layers of Zigbee, highest first"
TOP = "Devices and hardware stand above the emulator and beside each other"
SURROUNDINGS = "Protocols read no clock, draw no randomness and open no line"
PRESENTATION = "Only the laboratory talks to people"
APART = "Nothing needs the tests, the scenarios, or programs whose licence does not fit"
TEST_TOOLS = "Only the aids for tests import test tools"
CARRIER = "The network carries messages without knowing what is in them"
CYCLES = "No two neighbours import each other"

VIOLATIONS = [
    (ROOMS, "emulator/kernel/units.py", "emulator.wire.struct"),
    (ROOMS, "emulator/crypto/mmo.py", "emulator.radio.port"),
    (ROOMS, "emulator/zigbee/facts.py", "emulator.zcl.primitives"),
    (ROOMS, "emulator/zcl/primitives.py", "emulator.smart_energy"),
    (ROOMS, "emulator/smart_energy/__init__.py", "emulator.lab"),
    (ROOMS, "emulator/lab/__init__.py", "emulator.testing"),
    (ROOMS, "emulator/dlms/__init__.py", "emulator.cosem"),
    (ROOMS, "emulator/cosem/__init__.py", "emulator.gbcs"),
    (ROOMS, "emulator/gbcs/__init__.py", "emulator.smart_energy"),
    (ROOMS, "emulator/gbcs_device/__init__.py", "emulator.smart_energy"),
    (ROOMS, "emulator/smart_energy/__init__.py", "emulator.gbcs_device"),
    (ROOMS, "emulator/dcc/__init__.py", "emulator.equipment"),
    (ROOMS, "emulator/equipment/__init__.py", "emulator.dcc"),
    (CARRIER, "emulator/smart_energy/__init__.py", "emulator.gbcs"),
    (ZIGBEE, "emulator/zigbee/mac/primitives.py", "emulator.zigbee.nwk.primitives"),
    (ZIGBEE, "emulator/zigbee/nwk/primitives.py", "emulator.zigbee.aps.primitives"),
    (ZIGBEE, "emulator/zigbee/security/frames.py", "emulator.zigbee.mac.primitives"),
    (TOP, "emulator/lab/__init__.py", "devices"),
    (TOP, "devices/__init__.py", "hardware"),
    (TOP, "hardware/__init__.py", "devices"),
    (SURROUNDINGS, "emulator/smart_energy/__init__.py", "time"),
    (SURROUNDINGS, "emulator/gbcs/__init__.py", "secrets"),
    (SURROUNDINGS, "emulator/kernel/scheduler.py", "random"),
    (SURROUNDINGS, "emulator/kernel/streams.py", "socket"),
    (SURROUNDINGS, "devices/__init__.py", "threading"),
    (PRESENTATION, "emulator/zigbee/facts.py", "logging"),
    (PRESENTATION, "hardware/__init__.py", "rich"),
    (APART, "emulator/lab/__init__.py", "scapy"),
    (APART, "hardware/__init__.py", "zigpy"),
    (APART, "emulator/lab/__init__.py", "scenarios"),
    (APART, "emulator/__init__.py", "tests"),
    (TEST_TOOLS, "emulator/wire/struct.py", "hypothesis"),
    (CYCLES, "emulator/kernel/units.py", "emulator.kernel.scheduler"),
]


def _modules() -> frozenset[str]:
    """The files of every module that a violation, or a contract, speaks of."""
    imported = {f"{module.replace('.', '/')}.py" for _, _, module in VIOLATIONS}
    loose = ("address_map", "addresses", "facts")
    by_name = {
        "emulator/testing/scapy_layers/gbcs.py",
        "hardware/zigpy_bridge/host_process.py",
        *(f"emulator/zigbee/{name}.py" for name in loose),
    }
    return frozenset({path for _, path, _ in VIOLATIONS} | imported | by_name)


NAMED = _modules()


@pytest.fixture(scope="session")
def hollow(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rooms, and the modules that a violation names, all empty but for what a test adds."""
    copy = tmp_path_factory.mktemp("hollow")
    for room in ("emulator", "devices", "hardware"):
        for path in (root / room).rglob("*.py"):
            if path.name != "__init__.py" and path.relative_to(root).as_posix() not in NAMED:
                continue
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
    (copy / "emulator/kernel/streams.py").write_text("import random\n")
    (copy / "emulator/testing/scapy_layers/gbcs.py").write_text("import scapy\n")
    (copy / "hardware/zigpy_bridge/host_process.py").write_text("import bellows\nimport zigpy\n")
    (copy / "emulator/kernel/scheduler.py").write_text("import emulator.kernel.units\n")
    shutil.copy(root / "pyproject.toml", copy)
    return copy


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=tree, capture_output=True, text=True, check=False
    )


def test_the_tree_without_violation_passes(hollow: Path) -> None:
    done = _lint(hollow)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "where", "what"), VIOLATIONS)
def test_a_violation_breaks_its_contract(
    hollow: Path, tmp_path: Path, contract: str, where: str, what: str
) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(hollow, tree)
    with (tree / where).open("a") as source:
        source.write(f"import {what}\n")

    done = _lint(tree)

    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout


def test_a_room_that_has_no_place_is_found(hollow: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(hollow, tree)
    (tree / "emulator/attic").mkdir()
    (tree / "emulator/attic/__init__.py").touch()

    done = _lint(tree)

    assert done.returncode == 1
    assert "attic" in done.stdout
