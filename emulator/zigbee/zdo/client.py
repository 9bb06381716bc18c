"""Requests of ours that wait for a response (R22 2.4.2.6 to 2.4.2.8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from emulator.kernel.units import Instant, later
from emulator.zigbee.addresses import (
    ZDO_ENDPOINT,
    ZDO_PROFILE,
    ClusterId,
    NwkAddress,
    is_broadcast,
)
from emulator.zigbee.aps.primitives import ApsdeDataConfirm, ApsdeDataRequest, ApsStatus
from emulator.zigbee.zdo.commands import RESPONSES
from emulator.zigbee.zdo.frames import (
    RESPONSE,
    ZdpCluster,
    ZdpCommand,
    ZdpFrame,
    ZdpResponse,
    ZdpStatus,
    decode_response,
    request_cluster,
    response_cluster,
)
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest
from emulator.zigbee.zdo.settings import ZdoSettings

ANSWERED_BROADCASTS: Final = (ZdpCluster.NWK_ADDR, ZdpCluster.IEEE_ADDR, ZdpCluster.MATCH_DESC)
"""Requests that somebody answers though everybody was asked (R22 2.4.4.2)."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A request on its way, or waiting for its response."""

    request: ZdpRequest
    sequence: int
    answered: bool
    deadline: Instant


class ZdpClient:
    """Every request of ours that is not confirmed yet, by its APS handle."""

    def __init__(self, settings: ZdoSettings, handles: Iterator[int]) -> None:
        self._settings = settings
        self._handles = handles
        self._sequence = 0
        self._pending: dict[int, Pending] = {}

    @property
    def deadline(self) -> Instant | None:
        """When the next request is given up."""
        return min((each.deadline for each in self._pending.values()), default=None)

    def send(self, request: ZdpRequest, now: Instant) -> Sequence[ApsdeDataRequest]:
        """Send a request."""
        kind = request.command.cluster
        broadcast = is_broadcast(request.destination)
        answered = kind in RESPONSES and (not broadcast or kind in ANSWERED_BROADCASTS)
        sent = self.request(request.destination, request.command)
        self._pending[sent.handle] = Pending(
            request, self._sequence, answered, later(now, self._settings.response_timeout)
        )
        return (sent,)

    def request(self, destination: NwkAddress, command: ZdpCommand) -> ApsdeDataRequest:
        """A request or announcement under the next transaction sequence number."""
        self._sequence = (self._sequence + 1) & 0xFF
        frame = ZdpFrame(self._sequence, command.encode())
        return self.frame(destination, request_cluster(command), frame)

    def notification(self, destination: NwkAddress, response: ZdpResponse) -> ApsdeDataRequest:
        """A response that nobody asked for, under the next transaction sequence number."""
        self._sequence = (self._sequence + 1) & 0xFF
        frame = ZdpFrame(self._sequence, response.encode())
        return self.frame(destination, response_cluster(response.cluster), frame)

    def frame(
        self, destination: NwkAddress, cluster: ClusterId, frame: ZdpFrame
    ) -> ApsdeDataRequest:
        """A ZDP frame as APS takes it."""
        return ApsdeDataRequest(
            next(self._handles),
            destination,
            ZDO_ENDPOINT,
            ZDO_ENDPOINT,
            ZDO_PROFILE,
            cluster,
            frame.encode(),
            ack=self._settings.acknowledge and not is_broadcast(destination),
        )

    def confirmed(self, confirm: ApsdeDataConfirm) -> Sequence[ZdpConfirm]:
        """APS says how the sending of a request ended; one that nobody answers ends here."""
        pending = self._pending.get(confirm.handle)
        failed = confirm.status != ApsStatus.SUCCESS
        if pending is None or (pending.answered and not failed):
            return ()
        del self._pending[confirm.handle]
        status = ZdpStatus.TIMEOUT if failed else ZdpStatus.SUCCESS
        return (ZdpConfirm(pending.request.handle, status),)

    def response(
        self, source: NwkAddress, cluster: int, frame: ZdpFrame
    ) -> Sequence[ZdpConfirm] | None:
        """A response came; None when it answers nothing we asked.

        Raises:
            WireError: when it is no response of its cluster; the request goes on waiting.
        """
        asked = ZdpCluster(cluster & ~RESPONSE)
        for handle, pending in self._pending.items():
            destination = pending.request.destination
            if (
                pending.sequence == frame.sequence
                and pending.request.command.cluster == asked
                and (destination == source or is_broadcast(destination))
            ):
                answer = decode_response(RESPONSES[asked], frame.payload)
                del self._pending[handle]
                return (_confirm(pending, answer, source),)
        return None

    def wake(self, now: Instant) -> Sequence[ZdpConfirm]:
        """Give up requests whose time is over."""
        over = [handle for handle, each in self._pending.items() if each.deadline <= now]
        return [
            ZdpConfirm(self._pending.pop(handle).request.handle, ZdpStatus.TIMEOUT)
            for handle in over
        ]


def _confirm(pending: Pending, answer: ZdpResponse | ZdpStatus, source: NwkAddress) -> ZdpConfirm:
    handle = pending.request.handle
    if isinstance(answer, ZdpStatus):
        return ZdpConfirm(handle, answer, None, source)
    return ZdpConfirm(handle, answer.status, answer, source)
