"""A small meter room as a file, for tests."""

from typing import Final

ROOM: Final = """\
name = "small"
width = 400
height = 400
distributor = "network"
building_owner = "landlord"

[[item]]
name = "meter"
kind = "meter"
owner = "supplier"
at = [0, 0]
size = [300, 300]
meter_point = "1"

[[item]]
name = "trunking"
kind = "trunking"
owner = "building owner"
at = [0, 300]
size = [400, 100]

[[point]]
mpan = "1"
customer = "flat"
supplier = "supplier A"

[[need]]
kind = "Alt HAN bridge"
meter_point = "1"
size = [120, 90]
lead = 150
"""


def step(action: str, *lines: str, day: int = 5) -> str:
    """A step at nine on a day of January 2026."""
    head = f'\n[[step]]\ndo = "{action}"\nat = 2026-01-{day:02d}T09:00:00Z\n'
    return head + "".join(f"{line}\n" for line in lines)


DESIGNED: Final = "".join(
    (
        step("TellSupplier", 'mpan = "1"'),
        step("ConfirmSupplier", 'mpan = "1"', 'supplier = "supplier A"'),
        step("Approve", "process = 1"),
        step("GiveAccess", 'by = "landlord"'),
        step("Survey"),
        step("Propose", 'works = [{ kind = "remove", item = "trunking", meter_point = "1" }]'),
        step("AssessRisk", "acceptable = true"),
        step("AssessImpact", "acceptable = true"),
        step("Approve", "process = 2"),
    )
)
"""Steps that end with an approved design."""
