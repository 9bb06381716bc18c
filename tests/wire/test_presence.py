from typing import Annotated

import pytest

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import U8, Bits, Flag, UInt, When
from emulator.wire.plan import plan_fields
from emulator.wire.presence import asks, presence
from emulator.wire.runs import runs
from emulator.wire.struct import Struct


class Told(Struct):
    """Bits that tell of one field, and of another together with an octet."""

    long: Flag
    short: Flag
    rest: Annotated[int, Bits(6)]
    count: U8
    wide: Annotated[int | None, UInt(4), When(lambda told: told.long)] = None
    narrow: Annotated[int | None, UInt(2), When(lambda told: told.short and told.count)] = None


def test_bits_tell_what_is_there_where_they_alone_decide() -> None:
    there, variables = presence("Told", runs(plan_fields(Told, Struct)))

    assert [there[0b00], there[0b01]] == [(False, False), (True, False)]
    assert there[0b10] == (False, None)
    assert list(variables.values()) == ["p1", "p2"]


def test_a_condition_that_bits_do_not_tell_is_asked_of_the_value() -> None:
    assert asks(2, {2: "p2"}) == "present2(obj) if p2 is None else p2"
    assert asks(2, {}) == "present2(obj)"


@pytest.mark.parametrize(
    "octets",
    ["00 01", "01 00 04030201", "02 00", "02 05 0201", "03 05 04030201 0201"],
)
def test_a_format_is_read_and_written_by_either_kind_of_condition(octets: str) -> None:
    sent = bytes.fromhex(octets)

    value = Told.decode(sent)

    assert value.encode() == sent
    assert (value.wide is not None) == bool(sent[0] & 1)
    assert (value.narrow is not None) == bool(sent[0] & 2 and sent[1])


def test_what_bits_rule_out_cannot_be_sent() -> None:
    with pytest.raises(LocalError, match="wide"):
        Told(False, False, 0, 1, 7).encode()


class Late(Struct):
    """A format that begins with no bits."""

    count: U8
    more: Annotated[int | None, UInt(1), When(lambda late: late.count > 1)] = None


def test_a_format_that_begins_otherwise_asks_the_value() -> None:
    _, variables = presence("Late", runs(plan_fields(Late, Struct)))

    assert variables == {}
    assert Late.decode(b"\x02\x09") == Late(2, 9)
