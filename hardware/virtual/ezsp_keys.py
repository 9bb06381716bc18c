"""The commands by which a host reads and writes keys."""

from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later, seconds
from emulator.smart_energy.stack import Stack
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from hardware.ezsp.formats import Eui, EuiAndFlag, Long, Octet
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import NO_INDEX, Command, EmberStatus, KeyKind, SlStatus
from hardware.ezsp.key_formats import (
    CurrentSecurity,
    ImportLinkKey,
    ImportTransientKey,
    InitialSecurity,
    KeyAnswer,
    KeyContext,
    KeyMetadata,
    LinkKeyByEui,
    LinkKeyByIndex,
    NetworkKeyInfo,
    TransientKey,
)
from hardware.virtual.ezsp_part import NcpMemory, NcpSession, Reply, Servers

KEY_TABLE_SIZE: Final = 0x1E
TRANSIENT_KEY_TIMEOUT: Final = 0x36
"""EzspConfigId."""
USUAL_SIZE: Final = 12
_USUAL_TIMEOUT: Final = 300
"""Seconds for which a key for a joiner is kept (EMBER_TRANSIENT_KEY_TIMEOUT_S)."""
_CURRENT: Final = 0x0087
_HAVE_TRUST_CENTRE_KEY: Final = 0x0010
"""EmberCurrentSecurityBitmask: the bits it shares with the initial one, and one of its own."""
_HAS_COUNTERS: Final = 0x000E
"""EmberKeyStructBitmask: both counters and the partner."""
_NOBODY: Final = Eui64(0)
_NO_KEY: Final = bytes(16)
_NO_METADATA: Final = KeyMetadata(0, 0, 0, 0)


