"""Parameters of the commands about network, configuration and tables (Silicon Labs UG100).

A class for each shape; commands with the same shape share it.
"""

from typing import Annotated

from emulator.wire.codecs import I8, U8, U16, U32, Eui64Field, Fixed, Many, Prefixed, UInt
from emulator.wire.struct import Struct


class Octet(Struct):
    """One octet: a status, an index, an identifier, a channel, a Boolean (EZSP 13)."""

    value: U8


class Word(Struct):
    """Two octets: a node identifier, a count (EZSP 13)."""

    value: U16


class Long(Struct):
    """Four octets: an sl_status_t, a time (EZSP 13)."""

    value: U32


class Level(Struct):
    """A power in dBm (EZSP 13)."""

    dbm: I8


class Octets(Struct):
    """Octets with their count before them (EZSP 13)."""

    data: Annotated[bytes, Prefixed(1)]


class Eui(Struct):
    """An EUI-64 (EZSP 13)."""

    eui64: Eui64Field


class EuiAndFlag(Struct):
    """An EUI-64, and yes or no about it (EZSP 13)."""

    eui64: Eui64Field
    flag: U8


class OctetAndWord(Struct):
    """An identifier or a status, and a value of two octets (EZSP 13)."""

    first: U8
    value: U16


class TwoOctets(Struct):
    """An identifier and a decision, or a status and a value (EZSP 13)."""

    first: U8
    second: U8


class OctetAndOctets(Struct):
    """An identifier or a status, and octets with their count (EZSP 13)."""

    first: U8
    data: Annotated[bytes, Prefixed(1)]


class OctetAndLong(Struct):
    """An identifier, and a value of four octets (EZSP 13)."""

    first: U8
    value: U32


class OctetAndEui(Struct):
    """A status or an index, and an EUI-64 (EZSP 13)."""

    first: U8
    eui64: Eui64Field


class VersionAnswer(Struct):
    """Answer to `version`: protocol, stack type (2: mesh), stack version (EZSP 13)."""

    protocol: U8
    stack_type: U8
    stack_version: U16


class AddEndpoint(Struct):
    """`addEndpoint`: a simple descriptor (EZSP 13)."""

    endpoint: U8
    profile: U16
    device_id: U16
    device_version: U8
    input_count: U8
    output_count: U8
    inputs: Annotated[tuple[int, ...], Many(UInt(2), count=lambda x: x.input_count)]
    outputs: Annotated[tuple[int, ...], Many(UInt(2), count=lambda x: x.output_count)]


class SetConcentrator(Struct):
    """`setConcentrator` (EZSP 13)."""

    on: U8
    kind: U16
    least_seconds: U16
    most_seconds: U16
    route_errors: U8
    delivery_failures: U8
    hops: U8


class NetworkParameters(Struct):
    """EmberNetworkParameters (EZSP 13)."""

    extended_pan_id: Annotated[int, UInt(8)]
    pan_id: U16
    power: I8
    channel: U8
    join_method: U8
    manager: U16
    update_id: U8
    channels: U32


class ParametersAnswer(Struct):
    """Answer to `getNetworkParameters` (EZSP 13)."""

    status: U8
    node_type: U8
    parameters: NetworkParameters


class ParentChildAnswer(Struct):
    """Answer to `getParentChildParameters` (EZSP 13)."""

    children: U8
    parent: Eui64Field
    parent_id: U16


class StartScan(Struct):
    """`startScan`: kind 0 measures energy, 1 asks for beacons (EZSP 13)."""

    kind: U8
    channels: U32
    duration: U8


class NetworkFound(Struct):
    """`networkFoundHandler` (EZSP 13)."""

    channel: U8
    pan_id: U16
    extended_pan_id: Annotated[int, UInt(8)]
    allows_join: U8
    stack_profile: U8
    update_id: U8
    lqi: U8
    rssi: I8


class EnergyResult(Struct):
    """`energyScanResultHandler` (EZSP 13)."""

    channel: U8
    rssi: I8


class ChildJoin(Struct):
    """`childJoinHandler` (EZSP 13)."""

    index: U8
    joining: U8
    node_id: U16
    eui64: Eui64Field
    node_type: U8


class TrustCentreJoin(Struct):
    """`trustCenterJoinHandler` (EZSP 13)."""

    node_id: U16
    eui64: Eui64Field
    update: U8
    decision: U8
    parent: U16


class ChildData(Struct):
    """Answer to `getChildData` (EZSP 13)."""

    status: U8
    eui64: Eui64Field
    node_type: U8
    node_id: U16
    phy: U8
    power: U8
    timeout: U8
    remaining: U32


class NeighbourAnswer(Struct):
    """Answer to `getNeighbor` (EZSP 13)."""

    status: U8
    node_id: U16
    lqi: U8
    in_cost: U8
    out_cost: U8
    age: U8
    eui64: Eui64Field


class RouteAnswer(Struct):
    """Answer to `getRouteTableEntry`: state 3 is unused, 0 active (EZSP 13)."""

    status: U8
    destination: U16
    next_hop: U16
    state: U8
    age: U8
    concentrator: U8
    record: U8


class MulticastEntry(Struct):
    """EmberMulticastTableEntry (EZSP 13)."""

    group: U16
    endpoint: U8
    network: U8


class IndexedMulticast(Struct):
    """`setMulticastTableEntry`; with a status the answer to `getMulticastTableEntry` (EZSP 13)."""

    first: U8
    entry: MulticastEntry


class IndexAndNode(Struct):
    """`setAddressTableRemoteNodeId` (EZSP 13)."""

    index: U8
    node_id: U16


class ReplaceAddress(Struct):
    """`replaceAddressTableEntry`, and with a status its answer (EZSP 13)."""

    first: U8
    eui64: Eui64Field
    node_id: U16
    extended_timeout: U8


class SourceRoute(Struct):
    """`setSourceRoute`: the relay next to the destination first (EZSP 13)."""

    destination: U16
    relays: Annotated[tuple[int, ...], Many(UInt(2), prefix=1)]


class Counters(Struct):
    """Answer to `readCounters`: as many as EmberCounterType has (EZSP 13)."""

    values: Annotated[tuple[int, ...], Many(UInt(2))]


class MfgToken(Struct):
    """`setToken` and others: a token of manufacturing, and its octets (EZSP 13)."""

    token: U8
    data: Annotated[bytes, Prefixed(1)]


class TokenPlace(Struct):
    """`getTokenData`: an NVM3 key, and the index within it (EZSP 13)."""

    token: U32
    index: U32


class TokenData(Struct):
    """`setTokenData`: an NVM3 key, the index within it, and its octets (EZSP 13)."""

    token: U32
    index: U32
    data: Annotated[bytes, Prefixed(4)]


class TokenAnswer(Struct):
    """Answer to `getTokenData` where there is such a token (EZSP 13)."""

    status: U8
    data: Annotated[bytes, Prefixed(4)]


class SimpleToken(Struct):
    """Answer to `getToken`: eight octets (EZSP 13)."""

    status: U8
    data: Annotated[bytes, Fixed(8)]


class MfgPower(Struct):
    """`mfglibSetPower` (EZSP 13)."""

    mode: U16
    dbm: I8


class Captured(Struct):
    """`mfglibRxHandler`: a frame of any network, with the two octets after it (EZSP 13)."""

    lqi: U8
    rssi: I8
    frame: Annotated[bytes, Prefixed(1)]
