import pytest

from emulator.kernel.errors import (
    EnvironmentFault,
    LabError,
    LocalError,
    PeerError,
    SecurityError,
    UsageError,
    WireError,
)


@pytest.mark.parametrize(
    ("error", "branch"),
    [
        (UsageError, LocalError),
        (WireError, PeerError),
        (SecurityError, PeerError),
        (LocalError, LabError),
        (PeerError, LabError),
        (EnvironmentFault, LabError),
    ],
)
def test_every_error_stands_in_the_branch_of_whose_fault_it_is(
    error: type[LabError], branch: type[LabError]
) -> None:
    assert error.__bases__ == (branch,)


def test_a_wire_error_names_field_and_octet() -> None:
    fault = WireError("Frame.address", 3, "2 octets wanted, 1 left")

    assert str(fault) == "Frame.address at byte 3: 2 octets wanted, 1 left"
    assert (fault.path, fault.offset, fault.reason) == (
        "Frame.address",
        3,
        "2 octets wanted, 1 left",
    )


def test_a_usage_error_lists_every_problem() -> None:
    error = UsageError("a.csv:2: no hub", "a.csv:3: bad CRC")

    assert error.problems == ("a.csv:2: no hub", "a.csv:3: bad CRC")
    assert str(error) == "a.csv:2: no hub\na.csv:3: bad CRC"
