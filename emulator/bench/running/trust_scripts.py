"""How it is tried what a device trusts: certificates, images, the time of its hub."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.checks import Check
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.own_values import valued
from emulator.bench.running.scripts import Script, Stage
from emulator.bench.running.verdicts import departs, unclear
from emulator.dlms.access import AccessResponse
from emulator.gbcs.asn1.codes import ActivateFirmwareResponseCode, DeviceTimeStatus, StatusCode
from emulator.gbcs.asn1.credentials import UpdateCredentialsResponse
from emulator.gbcs.asn1.firmware import ActivateFirmwareResponse
from emulator.gbcs.asn1.gas_clock import SetTimeResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.commands.build import value_names
from emulator.gbcs.envelope import Message
from emulator.gbcs.ota_image import Firmware, sign_firmware
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs_device.firmware import VERSION_LENGTH
from emulator.lab.world.parties import ORGANISATIONS

_FOREIGN_SEED: Final = 2
"""Another PKI than that of the bench: its root is in no cell."""
_HOUR: Final = timedelta(hours=1)
_HELD: Final = Firmware(
    manufacturer=0xFFFF,
    image_type=0xFFFF,
    version=0x0A0B0C0D,
    hardware=(0, 0xFFFF),
    image=b"held image",
)
"""What a device holds while it is told to activate something else."""
_CLOCK_STATUS: Final = 4
"""Which item of ECS70 reads the status of the clock."""


def _foreign_certificate(stage: Stage) -> Judged:
    response = _answer(stage, valued(stage, _foreign_values(stage)))
    if isinstance(response, Judged):
        return response
    payload = decode_payload(response)
    told = payload.value if isinstance(payload, Asn1Payload) else None
    if not isinstance(told, UpdateCredentialsResponse) or told.outcome is None:
        return unclear("outcome", "the answer tells of no replacement")
    for place, each in enumerate(told.outcome.outcomes):
        if each.status == StatusCode.SUCCESS:
            reason = "a certificate of a foreign root was put into a cell, expected a refusal"
            return departs(f"replacement {place}", reason, response)
    return PASSED


def _foreign_values(stage: Stage) -> dict[str, object]:
    """The certificates of a party of another PKI, with the authorities above them."""
    foreign = make_pki(_FOREIGN_SEED, (), ORGANISATIONS)
    party = foreign.keys.with_role(stage.case.sender)[0]
    values: dict[str, object] = {
        "path_certificates": [each.certificate.der for each in foreign.authorities]
    }
    for hole in value_names(stage.case.use_case):
        if hole.kind != "certificate" or not hole.required:
            continue
        use = KeyUse.DIGITAL_SIGNATURE if "sign" in hole.name else KeyUse.KEY_AGREEMENT
        held = foreign.keys.find(party, use)
        if held is not None and held.certificate is not None:
            values[hole.name] = held.certificate.der
    return values


def _other_image(stage: Stage) -> Judged:
    party = stage.talk.maker.party(stage.case.sender)
    signer = stage.talk.home.keys.find(party, KeyUse.DIGITAL_SIGNATURE)
    if signer is None or signer.private_key is None:
        return unclear("keys", "no key at hand that an image could be signed with")
    held = sign_firmware(_HELD, signer.private_key)
    stage.talk.home.receive_image(held.encode(), _HELD.version.to_bytes(VERSION_LENGTH, "big"))
    named = sha256(b"another image").digest()
    response = _answer(stage, valued(stage, {"image_hash": named}))
    if isinstance(response, Judged):
        return response
    payload = decode_payload(response)
    told = payload.value if isinstance(payload, Asn1Payload) else None
    if not isinstance(told, ActivateFirmwareResponse) or told.outcome is None:
        return unclear("outcome", "the answer tells of no activation")
    if told.outcome.response_code != ActivateFirmwareResponseCode.SUCCESS:
        return PASSED
    reason = "an image was activated under the hash of another, expected a refusal"
    return departs("response code", reason, response)


def _in_window(stage: Stage) -> Judged:
    status = _set_clock(stage, -_HOUR, _HOUR)
    if isinstance(status, Judged) or status[0] == DeviceTimeStatus.RELIABLE:
        return status if isinstance(status, Judged) else PASSED
    return departs("status", f"{_named(status[0])}, expected RELIABLE", status[1])


def _outside_window(stage: Stage) -> Judged:
    status = _set_clock(stage, -2 * _HOUR, -_HOUR)
    if isinstance(status, Judged) or status[0] != DeviceTimeStatus.RELIABLE:
        return status if isinstance(status, Judged) else PASSED
    return departs("status", "RELIABLE, expected INVALID or UNRELIABLE", status[1])


def _set_clock(
    stage: Stage, start: timedelta, end: timedelta
) -> tuple[int | None, Message] | Judged:
    """Have the clock set in a window around now; the status that the answer tells."""
    lab = stage.talk.home.lab
    now = lab.calendar.moment(lab.scheduler.now).replace(microsecond=0)
    response = _answer(stage, valued(stage, {"start": now + start, "end": now + end}))
    if isinstance(response, Judged):
        return response
    payload = decode_payload(response)
    if isinstance(payload, AccessResponse) and len(payload.data) > _CLOCK_STATUS:
        told = payload.data[_CLOCK_STATUS].value
        return (told if isinstance(told, int) else None), response
    value = payload.value if isinstance(payload, Asn1Payload) else None
    return (value.status if isinstance(value, SetTimeResponse) else None), response


def _named(status: int | None) -> str:
    if status is None:
        return "no status"
    known = status in tuple(DeviceTimeStatus)
    return DeviceTimeStatus(status).name if known else f"status {status}"


def _answer(stage: Stage, command: Message) -> Message | Judged:
    """The answer to a command of our own; a judgement where there is no sound one."""
    seen = stage.talk.say(command)
    unfit = stage.unfit(command, seen)
    return unfit or seen.responses[0]


TRUST_SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        Check.FOREIGN_CERTIFICATE: _foreign_certificate,
        Check.OTHER_IMAGE: _other_image,
        Check.CLOCK_IN_WINDOW: _in_window,
        Check.CLOCK_OUTSIDE_WINDOW: _outside_window,
    }
)
"""By the check of a case."""
