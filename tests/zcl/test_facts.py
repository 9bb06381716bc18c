from emulator.kernel.trace import Record, line
from emulator.kernel.units import START
from emulator.zcl.facts import CommandRefused
from emulator.zcl.primitives import ZclStatus
from emulator.zigbee.addresses import ClusterId, NwkAddress


def test_refusal_stands_in_the_trace_with_its_status_by_name() -> None:
    fact = CommandRefused(
        source=NwkAddress(1),
        cluster=ClusterId(0x0702),
        command=0,
        general=True,
        status=ZclStatus.FAILURE,
    )

    assert '"status":"FAILURE"' in line(Record(START, "hub", fact))
