"""Under which keys each APS command is obeyed (R22 4.4.1.3, 4.4.3.1.3)."""

from itertools import product

import pytest

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import COORDINATOR, NwkAddress
from emulator.zigbee.aps.acceptance import ACCEPTED, TRANSPORTED_UNDER, refusal
from emulator.zigbee.aps.commands import (
    Command,
    CommandIdentifier,
    ConfirmKey,
    RemoveDevice,
    RequestKey,
    RequestKeyType,
    SwitchKey,
    TransportKey,
    Tunnel,
    UpdateDevice,
    VerifyKey,
)
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FrameType
from emulator.zigbee.aps.incoming import Incoming
from emulator.zigbee.aps.primitives import KeyOrigin, TransportKeyType, UpdateDeviceStatus
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.nwk.primitives import NldeDataIndication
from emulator.zigbee.security.frames import KeyIdentifier

DEVICE = Eui64(0x00DB1234567890A1)
HEADER = ApsHeader(
    FrameType.COMMAND,
    DeliveryMode.UNICAST,
    ack_format=False,
    security=True,
    ack_request=False,
    extended=False,
    counter=1,
)
COMMANDS: dict[CommandIdentifier, Command] = {
    each.identifier: each
    for each in (
        UpdateDevice(DEVICE, NwkAddress(1), UpdateDeviceStatus.DEVICE_LEFT),
        RemoveDevice(DEVICE),
        RequestKey(RequestKeyType.TRUST_CENTRE_LINK_KEY),
        SwitchKey(1),
        Tunnel(DEVICE, b""),
        VerifyKey(TransportKeyType.TRUST_CENTRE_LINK_KEY, DEVICE, bytes(16)),
        ConfirmKey(0, TransportKeyType.TRUST_CENTRE_LINK_KEY, DEVICE),
    )
}
NEEDS_LINK_KEY = {
    CommandIdentifier.UPDATE_DEVICE,
    CommandIdentifier.REMOVE_DEVICE,
    CommandIdentifier.REQUEST_KEY,
    CommandIdentifier.CONFIRM_KEY,
}
CARRIERS = {
    TransportKeyType.STANDARD_NETWORK_KEY: KeyIdentifier.KEY_TRANSPORT,
    TransportKeyType.APPLICATION_LINK_KEY: KeyIdentifier.KEY_LOAD,
    TransportKeyType.TRUST_CENTRE_LINK_KEY: KeyIdentifier.KEY_LOAD,
}
LINK_KEYS = (None, KeyIdentifier.DATA, KeyIdentifier.KEY_TRANSPORT, KeyIdentifier.KEY_LOAD)
USUAL = ApsSettings()


def came(under: KeyIdentifier | None, *, nwk_key: bool = True) -> Incoming:
    indication = NldeDataIndication(
        COORDINATOR, None, NwkAddress(1), b"", secured=nwk_key, lqi=255, rssi=-40
    )
    origin = None if under is None else KeyOrigin.CBKE
    return Incoming(indication, HEADER, b"", DEVICE, origin, under)


def transport(kind: TransportKeyType) -> TransportKey:
    return TransportKey(kind, bytes(16), sequence=0, destination=DEVICE, source=DEVICE)


def test_every_command_but_transport_key_has_a_row() -> None:
    assert set(ACCEPTED) == set(CommandIdentifier) - {CommandIdentifier.TRANSPORT_KEY}
    assert set(COMMANDS) == set(ACCEPTED)


@pytest.mark.parametrize(("identifier", "under"), tuple(product(sorted(ACCEPTED), LINK_KEYS)))
def test_command_under_the_network_key_needs_its_link_key(
    identifier: CommandIdentifier, under: KeyIdentifier | None
) -> None:
    allowed = under is KeyIdentifier.DATA or (under is None and identifier not in NEEDS_LINK_KEY)

    assert (refusal(COMMANDS[identifier], came(under), USUAL) is None) is allowed


@pytest.mark.parametrize("identifier", sorted(ACCEPTED))
def test_command_without_the_network_key_is_refused_under_any_link_key(
    identifier: CommandIdentifier,
) -> None:
    incoming = came(KeyIdentifier.DATA, nwk_key=False)

    told = refusal(COMMANDS[identifier], incoming, USUAL)

    assert told == f"{identifier.name} without network key (R22 4.4.1.3)"


@pytest.mark.parametrize(("kind", "under"), tuple(product(sorted(TRANSPORTED_UNDER), LINK_KEYS)))
@pytest.mark.parametrize("nwk_key", [True, False])
def test_key_travels_under_its_own_derived_key_only(
    kind: TransportKeyType, under: KeyIdentifier | None, nwk_key: bool
) -> None:
    accepted = refusal(transport(kind), came(under, nwk_key=nwk_key), USUAL) is None

    assert accepted is (under is CARRIERS[kind])


def test_key_of_an_unknown_type_is_refused_under_every_key() -> None:
    unknown = TransportKey(TransportKeyType(0x77), bytes(16))

    assert all(refusal(unknown, came(under), USUAL) for under in LINK_KEYS)


def test_refusal_names_command_and_key() -> None:
    told = refusal(transport(TransportKeyType.STANDARD_NETWORK_KEY), came(None), USUAL)

    assert told == "Transport-Key of STANDARD_NETWORK_KEY under no link key (R22 4.4.3.1.3)"


def test_setting_lets_a_plain_update_device_pass_and_nothing_else() -> None:
    lenient = ApsSettings(plain_update_device=True)

    passed = {each for each in COMMANDS if refusal(COMMANDS[each], came(None), lenient) is None}

    assert passed - {CommandIdentifier.UPDATE_DEVICE} == set(ACCEPTED) - NEEDS_LINK_KEY
    assert CommandIdentifier.UPDATE_DEVICE in passed
