import subprocess
from shutil import which

from emulator.gbcs.alert_codes import alert_codes, alert_name
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.testing.judges.judges import require


def test_codes_have_names() -> None:
    assert alert_name(0x8F66) == "Future date HAN Interface Command Successfully Actioned"
    assert alert_name(0x0001) == "unknown code"


def test_every_code_that_a_use_case_sends_has_a_name() -> None:
    sent = {code for each in use_cases() for code in each.alerts}

    assert sent <= alert_codes().keys()


def test_wireshark_knows_the_same_codes() -> None:
    tshark = which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")

    listed = subprocess.run(
        [str(tshark), "-G", "values"], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split("\t") for line in listed.splitlines() if "gbcs_gbz.alert_code" in line]
    theirs = {int(row[2]) for row in rows if row[0] == "V"}

    assert theirs <= alert_codes().keys()
    assert len(theirs) > 180
