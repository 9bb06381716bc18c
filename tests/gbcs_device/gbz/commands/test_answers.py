"""Whether the components after one are still done."""

import pytest

from emulator.gbcs_device.gbz.commands.answers import HARDWARE_FAILURE, Answer, Reply, failed
from emulator.zcl.payloads.metering import StartSamplingResponse
from emulator.zcl.primitives import ZclStatus

PAYLOAD = StartSamplingResponse(sample_id=2)


@pytest.mark.parametrize(
    ("answer", "stops"),
    [
        (ZclStatus.SUCCESS, False),
        (ZclStatus.NOT_FOUND, False),
        (ZclStatus.INVALID_FIELD, True),
        (HARDWARE_FAILURE, True),
        ((Reply(0x0D, PAYLOAD),), False),
        ((Reply(0x0D, PAYLOAD), Reply(0x0D, PAYLOAD, failed=True)), True),
    ],
)
def test_a_failure_stops_what_follows(answer: Answer, stops: bool) -> None:
    assert failed(answer) is stops
