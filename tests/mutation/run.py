"""Changes the code on purpose and counts the changes that a file's own tests notice.

`python -m tests.mutation.run [FILE...]` works on a copy of the tree, one source file after the
other, each with the test file that mirrors it, and writes `build/mutation.json`. A change that no
test notices is shown as the difference it makes.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
OUTPUT: Final = ROOT / "build/mutation.json"
COPIED: Final = ("emulator", "devices", "hardware", "scenarios", "tests", "pyproject.toml")
USUAL: Final = (
    "emulator/kernel/scheduler.py",
    "emulator/kernel/node.py",
    "emulator/kernel/units.py",
    "emulator/kernel/trace.py",
    "emulator/wire/bit_groups.py",
    "emulator/wire/plan.py",
    "emulator/wire/runs.py",
    "emulator/crypto/ccm_star.py",
    "emulator/crypto/install_code.py",
    "emulator/crypto/mmo.py",
    "emulator/smart_energy/network/trust_centre.py",
    "emulator/smart_energy/keys/key_responder.py",
    "emulator/gbcs/message_check.py",
    "emulator/dcc/inventory/guards.py",
    "emulator/dcc/inventory/joins.py",
    "emulator/dcc/inventory/judgement.py",
    "emulator/dcc/inventory/transitions.py",
    "emulator/dcc/checks/access_control.py",
    "emulator/dcc/orders/correlation.py",
    "emulator/gbcs_device/admission.py",
    "emulator/gbcs_device/authority.py",
    "emulator/gbcs_device/trust_anchors.py",
    "emulator/gbcs_device/hub_device_log.py",
    "emulator/equipment/hub_router.py",
    "emulator/bench/cases/cases.py",
    "emulator/bench/running/judgement.py",
    "emulator/bench/running/difference.py",
    "emulator/bench/running/presence.py",
    "emulator/kernel/toml_places.py",
    "emulator/lab/steps/step_builder.py",
    "emulator/lab/runs/run.py",
)
CONFIGURATION: Final = """\
[cosmic-ray]
module-path = "{source}"
timeout = 60.0
excluded-modules = []
test-command = "{python} -m pytest -x -q -p no:cacheprovider {test}"

[cosmic-ray.distributor]
name = "local"
"""


def main(*files: str) -> int:
    """Examine the files, the usual ones by default; always 0, for this is a measurement."""
    results: list[dict[str, Any]] = []
    for source in files or USUAL:
        with TemporaryDirectory() as folder:
            result = examine(source, Path(folder))
        results.append(result)
        sys.stdout.write(f"{result['noticed']:4} of {result['changes']:4} noticed  {source}\n")
        sys.stdout.write("".join(f"{left}\n" for left in result["unnoticed"]))
        sys.stdout.flush()
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(results, indent=2) + "\n")
    return 0


def examine(source: str, copy: Path) -> dict[str, Any]:
    """Every change to one source file, and which of them its tests did not notice."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    place = Path(source)
    place = place.relative_to("emulator") if place.parts[0] == "emulator" else place
    test = Path("tests") / place.with_name(f"test_{place.name}")
    configuration = CONFIGURATION.format(source=source, python=sys.executable, test=test)
    (copy / "changes.toml").write_text(configuration)
    for step in ("init", "exec"):
        _cosmic_ray(copy, step, "changes.toml", "changes.sqlite")
    rows = [json.loads(line) for line in _cosmic_ray(copy, "dump", "changes.sqlite").splitlines()]
    unnoticed = [_shown(row[1]) for row in rows if row[1] and _survived(row[1])]
    return {
        "file": source,
        "changes": len(rows),
        "noticed": len(rows) - len(unnoticed),
        "unnoticed": unnoticed,
    }


def _cosmic_ray(where: Path, *words: str) -> str:
    program = Path(sys.executable).with_name("cosmic-ray")
    done = subprocess.run([program, *words], cwd=where, capture_output=True, text=True, check=True)
    return done.stdout


def _survived(result: dict[str, Any]) -> bool:
    return str(result["test_outcome"]) == "survived"


def _shown(result: dict[str, Any]) -> str:
    return "\n".join(
        line
        for line in (result.get("diff") or "").splitlines()
        if line[:1] in "+-@" and line[:3] not in ("+++", "---")
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
