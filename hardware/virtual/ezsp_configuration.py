"""The commands by which a host configures a network co-processor and asks what it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from emulator.crypto.cbke import Suite
from emulator.kernel.units import Instant
from emulator.smart_energy.stack import Stack
from emulator.zigbee.addresses import ClusterId, Endpoint, ProfileId
from emulator.zigbee.zdo.descriptors import EndpointDescription
from hardware.ezsp.formats import (
    AddEndpoint,
    Counters,
    Long,
    MfgToken,
    Octet,
    OctetAndLong,
    OctetAndOctets,
    OctetAndWord,
    Octets,
    SetConcentrator,
    SimpleToken,
    TokenAnswer,
    TokenData,
    TokenPlace,
    TwoOctets,
    Word,
)
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import COUNTERS, Command, EmberStatus, EzspStatus, ValueId
from hardware.ezsp.identifiers import MfgToken as Token
from hardware.virtual.ezsp_part import NcpMemory, NcpSession, Reply, Servers

STACK_VERSION: Final = (7, 4, 0, 0)
"""EmberZNet 7.4.0, which speaks EZSP 13."""
_USUAL_CONFIGURATION: Final = {
    0x01: 255,  # packet buffers
    0x02: 26,  # neighbour table
    0x03: 64,  # APS messages under way
    0x04: 32,  # bindings
    0x05: 16,  # address table
    0x06: 16,  # multicast table
    0x07: 16,  # routes
    0x0C: 2,  # stack profile
    0x0D: 5,  # security level
    0x11: 32,  # children
    0x12: 7680,  # indirect transmission timeout, ms
    0x19: 2,  # trust centre address cache
    0x1A: 200,  # source routes
    0x1E: 12,  # key table
    0x29: 1,  # certificate table
    0x2A: 0,  # ZDO flags
    0x2D: 1,  # networks
    0x36: 300,  # transient key timeout, s
}
"""By EzspConfigId, what is so until the host changes it."""
_ENCODED: Final = {
    ValueId.FREE_BUFFERS: b"\xff",
    ValueId.MAXIMUM_INCOMING_TRANSFER_SIZE: (1024).to_bytes(2, "little"),
    ValueId.MAXIMUM_OUTGOING_TRANSFER_SIZE: (1024).to_bytes(2, "little"),
    ValueId.VERSION_INFO: (0).to_bytes(2, "little") + bytes((*STACK_VERSION, 0xAA)),
}
_MFG_TOKENS: Final = {
    Token.CUSTOM_VERSION: 2,
    Token.STRING: 16,
    Token.BOARD_NAME: 16,
    Token.MANUF_ID: 2,
    Token.PHY_CONFIG: 2,
    Token.BOOTLOAD_AES_KEY: 16,
    Token.ASH_CONFIG: 40,
    Token.STORAGE: 8,
    Token.CBKE_DATA: 92,
    Token.INSTALLATION_CODE: 20,
    Token.CUSTOM_EUI_64: 8,
    Token.CTUNE: 2,
}
"""Octets of each token of manufacturing; one that was never written is 0xFF throughout."""
_WRITTEN: Final = {Token.STRING: b"hanlab", Token.BOARD_NAME: b"virtual EZSP"}


class NcpConfiguration:
    """Configuration, values, policies, endpoints, tokens and counters.

    Args:
        stack: of this boot.
        memory: what survives a reset.
        session: what does not.
        up: tells whether the network runs.
    """

    def __init__(
        self,
        stack: Stack,
        memory: NcpMemory,
        session: NcpSession,
        up: Callable[[], bool],
    ) -> None:
        self._stack = stack
        self._memory = memory
        self._session = session
        self._up = up
        session.configuration.update(_USUAL_CONFIGURATION)

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.NOP: (Nothing, _nothing),
            Command.ECHO: (Octets, _echo),
            Command.GET_CONFIGURATION_VALUE: (Octet, self._get_configuration),
            Command.SET_CONFIGURATION_VALUE: (OctetAndWord, self._set_configuration),
            Command.GET_VALUE: (Octet, self._get_value),
            Command.SET_VALUE: (OctetAndOctets, self._set_value),
            Command.GET_POLICY: (Octet, self._get_policy),
            Command.SET_POLICY: (TwoOctets, self._set_policy),
            Command.ADD_ENDPOINT: (AddEndpoint, self._add_endpoint),
            Command.GET_EXTENDED_VALUE: (OctetAndLong, self._extended_value),
            Command.SET_MANUFACTURER_CODE: (Word, self._manufacturer),
            Command.SET_POWER_DESCRIPTOR: (Word, _nothing),
            Command.SET_CONCENTRATOR: (SetConcentrator, _agreed),
            Command.SET_SOURCE_ROUTE_DISCOVERY_MODE: (Octet, _no_time_left),
            Command.GET_MFG_TOKEN: (Octet, self._mfg_token),
            Command.SET_MFG_TOKEN: (MfgToken, self._set_mfg_token),
            Command.GET_TOKEN: (Octet, _no_simple_token),
            Command.GET_TOKEN_DATA: (TokenPlace, self._token),
            Command.SET_TOKEN_DATA: (TokenData, self._set_token),
            Command.TOKEN_FACTORY_RESET: (TwoOctets, self._factory_reset),
            Command.READ_COUNTERS: (Nothing, self._counters),
            Command.READ_AND_CLEAR_COUNTERS: (Nothing, self._clear_counters),
            Command.GP_SINK_TABLE_CLEAR_ALL: (Nothing, _nothing),
        }

    def _get_configuration(self, request: Octet, _now: Instant) -> Reply:
        value = self._session.configuration.get(request.value)
        if value is None:
            return Reply(OctetAndWord(EzspStatus.INVALID_ID, 0))
        return Reply(OctetAndWord(EzspStatus.SUCCESS, value))

    def _set_configuration(self, request: OctetAndWord, _now: Instant) -> Reply:
        if self._up():
            return Reply(Octet(EzspStatus.INVALID_CALL))
        self._session.configuration[request.first] = request.value
        return Reply(Octet(EzspStatus.SUCCESS))

    def _get_value(self, request: Octet, _now: Instant) -> Reply:
        nwk = self._stack.nwk.state
        live = {
            ValueId.NODE_SHORT_ID: lambda: nwk.nib.nwk_address.to_bytes(2, "little"),
            ValueId.NWK_FRAME_COUNTER: lambda: _counter(nwk.keys.active),
        }
        value = ValueId(request.value)
        if value in live:
            return Reply(OctetAndOctets(EzspStatus.SUCCESS, live[value]()))
        octets = self._session.values.get(value, _ENCODED.get(value))
        if octets is None:
            return Reply(OctetAndOctets(EzspStatus.INVALID_ID, b""))
        return Reply(OctetAndOctets(EzspStatus.SUCCESS, octets))

    def _set_value(self, request: OctetAndOctets, _now: Instant) -> Reply:
        if ValueId(request.first) in _ENCODED:
            return Reply(Octet(EzspStatus.INVALID_CALL))
        self._session.values[request.first] = request.data
        return Reply(Octet(EzspStatus.SUCCESS))

    def _get_policy(self, request: Octet, _now: Instant) -> Reply:
        decision = self._session.policies.get(request.value, 0)
        return Reply(TwoOctets(EzspStatus.SUCCESS, decision))

    def _set_policy(self, request: TwoOctets, _now: Instant) -> Reply:
        self._session.policies[request.first] = request.second
        return Reply(Octet(EzspStatus.SUCCESS))

    def _add_endpoint(self, request: AddEndpoint, _now: Instant) -> Reply:
        """Endpoints are added one by one and stay until a reset."""
        if not 0 < request.endpoint < 0xFF or request.endpoint in self._session.endpoints:
            return Reply(Octet(EzspStatus.INVALID_VALUE))
        self._session.endpoints[request.endpoint] = request
        zdo = self._stack.zdo
        endpoints = (*zdo.description.endpoints, _described(request))
        zdo.description = replace(zdo.description, endpoints=endpoints)
        return Reply(Octet(EzspStatus.SUCCESS))

    def _extended_value(self, request: OctetAndLong, _now: Instant) -> Reply:
        """Value 0: whether an endpoint is enabled."""
        if request.first or request.value not in self._session.endpoints:
            return Reply(OctetAndOctets(EzspStatus.INVALID_ID, b""))
        return Reply(OctetAndOctets(EzspStatus.SUCCESS, b"\x01\x00"))

    def _manufacturer(self, request: Word, _now: Instant) -> Reply:
        zdo = self._stack.zdo
        zdo.description = replace(zdo.description, manufacturer_code=request.value)
        return Reply(Nothing())

    # Tokens

    def _mfg_token(self, request: Octet, _now: Instant) -> Reply:
        token = Token(request.value)
        length = _MFG_TOKENS.get(token, 0)
        octets = self._memory.mfg_tokens.get(token, _WRITTEN.get(token, b""))
        if token == Token.CBKE_DATA and Suite.SECT163K1 in self._memory.identities:
            identity = self._memory.identities[Suite.SECT163K1]
            octets = identity.certificate + identity.ca_public_key
        return Reply(Octets(octets[:length].ljust(length, b"\xff")))

    def _set_mfg_token(self, request: MfgToken, _now: Instant) -> Reply:
        """A token can be written once, as flash is."""
        token = Token(request.token)
        if len(request.data) != _MFG_TOKENS.get(token) or token in self._memory.mfg_tokens:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        self._memory.mfg_tokens[token] = request.data
        return Reply(Octet(EmberStatus.SUCCESS))

    def _token(self, request: TokenPlace, _now: Instant) -> Reply:
        octets = self._memory.tokens.get((request.token, request.index))
        if octets is None:
            return Reply(Octet(EmberStatus.ERR_FATAL))
        return Reply(TokenAnswer(EmberStatus.SUCCESS, octets))

    def _set_token(self, request: TokenData, _now: Instant) -> Reply:
        self._memory.tokens[request.token, request.index] = request.data
        return Reply(Octet(EmberStatus.SUCCESS))

    def _factory_reset(self, _request: TwoOctets, _now: Instant) -> Reply:
        self._memory.tokens.clear()
        self._memory.security = None
        return Reply(Nothing())

    # Counters

    def _counters(self, _request: Nothing, _now: Instant) -> Reply:
        counts = self._session.counters
        return Reply(Counters(tuple(counts.get(each, 0) for each in range(COUNTERS))))

    def _clear_counters(self, request: Nothing, now: Instant) -> Reply:
        reply = self._counters(request, now)
        self._session.counters.clear()
        return reply


def _counter(key: object) -> bytes:
    counter: int = getattr(key, "outgoing", 0)
    return counter.to_bytes(4, "little")


def _described(request: AddEndpoint) -> EndpointDescription:
    return EndpointDescription(
        Endpoint(request.endpoint),
        ProfileId(request.profile),
        request.device_id,
        request.device_version & 0x0F,
        tuple(map(ClusterId, request.inputs)),
        tuple(map(ClusterId, request.outputs)),
    )


def _nothing(_request: object, _now: Instant) -> Reply:
    return Reply(Nothing())


def _echo(request: Octets, _now: Instant) -> Reply:
    return Reply(request)


def _agreed(_request: SetConcentrator, _now: Instant) -> Reply:
    """Source routes are kept and used by the network layer itself (R22 3.6.3.5)."""
    return Reply(Octet(EmberStatus.SUCCESS))


def _no_time_left(_request: Octet, _now: Instant) -> Reply:
    return Reply(Long(0))


def _no_simple_token(_request: Octet, _now: Instant) -> Reply:
    return Reply(SimpleToken(EmberStatus.NOT_FOUND, bytes(8)))
