"""An electricity meter does what a PPMID of its home asks (GBCS PECS01 to PECS03, ZSE 1.4).

A top-up code, emergency credit, and an armed supply switched on: commands of the HAN, which are
obeyed under a key that the hub made for the meter and a device in its log. What came of each is an
event with the code of its message (GBCS 16.2, 8154 and 8155).
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar, Final

from emulator.equipment.electricity_keypad import ElectricityKeypad
from emulator.gbcs_device.cosem.token_duty import worth_of
from emulator.gbcs_device.gbz.commands.top_up import RESULTS
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.endpoint import ServedCommand, serve
from emulator.zcl.payloads.metering import LocalChangeSupply
from emulator.zcl.payloads.prepayment import (
    ConsumerTopUp,
    ConsumerTopUpResponse,
    SelectAvailableEmergencyCredit,
)
from emulator.zcl.primitives import Side, ZclCommandIndication, ZclStatus
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.aps.primitives import KeyOrigin

_SELECT, _TOP_UP, _CHANGE = 0x00, 0x04, 0x0C
_TOP_UP_RESPONSE: Final = 0x03
_SWITCH_ON: Final = 2
"""The only supply status that may be asked for (use-case annex of GBCS, PECS03)."""
_NOTHING: Final = -1
_ASKED: Final[Mapping[tuple[int, int], tuple[type[Struct], int]]] = MappingProxyType(
    {
        (PREPAYMENT.id, _TOP_UP): (ConsumerTopUp, 0x0116),
        (PREPAYMENT.id, _SELECT): (SelectAvailableEmergencyCredit, 0x0117),
        (METERING.id, _CHANGE): (LocalChangeSupply, 0x0118),
    }
)
"""By cluster and command: what it says, and its message code."""

HOME_COMMANDS: Final[tuple[ServedCommand, ...]] = (
    *serve(PREPAYMENT, Side.SERVER, only=(_SELECT, _TOP_UP)),
    *serve(METERING, Side.SERVER, only=(_CHANGE,)),
)
"""What the endpoint of an electricity meter takes of a PPMID."""

Effects = Sequence[Any]


class HomeRequests:
    """Obeys at one endpoint.

    Args:
        endpoint: of the meter.
        keypad: does what is asked, as if at the meter.
    """

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication,)
    deadline: Instant | None = None

    def __init__(
        self, endpoint: Endpoint, keypad: ElectricityKeypad, handles: Iterator[int]
    ) -> None:
        self._endpoint = endpoint
        self._keypad = keypad
        self._handles = handles

    def handle(self, event: ZclCommandIndication, now: Instant) -> Effects:  # noqa: ARG002 - shape
        """The answer to a request; what is for others changes nothing."""
        asked = _ASKED.get((event.cluster, event.command))
        ours = event.endpoint == self._endpoint and event.to_side is Side.SERVER
        if asked is None or not ours:
            return ()
        if event.source_eui64 is None or event.key_origin is not KeyOrigin.APPLICATION:
            return self._default(event, ZclStatus.NOT_AUTHORIZED)
        form, code = asked
        try:
            request = form.decode(event.payload)
        except WireError:
            return self._default(event, ZclStatus.MALFORMED_COMMAND)
        return (*self._obey(event, request, code), MeterSet())

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _obey(self, event: ZclCommandIndication, request: Struct, code: int) -> Effects:
        if isinstance(request, ConsumerTopUp):
            return self._top_up(event, request, code)
        if isinstance(request, LocalChangeSupply):
            done = request.proposed_supply_status == _SWITCH_ON and self._keypad.switch_on()
        else:
            done = self._keypad.take_emergency_credit()
        self._keypad.tell_of_request(code, done=done)
        return self._default(event, ZclStatus.SUCCESS if done else ZclStatus.FAILURE)

    def _top_up(self, event: ZclCommandIndication, asked: ConsumerTopUp, code: int) -> Effects:
        digits = asked.top_up_code.decode("ascii", "replace")
        outcome = self._keypad.top_up(digits)
        taken = outcome is TopUpOutcome.TAKEN
        self._keypad.tell_of_request(code, done=taken)
        told = ConsumerTopUpResponse(
            result_type=RESULTS[outcome],
            top_up_value=worth_of(digits) if taken else _NOTHING,
            source_of_top_up=asked.originating_device,
            credit_remaining=self._keypad.balance if taken else _NOTHING,
        )
        return (answer(next(self._handles), event, _TOP_UP_RESPONSE, told),)

    def _default(self, event: ZclCommandIndication, status: ZclStatus) -> Effects:
        return default_response(next(self._handles), event, status)
