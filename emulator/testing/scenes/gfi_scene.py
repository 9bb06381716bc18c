"""A served home with one meter, and messages for it, for tests of GFI lines."""

from functools import cache

from emulator.bench.cases.command_maker import CommandMaker, example_values
from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.serving import lab_keys
from emulator.equipment.request import RemoteParties
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.envelope import Message
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.identity import Eui64
from emulator.kernel.units import DEFAULT_START
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import Shipment, parse_shipment
from emulator.testing.scenes.bench_scene import SHIPMENT

METER = Eui64(0x00DB1234567890A0)
GAS_METER = Eui64(0x00DB1234567890A1)
READ = 0x0027
"""ECS17b, which reads the import registers."""


def meter_shipment(*kinds: str) -> Shipment:
    """A hub and the devices of these kinds."""
    head, *rows = SHIPMENT.splitlines()
    kept = [row for row in rows if row.split(",")[0] in ("CHF", "GPF", *kinds)]
    return parse_shipment("\n".join((head, *kept)).encode(), "home.csv")


@cache
def maker(device: Eui64 = METER) -> CommandMaker:
    """What makes commands for a device under the test keys."""
    return CommandMaker(lab_keys(None, [device]), device)


def command(counter: int, code: int = READ, device: Eui64 = METER) -> Message:
    """A command that the supplier sends."""
    made = maker(device)
    supplier = made.party(RemotePartyRole.SUPPLIER)
    heading = CommandHeading(
        originator=supplier, recipient=device, counter=counter, issued=DEFAULT_START
    )
    chosen = use_case(code)
    return made.protected(made.bare(chosen, example_values(chosen), heading))


def served(*kinds: str) -> ServedHome:
    """A home with devices of these kinds, up."""
    shipment = meter_shipment(*kinds)
    keys = lab_keys(None, [each.eui64 for each in shipment.devices])
    return ServedHome(Lab(shipment, LabOptions(name="gfi")), RemoteParties(keys=keys))
