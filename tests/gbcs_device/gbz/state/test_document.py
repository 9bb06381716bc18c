"""What a device saved comes back with its types, or is refused by name."""

from collections.abc import Callable

import pytest

from emulator.gbcs_device.gbz.state.document import (
    items,
    members,
    number,
    numbered,
    octets,
    part,
    struct,
    structs,
    written,
)
from emulator.kernel.errors import LocalError
from emulator.zcl.payloads.price import TierBlockPrice

PRICE = TierBlockPrice(tier_block_id=1, price=9600)


def test_parts_come_back() -> None:
    saved: object = {"a": {"7": [1]}, "b": 3, "c": written([PRICE])}

    assert part(saved, "b") == 3
    assert members(saved, "a") == {"7": [1]}
    assert numbered(saved, "a") == {7: [1]}
    assert items(part(saved, "a"), "7") == [1]
    assert number(saved, "b", 2) == 3
    assert octets("0A0b") == b"\x0a\x0b"
    assert structs(saved, "c", TierBlockPrice) == (PRICE,)


MISFITS: dict[str, Callable[[], object]] = {
    "no object": lambda: part([], "a"),
    "no such member": lambda: part({"b": 1}, "a"),
    "list for object": lambda: members({"a": [1]}, "a"),
    "key no text": lambda: members({"a": {1: 2}}, "a"),
    "text for list": lambda: items({"a": "text"}, "a"),
    "text for number": lambda: number({"a": "1"}, "a"),
    "negative": lambda: number({"a": -1}, "a"),
    "too many bits": lambda: number({"a": 4}, "a", 2),
    "key no number": lambda: numbered({"a": {"x": 1}}, "a"),
    "key too large": lambda: numbered({"a": {"65536": 1}}, "a"),
    "number for octets": lambda: octets(5),
    "no digits": lambda: octets("0G"),
    "octets missing": lambda: struct("01", TierBlockPrice),
}


@pytest.mark.parametrize("misfit", MISFITS)
def test_what_does_not_fit_is_refused(misfit: str) -> None:
    with pytest.raises(LocalError, match="saved state"):
        MISFITS[misfit]()
