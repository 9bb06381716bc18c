"""A campaign to begin with, with every key explained."""

from pathlib import Path
from typing import Final

from emulator.bench.cases.library import every_case
from emulator.bench.running.benched_home import Reach
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import EnvironmentFault, UsageError

_CASES_A_SECOND: Final = {Reach.HAN: 20, Reach.DEVICE: 80}
"""Seen with an electricity meter on one core; a sleepy meter in a network is slower."""
_TEXT: Final = """\
# A campaign of hanlab: which devices are tested, and by what. About {minutes} min over the HAN
# for its {count} cases ({quick} s with reach = "device").

name = "first campaign"
mode = "gfi"          # service mode: no WAN, and no simulation of one
reach = "han"         # "han": through hub and radio network; "device": at the application itself
shipment = "shipment.csv"   # file with the devices of the home, beside this one
seed = 1              # what every random draw is keyed by
repeats = 1           # each repeat has the next seed

[[devices]]
name = "meter"
kind = "ESME"         # ESME, GSME, CHF, GPF, PPMID or HCALCS
# defect = "mac-unchecked"   # an emulated device that is broken on purpose

# What the device does without; its cases are then not applicable. Without a table the emulated
# devices have a profile of their own.
# [profile.ESME.without]
# ECS01c = "a single-element meter has no objects of the second element"

# Agreed deviations: shown, never hidden.
# [[waivers]]
# device = "meter"
# case = "ESME/*/role/RECOVERY"
# reason = "agreed in the meeting of 1 March"

# Only what every list names is run; a list that is left out names all.
[select]
# use_cases = ["ECS17b", "0027"]
# checks = ["success", "wrong-mac"]
# clauses = ["GBCS 4.3.1"]
# cases = ["ESME/*/wrong-*"]
"""


def write_template(file: Path) -> str:
    """Write a campaign, and say what was written.

    Raises:
        UsageError: when the file is there already.
        EnvironmentFault: when it cannot be written.
    """
    if file.exists():
        raise UsageError(f"{file} is there already")
    count = len(every_case(DeviceKind.ESME))
    text = _TEXT.format(
        count=count,
        minutes=max(1, round(count / _CASES_A_SECOND[Reach.HAN] / 60)),
        quick=round(count / _CASES_A_SECOND[Reach.DEVICE]),
    )
    try:
        file.write_text(text, "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{file}: {fault}") from fault
    return f"{file}: {count} cases; put a shipment file beside it as shipment.csv"
