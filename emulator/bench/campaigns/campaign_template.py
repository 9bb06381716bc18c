"""A campaign to begin with, with every key explained and an estimate of the time it takes."""

from pathlib import Path
from typing import Final

from emulator.bench.cases.library import every_case
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.inputs.scenario_files import USUAL_HOME

_AT_APPLICATION: Final = 450
_OVER_HAN: Final = {DeviceKind.ESME: 90, DeviceKind.GSME: 50}
"""Cases a second of one core, as `make bench` shows them on a small machine."""
_REAL: Final = {DeviceKind.ESME: 4, DeviceKind.GSME: 1800}
"""Seconds of a case on a device really there: some answers and silences; half an hour asleep, or
a minute of a gas meter that stays awake when it is asked."""
_SHIPMENT: Final = "shipment.csv"
_TEXT: Final = """\
# A campaign of hanlab: which devices are tested, and by what.
#
# How long it takes, one process, every case of the library:
{estimate}

name = "first campaign"
mode = "gfi"          # service mode: "gfi" no WAN and no simulation of one; "itch" a hub whose WAN
                      # is off, wired to the bench; "end_to_end" through the emulated WAN and DCC
reach = "han"         # "han": through hub and radio network; "device": at the application itself
gbcs_version = "4.x"  # records of other versions are not applicable
shipment = "shipment.csv"   # file with the devices of the home, beside this one
seed = 1              # what every random draw is keyed by
repeats = 1           # each repeat has the next seed

# use_cases = "records"     # folder of your own records, *.jsonl, and hooks beside them, *.py
# keys = "keys"             # folder with keys of remote parties and devices; test keys otherwise
# state = "state"           # where the counters of devices really there are kept between runs
# operator = "command ./power-supply"   # told ACTION DEVICE WORDS for what is done by hand;
#                                       # a person at the terminal is asked otherwise
# operator_time = "5 min"   # for each of these steps

[[devices]]
name = "meter"
kind = "ESME"         # ESME, GSME, CHF, GPF, PPMID, HCALCS or SAPC
# eui64 = "00-DB-12-34-56-78-90-A0"   # of the shipment; the first of its kind otherwise
# defect = "mac-unchecked"   # an emulated device that is broken on purpose
# radio = "simulated:x"      # the device is really there, and our hub on this radio, KIND:PLACE;
#                            # "simulated" rehearses that with the emulated device;
#                            # "itch:/dev/ttyUSB0": behind a wired ITCH (mode "itch")

# What the device does without; its cases are then not applicable. By kind or by name of device;
# without a table the emulated devices have a profile of their own.
# [profile.ESME.without]
# ECS01c = "a single-element meter has no objects of the second element"

# Agreed deviations: shown, never hidden.
# [[waivers]]
# device = "meter"
# case = "ESME/*/role/RECOVERY"
# reason = "agreed in the meeting of 1 March"

# Only what every list names is run; a list that is left out names all.
[select]
# devices = ["meter"]
# use_cases = ["ECS17b", "0027"]
# tags = ["read", "SRV 4.1.1"]   # also critical, DLMS, GBZ, refusal, counter, dated ...
# checks = ["success", "wrong-mac"]
# clauses = ["GBCS 6.2.4"]
# cases = ["ESME/*/wrong-*"]
"""


def write_template(file: Path) -> str:
    """Write a campaign, and an emulated home beside it where no shipment file lies there yet.

    Returns what was written, and what to do next.

    Raises:
        UsageError: when the file is there already.
        EnvironmentFault: when it cannot be written.
    """
    if file.exists():
        raise UsageError(f"{file} is there already")
    shipment = file.with_name(_SHIPMENT)
    found = shipment.exists()
    try:
        file.write_text(_TEXT.format(estimate=_estimate()), "utf-8")
        if not found:
            shipment.write_bytes(USUAL_HOME.read_bytes())
    except OSError as fault:
        raise EnvironmentFault(f"{file}: {fault}") from fault
    count = len(every_case(DeviceKind.ESME))
    home = "the shipment file that lies there" if found else "an emulated home, in shipment.csv"
    return f"{file}: {count} cases, for {home}; to run it: hanlab bench run {file}"


def _estimate() -> str:
    """One line for each kind of meter."""
    rows = []
    for kind, rate in _OVER_HAN.items():
        count = len(every_case(kind))
        times = (count / _AT_APPLICATION, count / rate, count * _REAL[kind])
        device, han, real = map(_told, times)
        rows.append(
            f"#   {kind.value}, {count} cases: {device} at the application, {han} over the HAN, "
            f"about {real} when really there"
        )
    return "\n".join(rows)


def _told(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(1, seconds):.0f} s"
