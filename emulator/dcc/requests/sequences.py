"""Requests that wait for others: FirstInSequence and PrecedingServiceRequestID (DUIS 5.4).

The next one is released when the one before it succeeds, and fails with it. What the DCC does with
one whose predecessor it does not know is not read in any source; here it is refused.
"""

from enum import Enum

from emulator.dcc.service_request import RequestId, ServiceRequest


class Turn(Enum):
    """Whether it is a request's turn."""

    NOW = "now"
    WAITS = "waits"
    FAILED = "failed"


class Sequences:
    """The requests of sequences, and how they ended."""

    def __init__(self) -> None:
        self._running: set[RequestId] = set()
        self._succeeded: set[RequestId] = set()
        self._waiting: dict[RequestId, list[ServiceRequest]] = {}

    def turn(self, request: ServiceRequest) -> Turn:
        """Whether it is a request's turn; it is remembered when it is part of a sequence."""
        if request.preceding is None:
            if request.first_in_sequence:
                self._running.add(request.request_id)
            return Turn.NOW
        if request.preceding in self._succeeded:
            self._running.add(request.request_id)
            return Turn.NOW
        if request.preceding in self._running:
            self._running.add(request.request_id)
            self._waiting.setdefault(request.preceding, []).append(request)
            return Turn.WAITS
        return Turn.FAILED

    def ended(self, request_id: RequestId, *, successful: bool) -> tuple[ServiceRequest, ...]:
        """The requests that waited for one that has ended now."""
        if request_id not in self._running:
            return ()
        self._running.discard(request_id)
        if successful:
            self._succeeded.add(request_id)
        return tuple(self._waiting.pop(request_id, ()))
