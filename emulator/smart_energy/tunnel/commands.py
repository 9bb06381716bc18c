"""Commands of the Tunneling cluster as requests, and the answers an application gives itself."""

from emulator.wire.struct import Struct
from emulator.zcl.clusters.tunneling import TUNNELING, ToClient, ToServer, TransferData
from emulator.zcl.foundation.general_commands import DefaultResponse, GeneralCommand
from emulator.zcl.primitives import (
    Side,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import Endpoint


def to_server(
    handle: int, server: ZclAddress, endpoint: Endpoint, which: ToServer, payload: Struct
) -> ZclCommandRequest:
    """A command of the client that the server answers."""
    return ZclCommandRequest(
        handle,
        server,
        endpoint,
        TUNNELING.id,
        which,
        payload.encode(),
        to_side=Side.SERVER,
        expects_answer=True,
        own_answer=which is not ToServer.TRANSFER_DATA,
    )


def to_client(
    handle: int, client: ZclAddress, endpoint: Endpoint, which: ToClient, payload: Struct
) -> ZclCommandRequest:
    """A command of the server that nobody asked for; data is answered, a notice is not."""
    answered = which is ToClient.TRANSFER_DATA
    return ZclCommandRequest(
        handle,
        client,
        endpoint,
        TUNNELING.id,
        which,
        payload.encode(),
        to_side=Side.CLIENT,
        expects_answer=answered,
        own_answer=False,
        disable_default_response=not answered,
    )


def answer(
    handle: int, asked: ZclCommandIndication, command: int, payload: Struct
) -> ZclCommandRequest:
    """The command that answers another."""
    return ZclCommandRequest(
        handle,
        asked.source,
        asked.endpoint,
        asked.cluster,
        command,
        payload.encode(),
        to_side=Side.CLIENT if asked.to_side is Side.SERVER else Side.SERVER,
        sequence=asked.sequence,
        disable_default_response=True,
    )


def default_response(
    handle: int, asked: ZclCommandIndication, status: ZclStatus
) -> tuple[ZclCommandRequest, ...]:
    """The default response to a command: success only where it was asked for (ZCL8 2.5.12)."""
    if status == ZclStatus.SUCCESS and asked.disable_default_response:
        return ()
    return (
        ZclCommandRequest(
            handle,
            asked.source,
            asked.endpoint,
            asked.cluster,
            GeneralCommand.DEFAULT_RESPONSE,
            DefaultResponse(asked.command, status).encode(),
            to_side=Side.CLIENT if asked.to_side is Side.SERVER else Side.SERVER,
            general=True,
            sequence=asked.sequence,
            disable_default_response=True,
        ),
    )


def data_of(came: ZclCommandIndication) -> TransferData:
    """The TransferData that came; the cluster library has checked that it is one."""
    return TransferData.decode(came.payload)
