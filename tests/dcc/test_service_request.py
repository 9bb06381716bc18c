from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.service_request import Acknowledgement, RequestId, ServiceRequest
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.dcc_scene import ESME, HUB

eui64s = st.integers(0, 2**64 - 1).map(Eui64)


@given(eui64s, eui64s, st.integers(0, 2**63 - 1))
def test_request_id_is_read_as_it_is_written(
    originator: Eui64, target: Eui64, counter: int
) -> None:
    made = RequestId(originator, target, counter)

    assert RequestId.parse(str(made)) == made


def test_request_id_is_written_as_in_duis() -> None:
    text = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000"

    found = RequestId.parse(text)

    assert (found.target, found.counter) == (ESME, 1000)
    assert str(found) == text


@pytest.mark.parametrize("text", ["", "1:2:3", "90-B3-D5-1F-30-01-00-00:1000"])
def test_what_is_no_request_id_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected EUI-64"):
        RequestId.parse(text)


def dated(written: object, execution: datetime | None = None) -> datetime | None:
    request = ServiceRequest(
        request_id=RequestId(HUB, ESME, 1),
        srv="4.1.1",
        variant=1,
        parameters={"ExecutionDateTime": written},
        execution=execution,
    )
    return request.dated.execution


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-01T00:00:00Z", datetime(2026, 2, 1, tzinfo=UTC)),
        (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        ("3000-12-31T00:00:00Z", None),
        ("soon", None),
        (None, None),
    ],
)
def test_date_in_the_parameters_is_found(written: object, expected: datetime | None) -> None:
    assert dated(written) == expected


def test_date_of_the_request_comes_first() -> None:
    date = datetime(2026, 3, 1, tzinfo=UTC)

    assert dated("2026-02-01T00:00:00Z", date) == date


@pytest.mark.parametrize(("code", "good"), [("I99", True), ("W081401", True), ("E5", False)])
def test_only_errors_are_refusals(code: str, good: bool) -> None:
    assert Acknowledgement(request_id=RequestId(HUB, ESME, 1), code=code).accepted is good
