import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.codecs import OpenEnum


class Status(OpenEnum):
    SUCCESS = 0x00
    FAILURE = 0x01


def test_a_listed_code_is_its_member() -> None:
    assert Status(1) is Status.FAILURE
    assert Status.FAILURE.known


def test_an_unlisted_code_prints_as_unknown() -> None:
    status = Status(0xC7)

    assert status.name == "unknown(0xc7)"
    assert status == 0xC7
    assert not status.known


def test_unlisted_codes_do_not_become_members() -> None:
    Status(0x99)

    assert list(Status) == [Status.SUCCESS, Status.FAILURE]


def test_a_negative_code_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 is not a valid Status"):
        Status(-1)


def test_a_name_is_no_code() -> None:
    with pytest.raises(ValueError, match="'SUCCESS' is not a valid Status"):
        Status("SUCCESS")  # type: ignore[arg-type]  # what this test is about


@given(st.integers(0, 2**64 - 1))
def test_every_code_keeps_its_number(code: int) -> None:
    assert Status(code).value == code
    assert Status(code) == Status(code)
    assert hash(Status(code)) == hash(code)
