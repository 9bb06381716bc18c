"""The keys of a PPMID, as far as they are for an electricity meter (GBCS PECS01 to PECS03).

An electricity meter listens, so it is asked on the HAN, without a message of GBCS: where it is,
which endpoint serves what is asked, and then for it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.equipment.facts import HomeRequestAnswered, MessageUnroutable
from emulator.equipment.ppmid_keys import PPMID
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.primitives import PartnerJoined, PartnerUnjoined
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.payloads.metering import LocalChangeSupply
from emulator.zcl.payloads.prepayment import ConsumerTopUp, SelectAvailableEmergencyCredit
from emulator.zcl.primitives import ZclAddress, ZclCommandConfirm, ZclCommandRequest
from emulator.zigbee.addresses import (
    BROADCAST_RX_ON,
    SMART_ENERGY_PROFILE,
    ClusterId,
    Endpoint,
    NwkAddress,
)
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.zdo.discovery_frames import (
    MatchDescReq,
    MatchDescRsp,
    NwkAddrReq,
    NwkAddrRsp,
)
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

_SWITCH_ON: Final = 2

Effects = Sequence[Any]


@dataclass(frozen=True, slots=True)
class TopUpElectricityMeter:
    """Scenario -> PPMID: somebody types a top-up code for the electricity meter."""

    digits: str


@dataclass(frozen=True, slots=True)
class ActivateElectricityEmergencyCredit:
    """Scenario -> PPMID: somebody asks the electricity meter for emergency credit."""


@dataclass(frozen=True, slots=True)
class SwitchElectricityOn:
    """Scenario -> PPMID: somebody has the electricity meter switch its armed supply on."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that is to be made."""

    cluster: ClusterId
    command: int
    payload: Struct


class PpmidRequests:
    """Asks the electricity meter of the log, one thing after the other.

    Args:
        endpoint: ours, with the client sides.
        handles: for requests.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        TopUpElectricityMeter,
        ActivateElectricityEmergencyCredit,
        SwitchElectricityOn,
        PartnerJoined,
        PartnerUnjoined,
        ZdpConfirm,
        ZclCommandConfirm,
    )
    deadline: Instant | None = None

    def __init__(self, endpoint: Endpoint, handles: Iterator[int]) -> None:
        self._endpoint = endpoint
        self._handles = handles
        self.meter: Eui64 | None = None
        self._address: NwkAddress | None = None
        self._asked: deque[_Asked] = deque()
        self._handle: int | None = None

    def handle(self, event: Any, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Effects of `event`; answers to what others asked change nothing."""
        match event:
            case PartnerJoined(eui64, DeviceType.ESME):
                self.meter = eui64
            case PartnerUnjoined(eui64) if eui64 == self.meter:
                self.meter = None
            case ZdpConfirm() if event.handle == self._handle:
                return self._found(event)
            case ZclCommandConfirm() if event.handle == self._handle:
                return self._answered(event)
            case TopUpElectricityMeter() | ActivateElectricityEmergencyCredit():
                return self._press(_credit(event))
            case SwitchElectricityOn():
                return self._press(_Asked(METERING.id, 0x0C, LocalChangeSupply(_SWITCH_ON)))
            case _:
                pass
        return ()

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def snapshot(self) -> dict[str, Any]:
        """Which meter is in the log, as JSON knows it."""
        return {"meter": self.meter}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.meter = None if state["meter"] is None else Eui64(state["meter"])

    def _press(self, asked: _Asked) -> Effects:
        if self.meter is None:
            return (MessageUnroutable(None, "no electricity meter in the log"),)
        self._asked.append(asked)
        return self._next() if self._handle is None else ()

    def _next(self) -> Effects:
        if not self._asked or self.meter is None:
            return ()
        self._handle = next(self._handles)
        return (ZdpRequest(self._handle, BROADCAST_RX_ON, NwkAddrReq(self.meter)),)

    def _found(self, event: ZdpConfirm) -> Effects:
        handle = self._handle = next(self._handles)
        asked = self._asked[0]
        match event.response:
            case NwkAddrRsp(eui64=eui64, address=address) if eui64 == self.meter:
                self._address = address
                known = NlmeSetAddressMapRequest(eui64, address)
                wanted = MatchDescReq(address, SMART_ENERGY_PROFILE, (asked.cluster,), ())
                return (known, ZdpRequest(handle, address, wanted))
            case MatchDescRsp(endpoints=(first, *_)) if self._address is not None:
                return (
                    ZclCommandRequest(
                        handle,
                        ZclAddress(self._address, Endpoint(first)),
                        self._endpoint,
                        asked.cluster,
                        asked.command,
                        asked.payload.encode(),
                        expects_answer=True,
                    ),
                )
            case _:
                return self._done("not found", b"")

    def _answered(self, event: ZclCommandConfirm) -> Effects:
        said = b"" if event.answer is None else event.answer.payload
        return self._done(event.outcome.value, said)

    def _done(self, outcome: str, said: bytes) -> Effects:
        asked, self._handle = self._asked.popleft(), None
        fact = HomeRequestAnswered(asked.cluster, asked.command, outcome, said.hex())
        return (fact, *self._next())


def _credit(event: TopUpElectricityMeter | ActivateElectricityEmergencyCredit) -> _Asked:
    if isinstance(event, TopUpElectricityMeter):
        code = event.digits.encode("ascii", "replace")
        return _Asked(PREPAYMENT.id, 0x04, ConsumerTopUp(PPMID, code))
    return _Asked(PREPAYMENT.id, 0x00, SelectAvailableEmergencyCredit(0, PPMID))
