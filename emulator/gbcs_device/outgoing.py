"""What a device sends: responses and alerts, protected as their use case asks (GBCS 6.2, 7.2)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from emulator.cosem.moments import date_time_octets
from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.counters import OriginatorCounter
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.key_store import Credential, KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs.use_cases.dated_responses import DATED_RESPONSES
from emulator.gbcs_device.admission import Admitted
from emulator.gbcs_device.alerts import METER_BILLING_DATA, AlertText, WrittenAlert
from emulator.gbcs_device.cosem.sealed_alert import sealed_content
from emulator.gbcs_device.device_identity import DeviceIdentity
from emulator.gbcs_device.device_kind import cell
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.identity import Eui64, format_eui64

_ACTUAL_STATUS: Final = frozenset((0x0074, 0x0075, 0x00B6, 0x00B8, 0x012A))
"""Responses whose date-time tells the clock status; in all others it is FF.

GCS13a, b and c, GCS14 and GCS60a in the reference messages; no document at hand says so.
"""
_UNSPECIFIED: Final = 0xFF
_NO_OWN_COUNTER: Final = frozenset((0x00A0,))
"""Responses with sensitive data for an unknown party that tell no counter of the device.

GCS61 in the reference messages; those of ECS21b and GCS16b tell one.
"""


class Answer:
    """The response to one command, from the moment it is admitted.

    Args:
        identity: of the device.
        admitted: the command.
        counter: the device's own, for responses to parties it does not know.
    """

    def __init__(
        self, identity: DeviceIdentity, admitted: Admitted, counter: OriginatorCounter
    ) -> None:
        command = admitted.message
        self._admitted = admitted
        self._message = Message(
            Cra.RESPONSE,
            command.counter,
            identity.eui64,
            command.originator,
            b"",
            _answering(admitted, counter),
            b"",
        )

    @property
    def message_code(self) -> int:
        """Of the command and its response."""
        return self._admitted.use_case.code

    def encrypt(self, plaintext: bytes) -> bytes:
        """Sensitive data as only whoever may read the answer can read it (GBCS 8.4).

        Raises:
            MissingKeyError: when the secret shared with the reader is not at hand.
        """
        return SensitiveData(self._message, self._admitted.agreement).encrypt(plaintext)

    def message(self, payload: bytes, moment: datetime, status_octet: int) -> Message:
        """The response, signed or with a MAC.

        Args:
            payload: its payload.
            moment: the device's own time.
            status_octet: clock status, for the responses that tell it.

        Raises:
            MissingKeyError: when a key for it is not at hand.
        """
        admitted = self._admitted
        code = admitted.use_case.code
        when = b""
        if code in DATED_RESPONSES:
            when = date_time_octets(
                moment, status_octet if code in _ACTUAL_STATUS else _UNSPECIFIED
            )
        bare = replace(self._message, payload=payload, date_time=when)
        signed = _signed(admitted)
        protection = Protection(keys=admitted.keys, agreement=admitted.agreement)
        return protection.protect(bare, signed=signed, maced=not signed)


def _answering(admitted: Admitted, counter: OriginatorCounter) -> OtherInformation:
    """That of the command; a party the device does not know is told the counter of the data."""
    asked = admitted.message.other_information
    if asked.certificate is None:
        return asked
    own = None
    if admitted.use_case.sensitive and admitted.use_case.code not in _NO_OWN_COUNTER:
        own = counter.next()
    return replace(asked, certificate=None, supplementary_originator_counter=own)


def _signed(admitted: Admitted) -> bool:
    """Whether the response is signed: as its use case says, else as the command was."""
    kinds = admitted.use_case.protection.get("response", ())
    if len(kinds) == 1:
        return kinds[0] == "signature"
    return bool(admitted.message.signature)


class AlertPress:
    """Makes the alerts of a device.

    Args:
        identity: of the device.
        counter: its own originator counter.
        settings: how ASN.1 lengths are written.
    """

    def __init__(
        self, identity: DeviceIdentity, counter: OriginatorCounter, settings: RemotePartySettings
    ) -> None:
        self._identity = identity
        self._counter = counter
        self._settings = settings

    def for_roles(
        self, text: AlertText | WrittenAlert, roles: Iterable[RemotePartyRole]
    ) -> Message:
        """The alert for the first of these roles that stands in a cell.

        Raises:
            MissingKeyError: when none does, or a key to protect it with is not at hand.
        """
        for role in roles:
            party = self._identity.anchors.party(role)
            if party is not None:
                return self.to_party(text, party)
        raise MissingKeyError("nobody it is for stands in a cell of this device")

    def to_party(self, text: AlertText | WrittenAlert, party: Eui64) -> Message:
        """The alert for a remote party.

        Raises:
            MissingKeyError: when a key to protect it with is not at hand.
        """
        signed = "signature" in use_case(text.message_code).protection["alert"]
        partners = () if signed and not text.sensitive else self._agreement_keys(party)
        keys = self._identity.keys_with(partners)
        counter = self._counter.next()
        bare = Message(
            Cra.ALERT,
            counter,
            self._identity.eui64,
            party,
            b"",
            OtherInformation(text.message_code),
            b"",
        )
        agreement = self._identity.agreement(keys)

        def encrypt(plaintext: bytes) -> bytes:
            return SensitiveData(bare, agreement).encrypt(plaintext)

        if isinstance(text, AlertText) and text.message_code == METER_BILLING_DATA and text.content:
            text = replace(text, content=sealed_content(bare, text.content, encrypt))
        payload = text.payload(counter, self._settings.lengths, encrypt)
        protection = Protection(keys=keys, agreement=agreement)
        return protection.protect(replace(bare, payload=payload), signed=signed, maced=not signed)

    def _agreement_keys(self, party: Eui64) -> tuple[Credential, ...]:
        """The key of a party to make MACs with."""
        anchors = self._identity.anchors
        for role in sorted(anchors.roles_of(party)):
            held = anchors.certificate(cell(role, KeyUsage.KEY_AGREEMENT))
            if held is not None:
                return (
                    Credential(
                        eui64=party,
                        use=KeyUse.KEY_AGREEMENT,
                        public_key=held.public_key,
                        certificate=held,
                    ),
                )
        raise MissingKeyError(f"no key of {format_eui64(party)} to make a MAC with")
