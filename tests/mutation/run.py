"""Changes the code on purpose and counts the changes that a file's own tests notice.

`python -m tests.mutation.run [FILE...]` works on a copy of the tree, one source file after the
other, each with the test file that mirrors it, and writes `build/mutation.json`. A change that no
test notices is shown as the difference it makes.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

from tests.mutation.changes import choose

ROOT: Final = Path(__file__).resolve().parents[2]
OUTPUT: Final = ROOT / "build/mutation.json"
COPIED: Final = ("emulator", "devices", "hardware", "scenarios", "tests", "pyproject.toml")
USUAL: Final = (
    # verdicts of the bench
    "emulator/bench/running/judgement.py",
    "emulator/bench/running/difference.py",
    "emulator/bench/running/presence.py",
    "emulator/bench/running/telling.py",
    "emulator/bench/running/conversation.py",
    "emulator/bench/cases/cases.py",
    "emulator/bench/cases/command_maker.py",
    "emulator/bench/cases/due_alerts.py",
    "emulator/bench/cases/further_cases.py",
    "emulator/bench/cases/hooks.py",
    "emulator/bench/cases/nature_cases.py",
    "emulator/bench/cases/tags.py",
    "emulator/bench/cases/touched.py",
    "emulator/bench/cases/written_values.py",
    # the inventory, and what the DCC lets through
    "emulator/dcc/inventory/guards.py",
    "emulator/dcc/inventory/inventory.py",
    "emulator/dcc/inventory/joins.py",
    "emulator/dcc/inventory/judgement.py",
    "emulator/dcc/inventory/register.py",
    "emulator/dcc/inventory/rows.py",
    "emulator/dcc/inventory/transitions.py",
    "emulator/dcc/checks/access_control.py",
    "emulator/dcc/checks/certificate_checks.py",
    "emulator/dcc/checks/entitlement.py",
    "emulator/dcc/checks/request_limits.py",
    "emulator/dcc/orders/correlation.py",
    # protection of messages, and what a device acts on
    "emulator/gbcs/message_check.py",
    "emulator/gbcs/protection/agreement.py",
    "emulator/gbcs/protection/certificate_path.py",
    "emulator/gbcs/protection/certificates.py",
    "emulator/gbcs/protection/counters.py",
    "emulator/gbcs/protection/encryption.py",
    "emulator/gbcs/protection/kdf.py",
    "emulator/gbcs/protection/key_files.py",
    "emulator/gbcs/protection/key_store.py",
    "emulator/gbcs/protection/mac.py",
    "emulator/gbcs/protection/message_protection.py",
    "emulator/gbcs/protection/signature.py",
    "emulator/gbcs_device/admission.py",
    "emulator/gbcs_device/authority.py",
    "emulator/gbcs_device/trust_anchors.py",
    "emulator/gbcs_device/hub_device_log.py",
    # keys of the network
    "emulator/smart_energy/keys/credentials.py",
    "emulator/smart_energy/keys/historic_keys.py",
    "emulator/smart_energy/keys/key_establishment.py",
    "emulator/smart_energy/keys/key_messages.py",
    "emulator/smart_energy/keys/key_responder.py",
    "emulator/smart_energy/keys/network_key.py",
    "emulator/smart_energy/keys/network_key_update.py",
    "emulator/smart_energy/keys/partner_keys.py",
    "emulator/smart_energy/keys/partner_links.py",
    "emulator/smart_energy/network/trust_centre.py",
    "emulator/crypto/binary_curve.py",
    "emulator/crypto/binary_field.py",
    "emulator/crypto/cbke.py",
    "emulator/crypto/ccm_star.py",
    "emulator/crypto/certificates.py",
    "emulator/crypto/install_code.py",
    "emulator/crypto/lab_certificates.py",
    "emulator/crypto/mmo.py",
    "emulator/crypto/scalar_multiplication.py",
    "emulator/crypto/tau_adic.py",
    # what all stands on, and how users' files are read
    "emulator/kernel/scheduler.py",
    "emulator/kernel/node.py",
    "emulator/kernel/units.py",
    "emulator/kernel/trace.py",
    "emulator/wire/bit_groups.py",
    "emulator/wire/plan.py",
    "emulator/wire/runs.py",
    "emulator/equipment/hub_router.py",
    "emulator/kernel/toml_places.py",
    "emulator/lab/steps/step_builder.py",
    "emulator/lab/runs/run.py",
)
WHOLE_INVENTORY: Final = "tests/dcc/inventory/test_inventory.py"
KEY_REFUSALS: Final = "tests/smart_energy/keys/test_key_refusals.py"
BESIDE: Final = {
    "emulator/bench/running/judgement.py": ("tests/bench/running/test_close_judgements.py",),
    "emulator/dcc/inventory/inventory.py": ("tests/dcc/inventory/test_inventory_records.py",),
    "emulator/dcc/inventory/register.py": (WHOLE_INVENTORY,),
    "emulator/dcc/inventory/rows.py": (WHOLE_INVENTORY,),
    "emulator/gbcs_device/admission.py": (
        "tests/gbcs_device/test_commands_of_partners.py",
        "tests/gbcs_device/test_counting_of_parties.py",
        "tests/gbcs_device/test_spoken_for.py",
    ),
    "emulator/smart_energy/keys/key_establishment.py": (KEY_REFUSALS,),
    "emulator/smart_energy/keys/key_responder.py": (KEY_REFUSALS,),
    "emulator/smart_energy/network/trust_centre.py": (
        "tests/smart_energy/network/test_trust_centre_returns.py",
        "tests/smart_energy/network/test_trust_centre_time_limits.py",
    ),
}
"""Quick tests of a file that stand beside its mirror, which would be too long with them."""
CONFIGURATION: Final = """\
[cosmic-ray]
module-path = "{source}"
timeout = {patience}
excluded-modules = []
test-command = "{test}"

