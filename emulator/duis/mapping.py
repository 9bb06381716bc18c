"""A request of DUIS as the request that the emulated DCC takes (DUIS 5.4, SEC App. AB)."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from emulator.dcc.service_request import (
    CRITICAL_VARIANTS,
    CommandVariant,
    Endpoint,
    RequestId,
    ServiceRequest,
)
from emulator.duis.parameters import base64_octets, parameters
from emulator.duis.refusal import DuisRefusal
from emulator.duis.request import DuisRequest

_SIGNED: Final = "SignedPreCommand"
_REMEMBERED: Final = 10_000
"""Transformed requests whose parameters are kept until the pre-command comes back."""


class RequestMapping:
    """Makes requests for the DCC, and remembers what a signed pre-command was made of."""

    def __init__(self) -> None:
        self._transformed: OrderedDict[RequestId, Mapping[str, object]] = OrderedDict()

    def service_request(self, request: DuisRequest, endpoint: Endpoint) -> ServiceRequest:
        """The request as the DCC takes it.

        Args:
            request: as it was read.
            endpoint: the service that it was brought to.

        Raises:
            DuisRefusal: when its body does not fit its header.
        """
        if request.srv.rsplit(".", 1)[0] != request.reference and request.srv != request.reference:
            raise DuisRefusal(f"{request.srv} is no variant of {request.reference}")
        signed = request.body.name == _SIGNED
        if signed is not (request.variant in CRITICAL_VARIANTS - {CommandVariant.TRANSFORM}):
            raise DuisRefusal(f"{request.body.name} in a request of variant {request.variant}")
        given = dict(parameters(request.body))
        pre_command = base64_octets(given.pop("GBCSPayload", "")) if signed else None
        if signed:
            given = {**self._transformed.get(request.request_id, {}), **given}
        elif request.variant == CommandVariant.TRANSFORM:
            self._remember(request.request_id, given)
        return ServiceRequest(
            request_id=request.request_id,
            srv=request.srv,
            variant=request.variant,
            parameters=given,
            first_in_sequence=bool(request.first_in_sequence),
            preceding=request.preceding,
            pre_command=pre_command,
            endpoint=endpoint,
        )

    def _remember(self, request_id: RequestId, given: Mapping[str, object]) -> None:
        self._transformed[request_id] = given
        while len(self._transformed) > _REMEMBERED:
            self._transformed.popitem(last=False)
