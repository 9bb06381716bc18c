"""ZDP commands as rows: discovery, binding, management (R22 2.4)."""

from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.part import Part, section
from emulator.lab.dissector.words import member, title
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId
from emulator.zigbee.zdo.commands import REQUESTS, RESPONSES
from emulator.zigbee.zdo.discovery_frames import DeviceAnnce, IeeeAddrRsp, NwkAddrRsp
from emulator.zigbee.zdo.frames import RESPONSE, Refusal, ZdpFrame, ZdpStatus

FORMS: Final[dict[int, type[Any]]] = {each.value: form for each, form in REQUESTS.items()} | {
    each.value | RESPONSE: form for each, form in RESPONSES.items()
}
"""The payload of each cluster of the profile ZDO."""

_SUCCESS: Final = bytes((ZdpStatus.SUCCESS,))
_TELL_ADDRESSES: Final = (DeviceAnnce, IeeeAddrRsp, NwkAddrRsp)


def zdo_name(cluster: int) -> str:
    """The name of a command of the ZDO, or its number when it is not declared."""
    form = FORMS.get(cluster)
    return f"{cluster:#06x}" if form is None else title(form.__name__)


def read_zdo(cluster: ClusterId, octets: bytes, known: Knowledge) -> Part:
    """What a ZDP frame says."""
    try:
        frame = ZdpFrame.decode(octets)
    except WireError:
        return known.undecodable("zdo", "ZDP frame", ZdpFrame, octets)
    heading = f"ZDO {zdo_name(cluster)}"
    lines = known.text.lines(frame, skip=frozenset({"payload"}))
    form = FORMS.get(cluster)
    if form is None:
        lines.append(f"payload: {known.text.octets(frame.payload)}")
        return Part("zdo", f"ZDO command {cluster:#06x}", tuple(section(heading, lines)))
    value = _decoded(form, cluster, frame.payload)
    if value is None:
        broken = known.undecodable("zdo", zdo_name(cluster), form, frame.payload)
        return broken.below(section(heading, lines))
    if isinstance(value, _TELL_ADDRESSES):
        known.names.learn(value.eui64, value.address)
    lines += known.text.lines(value)
    return Part("zdo", zdo_name(cluster) + _refused(value), tuple(section(heading, lines)))


def _decoded(form: type[Any], cluster: int, octets: bytes) -> Struct | None:
    """The command, or the bare status that many devices refuse with."""
    refusable = cluster & RESPONSE and octets[:1] != _SUCCESS
    for kind in (form, Refusal) if refusable else (form,):
        try:
            value: Struct = kind.decode(octets)
        except WireError:
            continue
        return value
    return None


def _refused(value: Any) -> str:
    status = getattr(value, "status", ZdpStatus.SUCCESS)
    return "" if status == ZdpStatus.SUCCESS else f" ({member(status)})"