[cosmic-ray.distributor]
name = "local"
"""
PATIENCE: Final = 10.0
"""Seconds that the tests of a changed file have at least; a change may make them run for ever."""


def main(*files: str) -> int:
    """Examine the files, the usual ones by default; always 0, for this is a measurement."""
    results: list[dict[str, Any]] = []
    OUTPUT.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy_tree(copy)
        for source in files or USUAL:
            result = examine(source, copy)
            sys.stdout.write(_told(result))
            sys.stdout.flush()
            results.append(result)
            OUTPUT.write_text(json.dumps(results, indent=2) + "\n")
    noticed, changes = (sum(result[key] for result in results) for key in ("noticed", "changes"))
    sys.stdout.write(f"{noticed:4} of {changes:4} noticed  in {len(results)} files\n")
    return 0


def examine(source: str, copy: Path) -> dict[str, Any]:
    """Every change to one source file, and which of them its tests did not notice.

    Nothing is changed where the tests do not pass before, or there are none: all would be noticed.
    """
    place = Path(source)
    place = place.relative_to("emulator") if place.parts[0] == "emulator" else place
    test = Path("tests") / place.with_name(f"test_{place.name}")
    tests = " ".join((str(test), *BESIDE.get(source, ())))
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {tests}"
    seconds = _seconds_of(command, copy)
    if seconds is None:
        return {"file": source, "changes": 0, "noticed": 0, "unnoticed": [], "unfit": tests}
    patience = max(PATIENCE, 5 * seconds)
    session = copy / "changes.sqlite"
    (copy / "changes.toml").write_text(
        CONFIGURATION.format(source=source, patience=patience, test=command)
    )
    _cosmic_ray(copy, "init", "--force", "changes.toml", session.name)
    choose(copy / source, session)
    _cosmic_ray(copy, "exec", "changes.toml", session.name)
    rows = [json.loads(line) for line in _cosmic_ray(copy, "dump", session.name).splitlines()]
    unnoticed = [_shown(row[1]) for row in rows if row[1] and _survived(row[1])]
    return {
        "file": source,
        "changes": len(rows),
        "noticed": len(rows) - len(unnoticed),
        "unnoticed": unnoticed,
    }


def _copy_tree(copy: Path) -> None:
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, copy / name)


def _seconds_of(command: str, copy: Path) -> float | None:
    """How long the tests of an unchanged file take; None if they are missing or fail."""
    started = perf_counter()
    done = subprocess.run(
        command.split(), cwd=copy, env=_surroundings(copy), capture_output=True, check=False
    )
    return None if done.returncode else perf_counter() - started


def _surroundings(copy: Path) -> dict[str, str]:
    """The copy goes before an installed tree, and keeps compiled what no change touches."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(copy)}


def _cosmic_ray(copy: Path, *words: str) -> str:
    program = Path(sys.executable).with_name("cosmic-ray")
    return subprocess.run(
        [program, *words],
        cwd=copy,
        env=_surroundings(copy),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def _survived(result: dict[str, Any]) -> bool:
    return str(result["test_outcome"]) == "survived"


def _told(result: dict[str, Any]) -> str:
    if "unfit" in result:
        return f"not examined: {result['unfit']} fails or is not there  {result['file']}\n"
    line = f"{result['noticed']:4} of {result['changes']:4} noticed  {result['file']}\n"
    return line + "".join(f"{left}\n" for left in result["unnoticed"])


def _shown(result: dict[str, Any]) -> str:
    return "\n".join(
        line
        for line in (result.get("diff") or "").splitlines()
        if line[:1] in "+-@" and line[:3] not in ("+++", "---")
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
