"""Where requests of DUIS come in: read, checked, handed to the DCC, and answered (DUIS 5.4).

Everything up to the DCC's own checks needs no clock of the laboratory and may happen beside it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from lxml import etree

from emulator.dcc.service_request import Endpoint, ServiceRequest
from emulator.duis.certificates import SigningCertificates
from emulator.duis.document import Bounds, parse_document
from emulator.duis.mapping import RequestMapping
from emulator.duis.refusal import DuisCodes, DuisRefusal, OversizedDocument, SignatureRefusal
from emulator.duis.request import DuisRequest, read_request
from emulator.duis.schema import Schema
from emulator.duis.signature import verify

SERVICES: Final = {
    "serviceS": Endpoint.SEND_COMMAND,
    "serviceT": Endpoint.TRANSFORM,
    "serviceD": Endpoint.DCC_ONLY,
}
"""The last part of the address of each service."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that goes no further.

    Args:
        status: of HTTP: 200 when an answer of DUIS can be given.
        reason: in our words.
        request: what was read of it, None when not enough for an answer of DUIS.
        code: response code of DUIS, empty without one.
    """

    status: int
    reason: str
    request: DuisRequest | None = None
    code: str = ""


@dataclass(slots=True)
class DuisDesk:
    """Takes documents.

    Args:
        certificates: under which users sign.
        schema: that requests are held against, where there is one.
        require_signature: whether a request that nobody signed is refused.
        bounds: of what is read.
        codes: of refusals.
    """

    certificates: SigningCertificates
    schema: Schema | None = None
    require_signature: bool = True
    bounds: Bounds = field(default_factory=Bounds)
    codes: DuisCodes = field(default_factory=DuisCodes)
    _mapping: RequestMapping = field(default_factory=RequestMapping)

    def take(self, octets: bytes, endpoint: Endpoint) -> ServiceRequest | Refused:
        """The request that a document is, or why it goes no further."""
        return self.mapped(self.read(octets), endpoint)

    def read(self, octets: bytes) -> DuisRequest | Refused:
        """What a document says, its signature checked; nothing is remembered of it.

        Nothing but the octets decides, so that any process that knows the same may do it. Whether
        the certificate is valid depends on the time of the home, and is for `out_of_date`.
        """
        try:
            root = parse_document(octets, self.bounds)
            request = read_request(root)
        except OversizedDocument as fault:
            return Refused(413, str(fault))
        except DuisRefusal as fault:
            return Refused(400, str(fault))
        try:
            if self.schema is not None:
                self.schema.check(root)
            if self.require_signature:
                return replace(request, signed_under=self._signed_under(root, request))
        except SignatureRefusal as fault:
            return Refused(200, str(fault), request, self.codes.signature)
        except DuisRefusal as fault:
            return Refused(200, str(fault), request, self.codes.invalid)
        return request

    def out_of_date(self, read: DuisRequest, moment: datetime) -> Refused | None:
        """Why a document is refused even so, once it is known what time it is.

        Args:
            read: as `read` gave it.
            moment: in the time of the home, with its time zone.
        """
        serial = read.signed_under
        signer = None if serial is None else self.certificates.find(serial)
        if signer is None or signer.certificate.valid_at(moment):
            return None
        reason = f"signed under a certificate that is not valid on {moment:%Y-%m-%d}"
        return Refused(200, reason, read, self.codes.signature)

    def mapped(self, read: DuisRequest | Refused, endpoint: Endpoint) -> ServiceRequest | Refused:
        """What was read, as the DCC takes it."""
        if isinstance(read, Refused):
            return read
        try:
            return self._mapping.service_request(read, endpoint)
        except DuisRefusal as fault:
            return Refused(200, str(fault), read, self.codes.invalid)

    def _signed_under(self, root: etree._Element, request: DuisRequest) -> int:
        signer = verify(root, self.certificates)
        if signer.certificate.eui64 != request.request_id.originator:
            raise SignatureRefusal("signed by another party than the RequestID names")
        return signer.serial
