"""What devices are called: by their types, numbered where there are several of one."""

from collections.abc import Iterable, Sequence

from emulator.kernel.identity import Eui64
from emulator.lab.shipments.shipment import ShipmentDevice


def named_in(dwelling: str, name: str) -> str:
    """What a device is called where several homes stand in one world."""
    return f"{dwelling} {name}" if dwelling else name


def names_for(devices: Sequence[ShipmentDevice], dwelling: str = "") -> dict[Eui64, str]:
    """A name for each device: its type, with a number where there are several of one.

    Args:
        devices: of one home.
        dwelling: whose home it is, where there are several; names begin with it.
    """
    counts: dict[str, int] = {}
    names: dict[Eui64, str] = {}
    for device in devices:
        counts[device.type] = number = counts.get(device.type, 0) + 1
        name = device.type if number == 1 else f"{device.type} {number}"
        names[device.eui64] = named_in(dwelling, name)
    return names


def next_name(taken: Iterable[str], kind: str, dwelling: str = "") -> str:
    """The name of one more device.

    Args:
        taken: names there are.
        kind: its type.
        dwelling: whose home it is, where there are several.
    """
    own = named_in(dwelling, kind)
    alike = [name for name in taken if f"{name} ".startswith(f"{own} ")]
    return f"{own} {len(alike) + 1}" if alike else own
