"""Reference responses and alerts, with what the reference keys open of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lxml import etree

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.service_requests.catalogue import service_requests
from emulator.lab.messages.opened_blocks import opened_blocks
from emulator.testing.judges.reference_data import reference_keys, reference_messages
from emulator.testing.scenes.duis_scene import duis_folder


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a device.

    Args:
        name: of its file.
        srv: variant of the request that it answers; empty for alerts.
        octets: the message.
        payload: what is in it.
        opened: plaintext of its encrypted blocks.
    """

    name: str
    srv: str
    octets: bytes
    payload: Payload
    opened: Mapping[bytes, bytes]

    @property
    def code(self) -> int:
        """Its message code."""
        return Message.decode(self.octets).other_information.message_code


@cache
def responses() -> tuple[Said, ...]:
    """Every response to a request of DUIS."""
    known = {each.srv for each in service_requests()}
    return tuple(each for each in _said(Cra.RESPONSE) if each.srv in known)


@cache
def alerts() -> tuple[Said, ...]:
    """Every alert."""
    return tuple(_said(Cra.ALERT))


@cache
def catalogue_schema() -> etree.XMLSchema:
    """The schema of the catalogue."""
    folder = duis_folder() / "schema"
    found = next(path for path in folder.glob("*.xsd") if "MMC" in path.name)
    return etree.XMLSchema(etree.parse(found))


def _said(wanted: Cra) -> Iterator[Said]:
    store = reference_keys()
    keys = Protection(keys=store, agreement=StoredKeyAgreement(store))
    for each in reference_messages():
        message = Message.decode(each.octets)
        if message.cra is wanted:
            named = re.match(r"([0-9.]+)_", each.name)
            payload = decode_payload(message)
            opened = opened_blocks(message, payload, keys)
            srv = named[1] if named is not None and wanted is Cra.RESPONSE else ""
            yield Said(each.name, srv, each.octets, payload, opened)
