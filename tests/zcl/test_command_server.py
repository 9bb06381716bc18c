from collections.abc import Sequence
from typing import Any

from emulator.kernel.units import START, Instant, seconds
from emulator.testing.stack.zcl_nodes import (
    AT_METER,
    ENDPOINT,
    ZclNode,
    exchanged,
    hub,
    meter,
    only,
)
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY, IdentifyFor, IdentifyQueryResponse
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.facts import FactoryReset, Identifying
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    DiscoverCommands,
    DiscoverCommandsResponse,
    GeneralCommand,
)
from emulator.zcl.primitives import (
    ReadAttributesConfirm,
    ReadAttributesRequest,
    Side,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import ClusterId


def ask(
    node: ZclNode, cluster: ClusterId, command: int, payload: bytes = b"", **fields: Any
) -> tuple[Sequence[Any], ZclAnswer]:
    now = fields.pop("now", START)
    request = ZclCommandRequest(
        1, AT_METER, ENDPOINT, cluster, command, payload, expects_answer=True, **fields
    )
    at_meter, back = exchanged(request, hub(), node, now)
    answer = only(back, ZclCommandConfirm).answer
    assert answer is not None
    return at_meter, answer


def test_identify_counts_down_and_answers_a_query() -> None:
    node = meter()

    effects, answer = ask(node, IDENTIFY.id, 0x00, IdentifyFor(30).encode())
    _, later = ask(node, IDENTIFY.id, 0x01, now=Instant(seconds(10)))

    assert only(effects, Identifying) == Identifying(ENDPOINT, 30)
    assert DefaultResponse.decode(answer.payload).status == ZclStatus.SUCCESS
    assert IdentifyQueryResponse.decode(later.payload).timeout == 20


def test_query_of_a_device_that_does_not_identify_gets_success_only() -> None:
    _, answer = ask(meter(), IDENTIFY.id, 0x01)

    assert (answer.general, answer.command) == (True, GeneralCommand.DEFAULT_RESPONSE)


def test_identify_time_is_read_while_it_runs() -> None:
    node = meter()
    ask(node, IDENTIFY.id, 0x00, IdentifyFor(30).encode())

    asks = ReadAttributesRequest(2, AT_METER, ENDPOINT, IDENTIFY.id, (0x0000,))
    _, back = exchanged(asks, hub(), node, Instant(seconds(29.5)))

    assert only(back, ReadAttributesConfirm).results[0].value == 1


def test_factory_reset_restores_first_values() -> None:
    node = meter()
    about = ClusterInstance(ENDPOINT, BASIC.id, Side.SERVER)
    node.machine.attributes.store.set(about, 0x0010, "Loft")

    effects, _ = ask(node, BASIC.id, 0x00)

    assert only(effects, FactoryReset).endpoint == ENDPOINT
    assert node.machine.attributes.store.value(about, 0x0010) == "Hall"


def test_unserved_command_is_unsupported() -> None:
    _, answer = ask(meter(), IDENTIFY.id, 0x40, b"\x00\x00")

    assert DefaultResponse.decode(answer.payload).status == ZclStatus.UNSUP_COMMAND


def test_served_commands_are_discovered() -> None:
    _, received = ask(
        meter(),
        KEY_ESTABLISHMENT.id,
        GeneralCommand.DISCOVER_COMMANDS_RECEIVED,
        DiscoverCommands(1, 2).encode(),
        general=True,
    )
    _, generated = ask(
        meter(),
        IDENTIFY.id,
        GeneralCommand.DISCOVER_COMMANDS_GENERATED,
        DiscoverCommands(0, 9).encode(),
        general=True,
    )

    assert DiscoverCommandsResponse.decode(received.payload).commands == (1, 2)
    assert not DiscoverCommandsResponse.decode(received.payload).complete
    assert DiscoverCommandsResponse.decode(generated.payload).commands == (0,)


def test_built_in_commands_are_discovered() -> None:
    _, answer = ask(
        meter(),
        IDENTIFY.id,
        GeneralCommand.DISCOVER_COMMANDS_RECEIVED,
        DiscoverCommands(0, 9).encode(),
        general=True,
    )

    assert DiscoverCommandsResponse.decode(answer.payload).commands == (0, 1)
