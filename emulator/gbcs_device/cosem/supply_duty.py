"""The supply of a meter that measures: commanded, limited, locked (GBCS ECS27, ECS28, ECS42-45).

That a load limit supply state of true means that the supply is interrupted, and a threshold of zero
that there is no limit, is unverified.
"""

from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import number_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, enumerated
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.duty import Duty, ItemOutcome, Method
from emulator.gbcs_device.cosem.load_switch_duty import (
    CONTROL_STATE,
    OUTPUT_STATE,
    SUPPLY_SCRIPTS,
    truth,
)
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import seconds
from emulator.metering.load_limit import LoadLimit, LoadLimitSupplyState
from emulator.metering.prepayment.terms import SupplyState

_SCRIPTS: Final = {
    51: SupplyState.ENABLED,
    52: SupplyState.DISABLED,
    54: SupplyState.ARMED,
}
"""Use-case annex of GBCS, ECS42 to ECS44."""
_CONTROL_STATES: Final = {
    SupplyState.DISABLED: 0,
    SupplyState.ENABLED: 1,
    SupplyState.ARMED: 2,
}
"""Use-case annex of GBCS, ECS45."""
_LIMITER: Final = parse_obis("0-0:17.0.0.255")
_LIMIT_SUPPLY_STATE: Final = Attribute(9000, parse_obis("0-0:94.44.0.3"), 2)
_COUNTER: Final = parse_obis("0-0:94.44.42.255")
_LIMIT_TIMES: Final = tuple(
    Attribute(9000, parse_obis(name), 6)
    for name in ("0-0:94.44.0.3", "0-0:94.44.128.6", "0-0:94.44.128.7", "0-0:94.44.128.8")
)
_THRESHOLD, _PERIOD, _RESTORATION = 4, 6, 7


def supply_duty(store: ObjectStore, view: MeterView) -> Duty:
    """The duty of the supply of one meter, and of its load limit."""

    def switch(script: Data, _: Command) -> ItemOutcome:
        numbered = script.value if script.type is DataType.LONG_UNSIGNED else None
        state = _SCRIPTS.get(numbered) if isinstance(numbered, int) else None
        if state is None:
            return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
        done = view.meter.command(state, view.now())
        result = AccessResult.SUCCESS if done else AccessResult.OTHER_REASON
        return ItemOutcome(result, effects=(MeterSet(),))

    def limit() -> None:
        threshold, period, restoration = (
            number_of(store.value(Attribute(71, _LIMITER, member)))
            for member in (_THRESHOLD, _PERIOD, _RESTORATION)
        )
        disables = bool(number_of(store.value(_LIMIT_SUPPLY_STATE)))
        view.meter.set_limit(
            LoadLimit(
                threshold=threshold,
                period=seconds(period),
                restoration=seconds(restoration),
                supply_state=LoadLimitSupplyState.DISABLED
                if disables
                else LoadLimitSupplyState.UNCHANGED,
            )
            if threshold
            else None
        )

    def count(_: Command) -> Data:
        return Data(DataType.DOUBLE_LONG_UNSIGNED, view.measured().load_limit_counter)

    def reset_counter(_: Data, __: Command) -> ItemOutcome:
        view.measured().load_limit_counter = 0
        return ItemOutcome()

    view.set_up_by("load limit", limit)
    return Duty(
        name="supply",
        reads={
            CONTROL_STATE: lambda _: enumerated(_CONTROL_STATES[view.measured().supply]),
            OUTPUT_STATE: lambda _: truth(view.measured().supply is SupplyState.ENABLED),
            Attribute(3, _COUNTER, 2): count,
        },
        activated={time: view.outdating("load limit") for time in _LIMIT_TIMES},
        methods={SUPPLY_SCRIPTS: switch, Method(3, _COUNTER, 1): reset_counter},
    )
