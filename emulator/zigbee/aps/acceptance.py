"""Which protection each APS command must come with (R22 4.4.1.3)."""

from typing import Final

from emulator.zigbee.aps.commands import Command, TransportKey, UpdateDevice
from emulator.zigbee.aps.commands import CommandIdentifier as Identifier
from emulator.zigbee.aps.incoming import Incoming
from emulator.zigbee.aps.primitives import TransportKeyType
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.security.frames import KeyIdentifier

_DATA: Final = frozenset({KeyIdentifier.DATA})
_ANY: Final = frozenset({None, KeyIdentifier.DATA})

ACCEPTED: Final[dict[Identifier, frozenset[KeyIdentifier | None]]] = {
    Identifier.UPDATE_DEVICE: _DATA,
    Identifier.REMOVE_DEVICE: _DATA,
    Identifier.REQUEST_KEY: _DATA,
    Identifier.SWITCH_KEY: _ANY,
    Identifier.TUNNEL: _ANY,
    Identifier.VERIFY_KEY: _ANY,
    Identifier.CONFIRM_KEY: _DATA,
}
"""By command, the keys of the link key pair; None stands for the network key alone."""

TRANSPORTED_UNDER: Final = {
    TransportKeyType.STANDARD_NETWORK_KEY: KeyIdentifier.KEY_TRANSPORT,
    TransportKeyType.APPLICATION_LINK_KEY: KeyIdentifier.KEY_LOAD,
    TransportKeyType.TRUST_CENTRE_LINK_KEY: KeyIdentifier.KEY_LOAD,
}
"""The derived key that carries each type of key (R22 4.4.3.1.3)."""


def refusal(command: Command, incoming: Incoming, settings: ApsSettings) -> str | None:
    """Which rule forbids to act on a command with the protection it came with, if any does."""
    under = incoming.identifier
    if isinstance(command, TransportKey):
        if under is not None and TRANSPORTED_UNDER.get(command.key_type) == under:
            return None
        return f"Transport-Key of {command.key_type.name} under {_name(under)} (R22 4.4.3.1.3)"
    if not incoming.indication.secured:
        return f"{command.identifier.name} without network key (R22 4.4.1.3)"
    allowed = ACCEPTED[command.identifier]
    if isinstance(command, UpdateDevice) and settings.plain_update_device:
        allowed = _ANY
    if under in allowed:
        return None
    return f"{command.identifier.name} under {_name(under)} (R22 4.4.1.3)"


def _name(under: KeyIdentifier | None) -> str:
    return "no link key" if under is None else f"the {under.name} key"
