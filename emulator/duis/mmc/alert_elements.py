"""Settings of alerts as elements: which the catalogue has, and what is set (MMC 5.4, 6.2.10).

Electricity meters hold 256 bits for each use of alerts; the last is alert 8000 of a network
operator or 8100 of a supplier, as in commands (ECS25a). Gas meters hold an octet for each event.
"""

from collections.abc import Iterator
from typing import Final

from emulator.duis.mmc.content import Content
from emulator.duis.tree import Node
from emulator.zcl.payloads.device_management import EventConfiguration

_BITS: Final = 256
_WORDS: Final = {True: "Enable", False: "Disable"}
_SUPPLIER: Final = (
    "810D 810E 8119 8145 8154 8155 8161 8162 8168 8183 81A0 81A1 81A2 81A3 81A4 81A5 81A6 81A7 "
    "81A8 81A9 81AA 81AB 81AC 81AD 81AE 81AF 81B0 81B1 81B2 81B3 81B8 81B9 81BA 81BB 81BC 81BD "
    "81BE 81C0 81C1 81C4 81C5 81C6"
)
_SUPPLIER_THREE_PHASES: Final = "81B7"
_NETWORK: Final = "8014 8015"
_NETWORK_ONE_PHASE: Final = "8002 8006 8020 8024 8028 802C 8085 8089 808D 8091 8095 8099 8010"
_NETWORK_THREE_PHASES: Final = (
    "8003 8004 8005 8007 8008 8009 8021 8022 8023 8025 8026 8027 8029 802A 802B 802D 802E 802F "
    "8086 8087 8088 808A 808B 808C 808E 808F 8090 8092 8093 8094 8096 8097 8098 809A 809B 809C "
    "8011 8016 8013"
)
_GAS: Final = (
    "810D 810E 8119 8145 8154 8155 8161 8162 8168 8183 8184 81A0 81A1 81A4 81A5 81A6 81A7 81A8 "
    "81A9 81AA 81AB 81AC 81AD 81AE 81AF 81B0 81B1 81B2 81B3 81B4 81B5 81B6 81B9 81BA 81BC 81BD "
    "81BE 81BF 81C0 81C2 81C3 81C4 81C5 81C6"
)
_GAS_BITS: Final = {"WANAlert": 0x08, "HANAlert": 0x10, "EventLog": 0x07, "Alarm": 0x60}
"""Pushed to the WAN, to the HAN, logged in any log, sounded in any way (ZSE 1.4 D.9)."""


def alert_settings(value: object, *, of_network: bool) -> Content | None:
    """Which alerts of an electricity meter are enabled."""
    if not isinstance(value, str) or len(value) != _BITS:
        return None
    if not of_network:
        groups = {
            "SupplierESMECommon": _SUPPLIER,
            "SupplierESMEPolyPhase": _SUPPLIER_THREE_PHASES,
        }
    elif any(_enabled(value, code) for code in _NETWORK_THREE_PHASES.split()):
        groups = {
            "NetworkOperatorESMECommon": _NETWORK,
            "NetworkOperatorESMEPolyPhase": _NETWORK_THREE_PHASES,
        }
    else:
        groups = {
            "NetworkOperatorESMECommon": _NETWORK,
            "NetworkOperatorESMESinglePhase": _NETWORK_ONE_PHASE,
        }
    return Content(
        parts=tuple(
            Node(
                name,
                parts=tuple(
                    Node(f"x{code}", _WORDS[_enabled(value, code)]) for code in codes.split()
                ),
            )
            for name, codes in groups.items()
        )
    )


def gas_alert_settings(value: object) -> Content | None:
    """What a gas meter does of each event."""
    held = dict(_configurations(value))
    parts = tuple(
        Node(
            f"x{code}",
            parts=tuple(
                Node(name, _WORDS[bool(held[code] & bits)]) for name, bits in _GAS_BITS.items()
            ),
        )
        for code in _GAS.split()
        if code in held
    )
    return Content(parts=parts) if parts else None


def _enabled(bits: str, code: str) -> bool:
    return bits[-1 - (int(code, 16) & 0xFF)] == "1"


def _configurations(value: object) -> Iterator[tuple[str, int]]:
    for each in value if isinstance(value, tuple) else ():
        if isinstance(each, EventConfiguration):
            yield f"{each.event_id:04X}", each.event_configuration
