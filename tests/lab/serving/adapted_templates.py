"""Published templates of service requests, made into requests to the home of a test (DUIS 5.4).

Identifiers, certificates and dates of the templates are those of their authors. Each is replaced by
what plays its part in the home; nothing else is changed.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from emulator.dcc.service_request import RequestId
from emulator.dcc.users import UserRole
from emulator.duis.document import parse_document
from emulator.duis.request import DuisRequest, read_request
from emulator.gbcs.pki import organisation
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64
from emulator.lab.world.parties import (
    EXPORT_SUPPLIER,
    GAINING_SUPPLIER,
    NETWORK_OPERATOR,
    OTHER_USER,
    SUPPLIER,
)

LOAD_CONTROLLER: Final = organisation(RemotePartyRole.LOAD_CONTROLLER).eui64
_THEIR_USER: Final = "90-B3-D5-1F-30-01-00-00"
_THEIR_DCC: Final = "90-B3-D5-1F-30-00-00-02"
_ESME: Final = "00-DB-12-34-56-78-90-A0"
_HUB: Final = "00-DB-12-34-56-78-90-A2"
_HCALCS: Final = "00-DB-12-34-56-78-90-A5"
_IHD: Final = "00-DB-12-34-56-78-90-B0"
_PPMID: Final = "00-DB-12-34-56-78-90-A4"
SPARE_METER: Final = parse_eui64("00-DB-12-34-56-78-90-D0")
"""A meter that 12.2 lists."""
SPARE_HUBS: Final = tuple(
    parse_eui64(f"00-DB-12-34-56-78-90-{each}") for each in ("D2", "D3", "D4", "D5")
)
"""Hubs that are listed and not fitted, each for one of the requests about hubs."""
_OTHERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "00-DB-12-34-56-78-90-93": _ESME,
        "00-DB-12-34-56-78-90-94": "00-DB-12-34-56-78-90-A1",
        "00-DB-12-34-56-78-90-97": _HCALCS,
        "00-DB-12-34-56-78-90-98": _PPMID,
        "00-DB-12-34-56-78-90-99": _PPMID,
        "01-02-03-04-05-06-07-08": _ESME,
        "00-DB-12-34-56-78-90-9A": _PPMID,
        "00-DB-12-34-56-78-90-9C": "00-DB-12-34-56-78-90-A3",
        "00-DB-12-34-56-78-90-95": _HUB,
        "00-DB-12-34-56-78-90-B3": "00-DB-12-34-56-78-90-A3",
        "1312345678111": "1200012345688",
        "1312345678333": "1200012345688",
        "1234567890<": "7412345608<",
    }
)
"""What the templates call other devices and supply points, and what they are in the home."""
_SAME_WORD: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "8.3": (_ESME, _HCALCS),
        "8.4": (_ESME, format_eui64(SPARE_METER)),
        "8.11": (_ESME, _IHD),
        "12.2": (_ESME, format_eui64(SPARE_METER)),
        "8.14.1": (_HUB, format_eui64(SPARE_HUBS[0])),
        "8.14.2": (_HUB, format_eui64(SPARE_HUBS[1])),
        "8.14.3": (_HUB, format_eui64(SPARE_HUBS[2])),
        "8.14.4": (_HUB, format_eui64(SPARE_HUBS[3])),
    }
)
"""Requests that would end the home, about spare devices instead."""
_USERS: Final[Mapping[UserRole, Eui64]] = MappingProxyType(
    {
        UserRole.IMPORT_SUPPLIER: SUPPLIER,
        UserRole.GAS_SUPPLIER: SUPPLIER,
        UserRole.EXPORT_SUPPLIER: EXPORT_SUPPLIER,
        UserRole.ELECTRICITY_DISTRIBUTOR: NETWORK_OPERATOR,
        UserRole.GAS_TRANSPORTER: NETWORK_OPERATOR,
        UserRole.OTHER_USER: OTHER_USER,
    }
)
"""Who sends in which role; the first that a request is for."""
_ELEMENTS: Final[Mapping[str, KeyUse]] = MappingProxyType(
    {
        "DigitalSigningCertificate": KeyUse.DIGITAL_SIGNATURE,
        "KeyAgreementCertificate": KeyUse.KEY_AGREEMENT,
        "KeyAgreementTopUpCertificate": KeyUse.PREPAYMENT_KEY_AGREEMENT,
        "KAPublicSecurityCredentials": KeyUse.KEY_AGREEMENT,
    }
)
_CERTIFICATE: Final = re.compile(r"(<sr:(\w*(?:Certificate|Credentials))>)[A-Za-z0-9+/=\s]+(</sr:)")
_SCHEDULE: Final = ">123<"


@dataclass(frozen=True, slots=True)
class Parts:
    """Who and what plays the parts of the templates.

    Args:
        dcc: identifier of the DCC.
        keys: of every party.
        issuing: certificate of the authority that issued those of organisations.
        schedule: number of a schedule that the supplier has.
    """

    dcc: Eui64
    keys: KeyStore
    issuing: bytes
    schedule: int = 1


def template_files(folder: Path) -> tuple[Path, ...]:
    """The templates of a folder by service reference variant, those that end something last."""
    return tuple(sorted(folder.glob("*.XML"), key=_place))


def adapted(path: Path, parts: Parts, counter: int) -> DuisRequest:
    """The request of a template, to the home.

    Args:
        path: of the template.
        parts: of the home.
        counter: of the request.
    """
    text = path.read_text(encoding="utf-8")
    srv = srv_of(path)
    user = _user(srv, text)
    words = {
        _THEIR_USER: format_eui64(user),
        _THEIR_DCC: format_eui64(parts.dcc),
        _SCHEDULE: f">{parts.schedule}<",
        **_OTHERS,
    }
    if srv in _SAME_WORD:
        words |= dict((_SAME_WORD[srv],))
    pattern = re.compile("|".join(map(re.escape, words)))
    text = pattern.sub(lambda found: words[found[0]], text)
    text = _CERTIFICATE.sub(lambda found: _with_own(found, text, user, parts), text)
    request = read_request(parse_document(text.encode()))
    return replace(request, request_id=RequestId(user, request.request_id.target, counter))


def srv_of(path: Path) -> str:
    """The service reference variant of a template."""
    found = re.search(r"ServiceReferenceVariant>([0-9.]+)<", path.read_text(encoding="utf-8"))
    return "" if found is None else found[1]


def _user(srv: str, text: str) -> Eui64:
    if srv == "6.23":
        return GAINING_SUPPLIER
    if "KAPublicSecurityCredentials" in text and srv != "4.14":
        return OTHER_USER
    if srv == "6.15.1" and ">NetworkOperator<" in text:
        return NETWORK_OPERATOR
    roles = service_request(srv).user_roles
    return next((_USERS[role] for role in _USERS if role in roles), SUPPLIER)


def _with_own(found: re.Match[str], text: str, user: Eui64, parts: Parts) -> str:
    """A certificate of the party whose the template's is; one of a device stays as it is."""
    if found[2] == "Certificate":
        octets = parts.issuing
    elif found[2] in _ELEMENTS:
        held = parts.keys.find(_party(text, user), _ELEMENTS[found[2]])
        if held is None or held.certificate is None:
            raise AssertionError(f"no certificate for {found[2]}")
        octets = held.certificate.der
    else:
        return found[0]
    return found[1] + b64encode(octets).decode() + found[3]


def _party(text: str, user: Eui64) -> Eui64:
    """Whose credentials a request brings."""
    if ">NetworkOperator<" in text:
        return NETWORK_OPERATOR
    return LOAD_CONTROLLER if ">LoadController<" in text else user


_LAST: Final = (
    *("6.17", "6.15.2", "6.15.1", "6.21", "8.8.2", "8.8.1", "8.7.2", "8.7.1", "8.11"),
    *("11.3", "12.2", "8.4", "8.14.2", "8.14.1", "8.14.3", "8.14.4"),
    *("6.23", "8.12.1", "8.12.2", "8.3"),
)
"""Requests that change who is trusted, what is joined or what is listed, in this order."""


def _place(path: Path) -> tuple[int, tuple[int, ...], str]:
    srv = srv_of(path)
    last = _LAST.index(srv) + 1 if srv in _LAST else 0
    return last, tuple(map(int, srv.split("."))), path.name
