"""Telling remote parties: who is told of what, with the facts for the trace (GBCS 16)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from emulator.dlms.data import octet_string
from emulator.dlms.data_coding import encode_data
from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.asn1.codes import ActivateImageResult
from emulator.gbcs.asn1.elements import Integer, OctetString
from emulator.gbcs.asn1.tlv import Lengths
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.refusal import MissingKeyError, Rule
from emulator.gbcs_device.alerts import (
    FAILED,
    REFUSAL_ALERTS,
    SUCCEEDED,
    AlertText,
    WrittenAlert,
    alert_recipients,
    alert_text,
    future_dated_text,
)
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.facts import AlertNotSent, AlertSent
from emulator.gbcs_device.firmware import FirmwareImage
from emulator.gbcs_device.future_dated import FutureDated
from emulator.gbcs_device.outgoing import AlertPress
from emulator.kernel.errors import LocalError

IMAGE_VERIFIED: Final = 0x8F72
VERIFICATION_FAILED: Final = 0x8F1C
_IMAGE_ACTIVATED: Final = 0x8F8B
_NOT_SUPPORTED: Final = 0x8F85
"""The alert of a standalone APC for a command that is none of its own (ECS100)."""


@dataclass(frozen=True, slots=True)
class Told:
    """An alert, or why there is none.

    Args:
        fact: for the trace.
        message: what goes out; None where nothing does.
    """

    fact: AlertSent | AlertNotSent
    message: Message | None = None


class Alerting:
    """Makes every alert of one device.

    Args:
        kind: of device.
        press: protects and counts its alerts.
    """

    def __init__(self, kind: DeviceKind, press: AlertPress) -> None:
        self._kind = kind
        self._press = press

    def raised(self, code: int, content: bytes, moment: datetime) -> Sequence[Told]:
        """The alert of something that happened; nothing where it is another kind's to tell.

        Args:
            code: alert code.
            content: the payload's own part, as the alert's use case has it.
            moment: the device's own time.
        """
        text = alert_text(self._kind, code, moment, content)
        if text is None:
            return ()
        return (self._told(code, lambda: self._press.for_roles(text, alert_recipients(code))),)

    def refused(
        self, rule: Rule, message: Message | None, moment: datetime
    ) -> tuple[int | None, Sequence[Told]]:
        """The alert of a refused message, and its code; None where no alert tells of the rule."""
        code, content = REFUSAL_ALERTS[rule], b""
        if rule is Rule.DEVICE and self._kind is DeviceKind.SAPC and message is not None:
            named = message.other_information.message_code.to_bytes(2, "big")
            code = _NOT_SUPPORTED
            content = encode_data(octet_string(named + message.counter.to_bytes(8, "big")))
        if code is None:
            return None, ()
        return code, self.raised(code, content, moment)

    def image_verified(self, image: FirmwareImage, moment: datetime) -> Sequence[Told]:
        """That an image came over the air and waits to be activated (GBCS 11.2.6)."""
        return self.raised(IMAGE_VERIFIED, encode_data(octet_string(image.image_hash)), moment)

    def image_activated(self, version: bytes, moment: datetime) -> Sequence[Told]:
        """That a device without activation command runs a new image (GBCS CS09)."""
        content = OctetString().write(version, Lengths.DER) + Integer().write(
            ActivateImageResult.SUCCESS, Lengths.DER
        )
        return self.raised(_IMAGE_ACTIVATED, content, moment)

    def waited(
        self, about: FutureDated, payload: Payload | None, due: datetime, *, succeeded: bool
    ) -> Sequence[Told]:
        """What became of something that waited, for whoever sent it (GBCS 9.2.2).

        Args:
            about: which command, and which part of it.
            payload: of the alert, where its executor made one.
            due: its date.
            succeeded: whether it was carried out.
        """
        code = SUCCEEDED if succeeded else FAILED
        text: AlertText | WrittenAlert | None
        if payload is not None:
            text = WrittenAlert.of(payload)
        else:
            text = future_dated_text(about, due, succeeded=succeeded)
        if text is None:
            return ()
        made = text
        return (self._told(code, lambda: self._press.to_party(made, about.originator)),)

    def _told(self, code: int, make: Callable[[], Message]) -> Told:
        try:
            message = make()
        except (MissingKeyError, LocalError) as fault:
            return Told(AlertNotSent(code, str(fault)))
        fact = AlertSent(
            code,
            alert_name(code),
            message.other_information.message_code,
            message.recipient,
            message.counter,
        )
        return Told(fact, message)
