"""What a gas ESI tells of tenancy, supplier, site and customer (ZSE 1.4 Annex D, 0x0708).

It tells the latest that it was told itself. What it was never told is not found.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, ClassVar

from emulator.kernel.units import Instant
from emulator.smart_energy.primitives import SetManagement
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.wire.struct import Struct
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.payloads.device_management import (
    PublishChangeOfSupplier,
    PublishChangeOfTenancy,
    UpdateCIN,
    UpdateSiteID,
)
from emulator.zcl.primitives import Side, ZclCommandIndication, ZclStatus
from emulator.zigbee.addresses import Endpoint

Effects = Sequence[Any]


class ToServer(IntEnum):
    """Commands that the server receives (ZSE 1.4 Annex D)."""

    GET_CHANGE_OF_TENANCY = 0x00
    GET_CHANGE_OF_SUPPLIER = 0x01
    GET_SITE_ID = 0x03
    GET_CIN = 0x05


class ToClient(IntEnum):
    """Commands that the client receives (ZSE 1.4 Annex D)."""

    PUBLISH_CHANGE_OF_TENANCY = 0x00
    PUBLISH_CHANGE_OF_SUPPLIER = 0x01
    UPDATE_SITE_ID = 0x03
    UPDATE_CIN = 0x06


ANSWERS: Mapping[int, ToClient] = {
    ToServer.GET_CHANGE_OF_TENANCY: ToClient.PUBLISH_CHANGE_OF_TENANCY,
    ToServer.GET_CHANGE_OF_SUPPLIER: ToClient.PUBLISH_CHANGE_OF_SUPPLIER,
    ToServer.GET_SITE_ID: ToClient.UPDATE_SITE_ID,
    ToServer.GET_CIN: ToClient.UPDATE_CIN,
}
"""Which command answers which."""
PAYLOADS: Mapping[ToClient, type[Struct]] = {
    ToClient.PUBLISH_CHANGE_OF_TENANCY: PublishChangeOfTenancy,
    ToClient.PUBLISH_CHANGE_OF_SUPPLIER: PublishChangeOfSupplier,
    ToClient.UPDATE_SITE_ID: UpdateSiteID,
    ToClient.UPDATE_CIN: UpdateCIN,
}
"""What each answer carries."""


class ManagementServer:
    """What one endpoint tells of the supply.

    Args:
        endpoint: with the server side of the cluster.
    """

    accepts: ClassVar[tuple[type, ...]] = (SetManagement, ZclCommandIndication)
    deadline: Instant | None = None

    def __init__(self, endpoint: Endpoint, handles: Iterator[int]) -> None:
        self._endpoint = endpoint
        self._handles = handles
        self._told: dict[type[Struct], Struct] = {}

    def handle(self, event: Any, now: Instant) -> Effects:  # noqa: ARG002 - the one shape
        """Effects of `event`."""
        if isinstance(event, SetManagement):
            self._told[type(event.value)] = event.value
            return ()
        if event.cluster != DEVICE_MANAGEMENT.id or event.endpoint != self._endpoint:
            return ()
        return self._asked(event) if event.to_side is Side.SERVER else ()

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _asked(self, event: ZclCommandIndication) -> Effects:
        command = ANSWERS.get(event.command)
        if command is None:
            return ()
        told = self._told.get(PAYLOADS[command])
        if told is None:
            return default_response(next(self._handles), event, ZclStatus.NOT_FOUND)
        return (answer(next(self._handles), event, command, told),)

    def snapshot(self) -> dict[str, Any]:
        """What it was told, as octets, by the command that tells it."""
        return {
            str(int(command)): self._told[kind].encode().hex()
            for command, kind in PAYLOADS.items()
            if kind in self._told
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        kinds = (PAYLOADS[ToClient(int(command))] for command in state)
        octets = (bytes.fromhex(each) for each in state.values())
        self._told = {kind: kind.decode(each) for kind, each in zip(kinds, octets, strict=True)}
