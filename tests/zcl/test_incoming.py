from typing import Any

import pytest

from emulator.testing.stack.zcl_nodes import AT_HUB, ENDPOINT, HUB, METER, METER_ENDPOINT, arrival
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.foundation.general_commands import GeneralCommand, ReadAttributes
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.incoming import Incoming, Reaction, answer, status
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    BROADCAST_LOW_POWER_ROUTERS,
    BROADCAST_RX_ON,
    SMART_ENERGY_PROFILE,
    NwkAddress,
)
from emulator.zigbee.aps.primitives import ApsdeDataRequest


def incoming(kind: FrameType = FrameType.GENERAL, destination: NwkAddress = METER) -> Incoming:
    request = ApsdeDataRequest(
        1, destination, ENDPOINT, ENDPOINT, SMART_ENERGY_PROFILE, METERING.id, b""
    )
    return Incoming(
        arrival(request, HUB),
        header(kind, Side.SERVER, 1, GeneralCommand.READ_ATTRIBUTES),
        b"",
        METER_ENDPOINT,
        ClusterInstance(ENDPOINT, METERING.id, Side.SERVER),
    )


def test_command_comes_from_the_endpoint_that_sent_it() -> None:
    assert incoming().source == AT_HUB


@pytest.mark.parametrize(
    ("kind", "general"), [(FrameType.GENERAL, True), (FrameType.CLUSTER, False)]
)
def test_frame_type_tells_general_commands_from_a_clusters_own(
    kind: FrameType, general: bool
) -> None:
    assert incoming(kind).general is general


@pytest.mark.parametrize(
    ("destination", "unicast"),
    [
        (METER, True),
        (HUB, True),
        (BROADCAST_LOW_POWER_ROUTERS, False),
        (BROADCAST_RX_ON, False),
        (BROADCAST_ALL, False),
    ],
)
def test_command_to_a_broadcast_address_is_no_unicast(
    destination: NwkAddress, unicast: bool
) -> None:
    assert incoming(destination=destination).unicast is unicast


def test_answer_holds_a_command_and_no_status() -> None:
    payload = ReadAttributes((0,))
    told: tuple[Any, ...] = ("told",)

    assert answer(1, payload, told) == Reaction(command=1, payload=payload, effects=told)
    assert answer(1, payload).status is None


def test_status_holds_no_command() -> None:
    reaction = status(ZclStatus.SUCCESS)

    assert (reaction.command, reaction.payload, reaction.status) == (None, None, ZclStatus.SUCCESS)


def test_reaction_without_anything_answers_nothing() -> None:
    silent = Reaction()

    assert (silent.command, silent.status, tuple(silent.effects)) == (None, None, ())
