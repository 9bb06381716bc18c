"""Our driver on our virtual dongle, in one process and in virtual time."""

from emulator.kernel.units import Duration
from emulator.lab.radios.kinds import DonglePlace
from emulator.radio.settings import RadioSettings
from hardware.spinel.driver import SpinelRadio
from hardware.virtual.spinel_rcp import SpinelRcp
from hardware.virtual.virtual_wire import OCTET_TIME, VirtualWire


def linked_radio(
    place: DonglePlace,
    settings: RadioSettings | None = None,
    octet_time: Duration = OCTET_TIME,
) -> tuple[SpinelRadio, SpinelRcp]:
    """A radio whose frames go over a serial line to a co-processor, and from there on the air.

    Args:
        place: where the co-processor stands; it is known on the air by that name.
        settings: of the driver.
        octet_time: how long an octet takes on the line.
    """
    scheduler = place.surroundings.scheduler
    rcp = SpinelRcp(place)
    radio = SpinelRadio(place.name, scheduler, settings or RadioSettings())
    radio.attach(VirtualWire(scheduler, rcp.receive, octet_time).send)
    rcp.connect(VirtualWire(scheduler, radio.receive, octet_time).send)
    return radio, rcp
