"""Command payloads come back octet for octet, and any octets give a value or a typed error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.meaning.zcl_commands import COMMAND_FIELDS
from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.payloads.price import PublishBlockThresholds
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

FORMATS = sorted(PAYLOADS.items(), key=lambda item: (item[0][0], item[0][1].value, item[0][2]))


@given(st.data(), st.sampled_from([each for _, each in FORMATS]))
def test_every_payload_comes_back(data: st.DataObject, payload: type[Struct]) -> None:
    value = data.draw(structs(payload))

    again = payload.decode(value.encode())

    assert again == value


@given(any_octets(), st.sampled_from([each for _, each in FORMATS]))
def test_any_octets_give_a_payload_or_a_wire_error(octets: bytes, payload: type[Struct]) -> None:
    try:
        value = payload.decode(octets)
    except WireError as refused:
        inside = 0 <= refused.offset <= len(octets)
    else:
        inside = value.encode() == octets

    assert inside


@pytest.mark.parametrize(("key", "payload"), FORMATS, ids=[each.__name__ for _, each in FORMATS])
def test_a_payload_has_the_name_of_its_command(
    key: tuple[int, Side, int], payload: type[Struct]
) -> None:
    cluster, side, command = key

    declared = CLUSTERS[ClusterId(cluster)].side(side).command(command)

    assert declared is not None
    assert declared.name == payload.__name__


@pytest.mark.parametrize(("key", "payload"), FORMATS, ids=[each.__name__ for _, each in FORMATS])
def test_a_payload_has_the_fields_that_messages_are_explained_by(
    key: tuple[int, Side, int], payload: type[Struct]
) -> None:
    before_repetition, _, _ = COMMAND_FIELDS[key].partition("*")
    told = [each.partition(":") for each in before_repetition.split()]
    always = [name for name, _, kind in told if not kind.endswith("?")]

    names = [each.name for each in payload.plan]

    assert names[: len(always) - 1] == always[:-1]


def test_block_thresholds_are_counted_in_the_low_half_of_their_first_octet() -> None:
    octets = bytes.fromhex(
        "00000000 804A371C 90888138 01000000 00 01 01"  # provider, event, start, tariff, part
        "03 40420F000000 80841E000000 C0C62D000000"  # no tier, three thresholds
    )

    (group,) = PublishBlockThresholds.decode(octets).groups

    assert (group.tier, group.thresholds) == (0, (1_000_000, 2_000_000, 3_000_000))