class NcpKeys:
    """Network key, key table, and keys for joiners.

    Args:
        stack: of this boot.
        memory: the key table and the security that the host wants.
        session: keys for joiners.
    """

    def __init__(self, stack: Stack, memory: NcpMemory, session: NcpSession) -> None:
        self._stack = stack
        self._memory = memory
        self._session = session

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.SET_INITIAL_SECURITY_STATE: (InitialSecurity, self._set_security),
            Command.GET_CURRENT_SECURITY_STATE: (Nothing, self._security),
            Command.EXPORT_KEY: (KeyContext, self._export),
            Command.GET_NETWORK_KEY_INFO: (Nothing, self._network_key),
            Command.IMPORT_LINK_KEY: (ImportLinkKey, self._import_link_key),
            Command.EXPORT_LINK_KEY_BY_INDEX: (Octet, self._by_index),
            Command.EXPORT_LINK_KEY_BY_EUI: (Eui, self._by_eui),
            Command.FIND_KEY_TABLE_ENTRY: (EuiAndFlag, self._find),
            Command.ERASE_KEY_TABLE_ENTRY: (Octet, self._erase),
            Command.CLEAR_KEY_TABLE: (Nothing, self._clear),
            Command.IMPORT_TRANSIENT_KEY: (ImportTransientKey, self._import_transient),
            Command.EXPORT_TRANSIENT_KEY_BY_INDEX: (Octet, self._transient_by_index),
            Command.EXPORT_TRANSIENT_KEY_BY_EUI: (Eui, self._transient_by_eui),
            Command.CLEAR_TRANSIENT_LINK_KEYS: (Nothing, self._clear_transient),
        }

    @property
    def size(self) -> int:
        """How many keys the table has room for."""
        return self._session.configuration.get(KEY_TABLE_SIZE, USUAL_SIZE)

    # The network's security

    def _set_security(self, request: InitialSecurity, _now: Instant) -> Reply:
        if self._stack.nwk.state.nib.joined:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        self._memory.security = request
        return Reply(Octet(EmberStatus.SUCCESS))

    def _security(self, _request: Nothing, _now: Instant) -> Reply:
        security, nib = self._memory.security, self._stack.nwk.state.nib
        if security is None or not nib.joined:
            return Reply(CurrentSecurity(EmberStatus.NOT_JOINED, 0, _NOBODY))
        bits = security.bits & _CURRENT | _HAVE_TRUST_CENTRE_KEY
        return Reply(CurrentSecurity(EmberStatus.SUCCESS, bits, nib.eui64))

    def _export(self, request: KeyContext, _now: Instant) -> Reply:
        network = self._stack.nwk.state.keys.active
        security = self._memory.security
        if request.kind == KeyKind.NETWORK and network is not None:
            return Reply(KeyAnswer(network.key, SlStatus.OK))
        if request.kind == KeyKind.TC_LINK and security is not None:
            return Reply(KeyAnswer(security.preconfigured_key, SlStatus.OK))
        if request.kind == KeyKind.APP_LINK and request.index in self._memory.link_keys:
            return Reply(KeyAnswer(self._memory.link_keys[request.index][1], SlStatus.OK))
        return Reply(KeyAnswer(_NO_KEY, SlStatus.NOT_FOUND))

    def _network_key(self, _request: Nothing, _now: Instant) -> Reply:
        key = self._stack.nwk.state.keys.active
        if key is None:
            return Reply(NetworkKeyInfo(SlStatus.OK, 0, 0, 0, 0, 0))
        others = [each for each in self._stack.nwk.state.keys if each is not key]
        other = others[0].sequence if others else 0
        told = NetworkKeyInfo(SlStatus.OK, 1, bool(others), key.sequence, other, key.outgoing)
        return Reply(told)

    # The key table

    def _import_link_key(self, request: ImportLinkKey, _now: Instant) -> Reply:
        if request.index >= self.size:
            return Reply(Long(SlStatus.INVALID_INDEX))
        partner = Eui64(request.eui64)
        self.keep(partner, request.key, request.index)
        return Reply(
            Long(SlStatus.OK), (ApsmeSetLinkKeyRequest(partner, request.key, KeyOrigin.CBKE),)
        )

    def keep(self, partner: Eui64, key: bytes, index: int | None = None) -> bool:
        """Keep a key, at an index or where there is room; whether there was."""
        keys = self._memory.link_keys
        held = next((place for place, (other, _) in keys.items() if other == partner), None)
        if index is None:
            free = (place for place in range(self.size) if place not in keys)
            index = next(free, None) if held is None else held
        if index is None:
            return False
        if held is not None:
            del keys[held]
        keys[index] = partner, key
        return True

    def _by_index(self, request: Octet, _now: Instant) -> Reply:
        if request.value not in self._memory.link_keys:
            known = request.value < self.size
            status = SlStatus.NOT_FOUND if known else SlStatus.INVALID_INDEX
            return Reply(LinkKeyByIndex(_NOBODY, _NO_KEY, _NO_METADATA, status))
        partner, key = self._memory.link_keys[request.value]
        return Reply(LinkKeyByIndex(partner, key, self._about(partner), SlStatus.OK))

    def _by_eui(self, request: Eui, _now: Instant) -> Reply:
        index = self._index(request.eui64)
        if index is None:
            return Reply(LinkKeyByEui(_NO_KEY, NO_INDEX, _NO_METADATA, SlStatus.NOT_FOUND))
        partner, key = self._memory.link_keys[index]
        return Reply(LinkKeyByEui(key, index, self._about(partner), SlStatus.OK))

    def _about(self, partner: Eui64) -> KeyMetadata:
        pair = self._stack.aps.keys.get(partner)
        if pair is None:
            return _NO_METADATA
        return KeyMetadata(_HAS_COUNTERS, pair.outgoing, pair.incoming, 0)

    def _index(self, eui64: int) -> int | None:
        keys = self._memory.link_keys.items()
        return next((index for index, (partner, _) in keys if partner == eui64), None)

    def _find(self, request: EuiAndFlag, _now: Instant) -> Reply:
        index = self._index(request.eui64)
        return Reply(Octet(NO_INDEX if index is None else index))

    def _erase(self, request: Octet, _now: Instant) -> Reply:
        erased = self._memory.link_keys.pop(request.value, None)
        if erased is None:
            return Reply(Octet(EmberStatus.INDEX_OUT_OF_RANGE))
        return Reply(Octet(EmberStatus.SUCCESS), (ApsmeSetLinkKeyRequest(erased[0], None),))

    def _clear(self, _request: Nothing, _now: Instant) -> Reply:
        forgotten = tuple(
            ApsmeSetLinkKeyRequest(partner, None) for partner, _ in self._memory.link_keys.values()
        )
        self._memory.link_keys.clear()
        return Reply(Octet(EmberStatus.SUCCESS), forgotten)

    # Keys for joiners

    def _import_transient(self, request: ImportTransientKey, now: Instant) -> Reply:
        timeout = self._session.configuration.get(TRANSIENT_KEY_TIMEOUT, _USUAL_TIMEOUT)
        until = later(now, seconds(timeout))
        self._session.transient_keys[Eui64(request.eui64)] = request.key, until
        return Reply(Long(SlStatus.OK))

    def _transient_by_index(self, request: Octet, now: Instant) -> Reply:
        keys = list(self._session.transient_keys)
        if request.value >= len(keys):
            return Reply(_no_transient(SlStatus.NOT_FOUND))
        return self._transient(keys[request.value], now)

    def _transient_by_eui(self, request: Eui, now: Instant) -> Reply:
        return self._transient(Eui64(request.eui64), now)

    def _transient(self, eui64: Eui64, now: Instant) -> Reply:
        key, until = self._session.transient_keys.get(eui64, (_NO_KEY, now))
        if until <= now:
            return Reply(_no_transient(SlStatus.NOT_FOUND))
        context = KeyContext(3, 0, 0, eui64, 0, 0x02, 0)
        left = -(-(until - now) // seconds(1))
        return Reply(TransientKey(context, key, KeyMetadata(0x08, 0, 0, left), SlStatus.OK))

    def _clear_transient(self, _request: Nothing, _now: Instant) -> Reply:
        self._session.transient_keys.clear()
        return Reply(Nothing())


def _no_transient(status: SlStatus) -> TransientKey:
    return TransientKey(KeyContext(0, 0, 0, _NOBODY, 0, 0, 0), _NO_KEY, _NO_METADATA, status)
