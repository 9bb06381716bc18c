import pytest

from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, octet_string, structure, unsigned
from emulator.gbcs_device.cosem.unexecutable import (
    UnexecutableError,
    executable,
    number,
    octets,
    parts,
    refused,
)
from emulator.kernel.errors import UsageError


def test_values_of_their_shape_are_read() -> None:
    assert parts(structure(unsigned(1), unsigned(2)), 2) == (unsigned(1), unsigned(2))
    assert (number(unsigned(3)), octets(octet_string(b"ab"), 2)) == (3, b"ab")


@pytest.mark.parametrize(
    "read",
    [
        lambda: parts(structure(unsigned(1)), 2),
        lambda: number(octet_string(b"")),
        lambda: octets(octet_string(b"abc"), 2),
        lambda: octets(unsigned(1)),
    ],
    ids=["parts", "number", "length", "octets"],
)
def test_values_of_another_shape_do_not_match(read: object) -> None:
    with pytest.raises(UnexecutableError) as fault:
        read()  # type: ignore[operator]  # a function

    assert fault.value.result is AccessResult.TYPE_UNMATCHED


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (refused("cannot be done"), AccessResult.OTHER_REASON),
        (UsageError("cannot be done"), AccessResult.OTHER_REASON),
        (None, AccessResult.SUCCESS),
    ],
)
def test_check_answers_what_reading_comes_to(fault: Exception | None, result: AccessResult) -> None:
    def read(_: Data) -> None:
        if fault is not None:
            raise fault

    assert executable(read)(unsigned(1)) is result
