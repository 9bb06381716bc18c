"""The SMKI repository as DCC Boxed serves it: certificates searched for, and retrieved by serial.

The forms are those that DCC's own client sends and reads: elements without a namespace, the EUI-64
of a device as its alternative subject name, serial numbers in hexadecimal.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cryptography import x509
from lxml import etree

from emulator.duis.document import Bounds, parse_document
from emulator.duis.refusal import DuisRefusal
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64

_USAGES: Final = {
    CertificateUsage.DIGITAL_SIGNATURE: "DS",
    CertificateUsage.KEY_AGREEMENT: "KA",
}
_IN_USE: Final = "I"
_DEVICE, _ORGANISATION = "CertificateSubjectAltName", "CertificateSubjectName"
_BOUNDS: Final = Bounds(octets=64 << 10, depth=8, elements=64)
NOT_FOUND: Final = 402
"""HTTP status that DCC's client reads as: there is none."""
BAD_PARAMETERS: Final = 401
"""HTTP status that DCC's client reads as: the parameters are wrong."""


@dataclass(frozen=True, slots=True)
class SmkiReply:
    """An answer of the repository.

    Args:
        status: of HTTP.
        octets: the document; empty when there is none.
    """

    status: int
    octets: bytes = b""


class SmkiRepository:
    """Certificates of devices and organisations.

    Args:
        certificates: of end entities; authorities are left out.
    """

    def __init__(self, certificates: Iterable[Certificate]) -> None:
        self._by_party: dict[Eui64, list[tuple[int, Certificate]]] = {}
        self._by_serial: dict[int, Certificate] = {}
        for each in certificates:
            if each.eui64 is not None and each.usage in _USAGES:
                serial = x509.load_der_x509_certificate(each.der).serial_number
                self._by_party.setdefault(each.eui64, []).append((serial, each))
                self._by_serial.setdefault(serial, each)

    def search(self, octets: bytes) -> SmkiReply:
        """The certificates of a party, as a client searches for them."""
        try:
            root = _request(octets, "CertificateSearchRequest")
            device = _said(root, _DEVICE)
            party = parse_eui64(device or _said(root, _ORGANISATION))
        except (DuisRefusal, UsageError):
            return SmkiReply(BAD_PARAMETERS)
        usage = _said(root, "CertificateUsage")
        found = [
            (serial, each)
            for serial, each in self._by_party.get(party, ())
            if (each.role is None) is bool(device) and usage in ("", _USAGES[each.usage])
        ]
        if not found:
            return SmkiReply(NOT_FOUND)
        reply = etree.Element("CertificateSearchResponse")
        for serial, each in found:
            result = etree.SubElement(reply, "Result")
            _add(result, "CertificateSerial", f"{serial:X}")
            _add(result, _DEVICE if each.role is None else _ORGANISATION, format_eui64(party))
            _add(result, "CertificateUsage", _USAGES[each.usage])
            _add(result, "CertificateStatus", _IN_USE)
            if each.role is not None:
                _add(result, "CertificateRole", str(int(each.role)))
        return _document(reply)

    def retrieve(self, octets: bytes) -> SmkiReply:
        """The certificate of a serial number."""
        try:
            text = _said(_request(octets, "CertificateDataRequest"), "CertificateSerial")
        except DuisRefusal:
            return SmkiReply(BAD_PARAMETERS)
        if re.fullmatch("[0-9A-Fa-f]{1,40}", text) is None:
            return SmkiReply(BAD_PARAMETERS)
        found = self._by_serial.get(int(text, 16))
        if found is None or found.eui64 is None:
            return SmkiReply(NOT_FOUND)
        reply = etree.Element("CertificateDataResponse")
        response = etree.SubElement(reply, "CertificateResponse")
        _add(response, "CertificateSerial", text.upper())
        name = _DEVICE if found.role is None else _ORGANISATION
        _add(response, name, format_eui64(found.eui64))
        _add(response, "CertificateStatus", _IN_USE)
        _add(response, "CertificateBody", base64.b64encode(found.der).decode())
        return _document(reply)


def _request(octets: bytes, name: str) -> etree._Element:
    """The element that a client sends; it may stand inside another.

    Raises:
        DuisRefusal: when there is none.
    """
    root = parse_document(octets, _BOUNDS)
    found = next((each for each in root.iter(name)), None)
    if found is None:
        raise DuisRefusal(f"no {name}")
    return found


def _said(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _add(element: etree._Element, name: str, text: str) -> None:
    etree.SubElement(element, name).text = text


def _document(root: etree._Element) -> SmkiReply:
    return SmkiReply(200, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
