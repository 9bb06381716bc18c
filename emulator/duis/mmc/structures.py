"""Elements with elements inside that one value makes: controllers, alerts, certificates, clocks."""

import re
from typing import Final

from emulator.duis.mmc.alert_elements import alert_settings, gas_alert_settings
from emulator.duis.mmc.content import Content, moment_text
from emulator.duis.tree import Node
from emulator.gbcs.asn1.codes import CellUsage, KeyUsage
from emulator.kernel.identity import format_eui64
from emulator.kernel.json_text import parse_json

_USES: Final = {
    (KeyUsage.DIGITAL_SIGNATURE, CellUsage.MANAGEMENT): "DigitalSigning",
    (KeyUsage.KEY_AGREEMENT, CellUsage.MANAGEMENT): "KeyAgreement",
    (KeyUsage.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP): "KeyAgreementTopUp",
    (KeyUsage.KEY_CERT_SIGN, CellUsage.MANAGEMENT): "KeyCertSign",
}
_LEVEL: Final = re.compile("100|[1-9]?[0-9]")
"""Per cent, of an output or input."""
_NUMBER: Final = 13
"""Digits of an MPAN; a second one stands behind the first (ECS39a)."""


def switch_type(value: object) -> Content | None:
    """A switch in the meter, or the device that is one (ECS61a)."""
    if not isinstance(value, bytes) or len(value) != 8:
        return None
    if not any(value):
        return Content(parts=(Node("ALCS"),))
    return Content(parts=(Node("HCALCS", format_eui64(int.from_bytes(value, "big"))),))


def controller_type(value: object) -> Content | None:
    """What a controller is: FF for one that is proportional, zeros for a switch (ECS61e)."""
    if not isinstance(value, bytes):
        return None
    if len(value) == 8 and any(value):
        device = Node("HCALCSID", format_eui64(int.from_bytes(value, "big")))
        return Content(parts=(Node("AuxiliaryControllerType", "HCALCS"), device))
    word = {b"": "None", b"\xff": "APC"}.get(value, "ALCS")
    return Content(parts=(Node("AuxiliaryControllerType", word),))


def controller_state(value: object) -> Content | None:
    """Levels of a controller and what else it says of itself, as JSON (ECS61e, ECS200)."""
    if not isinstance(value, str):
        return None
    try:
        said = parse_json(value)
    except ValueError:
        said = {}
    levels = said if isinstance(said, dict) else {}
    parts = [
        Node(name, str(levels[key]))
        for name, key in (("OutputState", "outputState"), ("InputState", "inputState"))
        if _LEVEL.fullmatch(str(levels.get(key, "")))
    ]
    return Content(parts=(*parts, Node("StateAndAssociatedInformation", value)))


def switch_event(value: object) -> Content | None:
    """An entry of the log of auxiliary switches (ECS35g; the codes are read off messages)."""
    if not isinstance(value, tuple) or len(value) != 4 or not isinstance(value[1], int):
        return None
    time, action, outcome, command = value
    number, state = action >> 8 & 0x0F, action & 0xFF
    direction = action >> 12
    levelled = direction != 0 or state & 0x80
    said = {
        "Timestamp": moment_text(time),
        "SwitchNumber": str(number) if 1 <= number <= 5 else None,
        "SwitchAction": None if levelled else _SWITCH_ACTIONS.get(state),
        "Outcome": _SWITCH_OUTCOMES.get(outcome),
        "HANCommandID": str(command),
        "AuxiliaryControllerLevel": str(state & 0x7F) if levelled else None,
        "InputFromControlledLoad": "" if levelled and direction == _INPUT else None,
    }
    return Content(parts=tuple(Node(name, text) for name, text in said.items() if text is not None))


_INPUT: Final = 2
"""Direction of power, in the four highest bits of what was commanded (ECS47a)."""
_SWITCH_ACTIONS: Final = {
    0x00: "Entry relates to a Message from an HC ALCS",
    0x01: "On",
    0x02: "Off",
    0x11: "On",
    0x12: "Off",
    0x20: "Revert to calendar control",
}
"""By low octet of what was commanded; that 00 stands for a message is unverified."""
_SWITCH_OUTCOMES: Final = {0: "Outcome not known", 1: "Success", 2: "Failure"}
"""In the order in which the catalogue lists them: unverified."""


def supplier_alerts(value: object) -> Content | None:
    """Alerts of a supplier that are enabled and disabled (ECS25r1)."""
    return alert_settings(value, of_network=False)


def network_alerts(value: object) -> Content | None:
    """Alerts of a network operator that are enabled and disabled (ECS25r2)."""
    return alert_settings(value, of_network=True)


def gas_alerts(value: object) -> Content | None:
    """What a gas meter does of each event (GCS20r)."""
    return gas_alert_settings(value)


def certificate_use(value: object) -> Content | None:
    """What a certificate is for, from the use of its key and of its place."""
    word = _USES.get(value) if isinstance(value, tuple) else None
    return None if word is None else Content(word)


def clock_status(value: object) -> Content | None:
    """How far an electricity meter trusts its clock (IEC 62056-6-2, class 8 attribute 4)."""
    if not isinstance(value, int):
        return None
    word = "invalid" if value & 0x01 else "unreliable" if value & 0x02 else "reliable"
    return Content(parts=(Node("TimeStatus", word),), attributes=(("TimeStatusCode", str(value)),))


def first_number(value: object) -> Content | None:
    """The MPAN of the primary element."""
    digits = _digits(value)
    return Content(digits[:_NUMBER]) if digits else None


def second_number(value: object) -> Content | None:
    """The MPAN of the secondary element, where there is one."""
    digits = _digits(value)
    return Content(digits[_NUMBER:][:_NUMBER]) if len(digits) > _NUMBER else None


def _digits(value: object) -> str:
    return value.decode("ascii", "replace").strip("\0 ") if isinstance(value, bytes) else ""


def firmware(value: object) -> Content | None:
    """A version, which gas meters write as text."""
    if isinstance(value, bytes):
        return Content(value.decode("ascii", "replace") if value.isalnum() else value.hex().upper())
    return Content(value) if isinstance(value, str) else None


def controller_number(value: object) -> Content | None:
    """Which controller an alert is about (ECS101, ECS102)."""
    return Content(str(value & 0x0F)) if isinstance(value, int) else None


def from_load(value: object) -> Content | None:
    """That power comes from the load: the direction in the upper half (ECS101, ECS102)."""
    return Content() if isinstance(value, int) and value >> 4 == _FROM_LOAD else None


def integrity_warning(value: object) -> Content | None:
    """What is wrong with a meter, by number (alert 81A0)."""
    number = int.from_bytes(value, "big") if isinstance(value, bytes) else len(_WARNINGS)
    return Content(_WARNINGS[number]) if number < len(_WARNINGS) else None


_FROM_LOAD: Final = 2
_WARNINGS: Final = (
    "Other",
    "Error Non Volatile Memory",
    "Error Program Execution",
    "Error Program Storage",
    "Error RAM",
    "Error Unexpected Hardware Reset",
    "Error Watchdog",
    "Error Metrology Firmware Verification Failure",
    "Error Measurement Fault",
    "Unspecified Smart Meter Operational Integrity Error",
)
"""In the order in which the catalogue lists them, from 0: unverified."""
