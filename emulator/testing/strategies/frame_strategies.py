"""Strategies for frames of the HAN: MAC, NWK and APS, drawn from their declarations.

Each gives octets as they are between radio and layer, without FCS and without protection, together
with what they say where that is of use.
"""

from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zigbee.aps.commands import Command as ApsCommand
from emulator.zigbee.aps.commands import encode_command as encode_aps_command
from emulator.zigbee.aps.frames import ApsHeader
from emulator.zigbee.aps.frames import FrameType as ApsFrameType
from emulator.zigbee.mac.commands import Command as MacCommand
from emulator.zigbee.mac.commands import encode_command as encode_mac_command
from emulator.zigbee.mac.frames import MacFrame
from emulator.zigbee.nwk.commands import KnownCommand as NwkCommand
from emulator.zigbee.nwk.commands import encode_command as encode_nwk_command
from emulator.zigbee.nwk.frames import FrameType as NwkFrameType
from emulator.zigbee.nwk.frames import NwkHeader

_LONGEST: Final = 60
"""Octets of payload: three headers and this fit a frame of IEEE 802.15.4."""


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """A frame of a layer.

    Args:
        header: as declared.
        payload: what follows it.
    """

    header: NwkHeader | ApsHeader
    payload: bytes

    @property
    def octets(self) -> bytes:
        """As the layer below carries it."""
        return self.header.encode() + self.payload


def mac_frames(
    payload: st.SearchStrategy[bytes] | None = None,
) -> st.SearchStrategy[MacFrame]:
    """MAC frames of every type and addressing mode; `encode()` gives the PSDU without FCS."""
    return structs(MacFrame, payload=any_octets(_LONGEST) if payload is None else payload)


def mac_commands() -> st.SearchStrategy[bytes]:
    """Payloads of MAC command frames, every command among them (IEEE 802.15.4 7.3)."""
    kinds = sorted(MacCommand.__args__, key=lambda each: each.__name__)
    return st.sampled_from(kinds).flatmap(structs).map(encode_mac_command)


def nwk_frames(
    payload: st.SearchStrategy[bytes] | None = None, *, security: bool | None = None
) -> st.SearchStrategy[DrawnFrame]:
    """NWK frames; those of type command carry a command (R22 3.3, 3.4).

    Args:
        payload: of other frames; any octets unless given.
        security: what the header says of protection; either unless given.
    """
    fields = {} if security is None else {"security": st.just(security)}
    return structs(NwkHeader, **fields).flatmap(lambda header: _nwk(header, payload))


def nwk_commands() -> st.SearchStrategy[bytes]:
    """Payloads of NWK command frames, every command among them (R22 3.4)."""
    kinds = sorted(NwkCommand.__args__, key=lambda each: each.__name__)
    return st.sampled_from(kinds).flatmap(structs).map(encode_nwk_command)


def aps_frames(
    payload: st.SearchStrategy[bytes] | None = None, *, security: bool | None = None
) -> st.SearchStrategy[DrawnFrame]:
    """APS frames; those of type command carry a command (R22 2.2.5, 4.4.10).

    Args:
        payload: of other frames; any octets unless given.
        security: what the header says of protection; either unless given.
    """
    fields = {} if security is None else {"security": st.just(security)}
    return structs(ApsHeader, **fields).flatmap(lambda header: _aps(header, payload))


def aps_commands() -> st.SearchStrategy[bytes]:
    """Payloads of APS command frames, every command among them (R22 4.4.10)."""
    kinds = sorted(ApsCommand.__args__, key=lambda each: each.__name__)
    return st.sampled_from(kinds).flatmap(structs).map(encode_aps_command)


def _nwk(
    header: NwkHeader, payload: st.SearchStrategy[bytes] | None
) -> st.SearchStrategy[DrawnFrame]:
    given = any_octets(_LONGEST) if payload is None else payload
    carried = nwk_commands() if header.frame_type is NwkFrameType.COMMAND else given
    return carried.map(lambda octets: DrawnFrame(header, octets))


def _aps(
    header: ApsHeader, payload: st.SearchStrategy[bytes] | None
) -> st.SearchStrategy[DrawnFrame]:
    given = any_octets(_LONGEST) if payload is None else payload
    carried = aps_commands() if header.frame_type is ApsFrameType.COMMAND else given
    return carried.map(lambda octets: DrawnFrame(header, octets))
