"""Setting the clock of a gas meter (GBCS GCS28, 9.1.3)."""

from emulator.gbcs.asn1.gas_clock import SetTimeCommand, SetTimeResponse
from emulator.gbcs_device.asn1.handling import Belongings, Handled
from emulator.gbcs_device.device_clock import generalized_time, parse_generalized_time
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import ClockSet


def set_time(belongings: Belongings, command: Command, asked: SetTimeCommand) -> Handled:
    """Take the hub's time if it lies in the interval; else keep the time and trust it no more."""
    clock = belongings.clock
    start = parse_generalized_time(asked.validity_interval_start)
    end = parse_generalized_time(asked.validity_interval_end)
    moment = command.moment
    hub_time = clock.hub_time(moment)
    accepted = start is not None and end is not None and start <= hub_time <= end
    if accepted:
        clock.follow_hub()
        moment = hub_time
    else:
        clock.distrust()
    response = SetTimeResponse(generalized_time(moment), clock.status)
    return Handled(response, (ClockSet(accepted),))
