"""A hub, a router and a meter, their keys, and frames between them, as the dissector hears them."""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.link_security import DERIVATIONS
from emulator.lab.dissector.names import NameBook
from emulator.radio.air import Transmission
from emulator.radio.fcs import with_fcs
from emulator.radio.phy.pages import CHANNELS
from emulator.zigbee.addresses import (
    SMART_ENERGY_PROFILE,
    ClusterId,
    Endpoint,
    NwkAddress,
    PanId,
    ProfileId,
)
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FragmentHeader, FrameType
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.mac import frames as mac
from emulator.zigbee.nwk import frames as nwk
from emulator.zigbee.security.frames import KeyIdentifier, auxiliary_header, seal_frame


@dataclass(frozen=True, slots=True)
class Party:
    """A device of the scene."""

    name: str
    eui64: Eui64
    address: NwkAddress


HUB: Final = Party("hub", Eui64(0x00DB1234567890A2), NwkAddress(0x0000))
ROUTER: Final = Party("esme", Eui64(0x00DB1234567890A0), NwkAddress(0x0330))
METER: Final = Party("gsme", Eui64(0x00DB1234567890A1), NwkAddress(0x1A2B))
PARTIES: Final = (HUB, ROUTER, METER)
PAN: Final = PanId(0x0BBF)
NETWORK_KEY: Final = bytes.fromhex("550000fffdfe00fa07fc09f233ea04f9")
INSTALL_KEY: Final = bytes.fromhex("66b6900981e1ee3ca4206b6b861c02bb")
AGREED_KEY: Final = bytes.fromhex("00112233445566778899aabbccddeeff")


def key_ring() -> KeyRing:
    """The network key, and the meter's keys: the preconfigured one, then the agreed one."""
    keys = KeyRing()
    keys.add_network_key(NETWORK_KEY, 0)
    keys.add_link_key(INSTALL_KEY, METER.eui64, "gsme install code", KeyOrigin.PRECONFIGURED)
    keys.add_link_key(AGREED_KEY, METER.eui64, "gsme agreed", KeyOrigin.CBKE)
    return keys


def name_book() -> NameBook:
    """Everybody's name; nobody's address."""
    return NameBook({party.eui64: party.name for party in PARTIES})


def knowledge() -> Knowledge:
    """Names, keys, and where everybody is."""
    known = Knowledge(name_book(), key_ring())
    for party in PARTIES:
        known.names.learn(party.eui64, party.address)
    return known


def transmission(mpdu: bytes, sender: str = METER.name, at: int = 0) -> Transmission:
    """A frame on the air, with its FCS."""
    return Transmission(Instant(at), Duration(0), CHANNELS[0], sender, with_fcs(mpdu))


def mac_data(nsdu: bytes, source: Party = METER, destination: Party = HUB) -> bytes:
    """A MAC data frame without its FCS; its sequence number is 7."""
    return mac.MacFrame(
        mac.FrameType.DATA,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=mac.AddressingMode.SHORT,
        source_mode=mac.AddressingMode.SHORT,
        sequence=7,
        destination_pan=PAN,
        destination_short=destination.address,
        source_short=source.address,
        payload=nsdu,
    ).encode()


def nwk_header(
    source: Party = METER, destination: Party = HUB, *, command: bool = False, secured: bool = True
) -> nwk.NwkHeader:
    """The header of a unicast NWK frame."""
    return nwk.NwkHeader(
        nwk.FrameType.COMMAND if command else nwk.FrameType.DATA,
        nwk.PROTOCOL_VERSION,
        nwk.DiscoverRoute.SUPPRESS,
        multicast=False,
        security=secured,
        has_source_route=False,
        has_destination_eui64=False,
        has_source_eui64=False,
        end_device_initiator=False,
        reserved=0,
        destination=destination.address,
        source=source.address,
        radius=30,
        sequence=9,
    )


def sealed_nwk(
    header: nwk.NwkHeader, payload: bytes, hop: Party = METER, key: bytes = NETWORK_KEY
) -> bytes:
    """A NWK frame that `hop` protects with a network key of sequence number 0."""
    octets = header.encode()
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, 5, source=hop.eui64, key_sequence=0)
    return octets + seal_frame(key, octets, auxiliary, payload, hop.eui64)


def aps_header(
    kind: FrameType = FrameType.DATA,
    cluster: int = 0x0702,
    profile: ProfileId = SMART_ENERGY_PROFILE,
    *,
    secured: bool = False,
    fragment: FragmentHeader | None = None,
) -> ApsHeader:
    """The header of an APS frame between two endpoints 1; its counter is 3."""
    addressed = kind is not FrameType.COMMAND
    return ApsHeader(
        kind,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=secured,
        ack_request=False,
        extended=fragment is not None,
        destination_endpoint=Endpoint(1) if addressed else None,
        cluster=ClusterId(cluster) if addressed else None,
        profile=profile if addressed else None,
        source_endpoint=Endpoint(1) if addressed else None,
        counter=3,
        fragment=fragment,
    )


def sealed_aps(
    header: ApsHeader,
    payload: bytes,
    key: bytes = AGREED_KEY,
    identifier: KeyIdentifier = KeyIdentifier.DATA,
    sender: Party = METER,
) -> bytes:
    """An APS frame protected by a link key; only transported keys tell who sent them."""
    octets = header.encode()
    told = None if identifier is KeyIdentifier.DATA else sender.eui64
    auxiliary = auxiliary_header(identifier, 5, source=told)
    return octets + seal_frame(
        DERIVATIONS[identifier](key), octets, auxiliary, payload, sender.eui64
    )
