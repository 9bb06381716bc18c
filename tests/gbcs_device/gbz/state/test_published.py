"""The latest of each command is kept."""

import pytest

from emulator.gbcs_device.gbz.state.published import PublishedTable
from emulator.kernel.errors import LocalError
from emulator.zcl.payloads.device_management import UpdateCIN
from emulator.zcl.payloads.metering import StartSamplingResponse

FIRST, SECOND = StartSamplingResponse(sample_id=1), StartSamplingResponse(sample_id=2)


def test_a_later_one_takes_the_place() -> None:
    table = PublishedTable()

    table.hold(FIRST)
    table.hold(SECOND)

    assert table.latest(StartSamplingResponse) == SECOND
    assert table.latest(UpdateCIN) is None


def test_what_is_forgotten_is_gone() -> None:
    table = PublishedTable()
    table.hold(FIRST)

    table.forget(StartSamplingResponse)
    table.forget(UpdateCIN)

    assert table.latest(StartSamplingResponse) is None


def test_saved_payloads_come_back() -> None:
    table, again = PublishedTable(), PublishedTable()
    table.hold(FIRST)

    again.restore({"published": table.snapshot()}, "published")

    assert again.latest(StartSamplingResponse) == FIRST


@pytest.mark.parametrize("saved", [{"NoCommand": "00"}, {"StartSamplingResponse": "00"}])
def test_what_is_no_payload_is_refused(saved: dict[str, str]) -> None:
    with pytest.raises(LocalError, match="saved state"):
        PublishedTable().restore({"published": saved}, "published")
