"""The keys of a PPMID, as far as they are for a gas meter: top-up and emergency credit.

A gas meter obeys messages of a PPMID in its log (GBCS PCS01, PCS02). They go through the hub, and
wait there until the meter wakes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from emulator.equipment.facts import MessageUnroutable
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.primitives import PartnerCommandRequest, PartnerJoined, PartnerUnjoined
from emulator.kernel.errors import LocalError
from emulator.kernel.units import Instant
from emulator.wire.struct import Struct
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.payloads.prepayment import ConsumerTopUp, SelectAvailableEmergencyCredit
from emulator.zcl.primitives import Side

if TYPE_CHECKING:
    from emulator.kernel.identity import Eui64

PCS01: Final = 0x009B
PCS02: Final = 0x0090
PPMID: Final = 2
"""Originating device of a code that is typed at a PPMID (RTDS 4.5.0, PCS01)."""
_PREPAYMENT: Final = 0x0705
_SELECT: Final = 0x00
_TOP_UP: Final = 0x04


@dataclass(frozen=True, slots=True)
class TopUpGasMeter:
    """Scenario -> PPMID: somebody types a top-up code for the gas meter."""

    digits: str


@dataclass(frozen=True, slots=True)
class ActivateGasEmergencyCredit:
    """Scenario -> PPMID: somebody asks the gas meter for emergency credit."""


class PpmidKeys:
    """Has the gas meter of the log do what keys ask for."""

    accepts: ClassVar[tuple[type, ...]] = (
        TopUpGasMeter,
        ActivateGasEmergencyCredit,
        PartnerJoined,
        PartnerUnjoined,
    )
    deadline: Instant | None = None

    def __init__(self) -> None:
        self.gas_meter: Eui64 | None = None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Effects of `event`."""
        match event:
            case TopUpGasMeter(digits):
                octets = digits.encode("ascii", "replace")
                request = ConsumerTopUp(originating_device=PPMID, top_up_code=octets)
                return self._command(PCS01, _TOP_UP, request)
            case ActivateGasEmergencyCredit():
                asked = SelectAvailableEmergencyCredit(
                    command_issue_date_time=0, originating_device=PPMID
                )
                return self._command(PCS02, _SELECT, asked)
            case PartnerJoined():
                if event.device_type == DeviceType.GSME:
                    self.gas_meter = event.eui64
            case PartnerUnjoined():
                if event.eui64 == self.gas_meter:
                    self.gas_meter = None
            case _:
                raise LocalError(f"{type(event).__name__}: none of {self.accepts}")
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def snapshot(self) -> dict[str, Any]:
        """Which gas meter is in the log, as JSON knows it."""
        return {"gas_meter": self.gas_meter}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.gas_meter = state["gas_meter"]

    def _command(self, code: int, command: int, request: Struct) -> Sequence[Any]:
        if self.gas_meter is None:
            return (MessageUnroutable(None, "no gas meter in the log"),)
        framed = header(FrameType.CLUSTER, Side.SERVER, 0, command)
        component = GbzComponent(_PREPAYMENT, framed, request.encode())
        payload = gbz_payload([component]).encode()
        return (PartnerCommandRequest(self.gas_meter, code, payload),)
