"""The boost function: which outputs somebody may boost, and when that was (GBCS ECS61c, ECS62).

SMETS2 5.26 and 9.14. Times in the log are in seconds since 2000, as reference messages show.
"""

from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import log_of, number_of
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data, boolean
from emulator.gbcs_device.cosem.auxiliary_duty import ControllerView
from emulator.gbcs_device.cosem.duty import Duty
from emulator.metering.auxiliary_controllers import CONTROLLERS, Direction, Port

AVAILABLE: Final = Attribute(1, parse_obis("0-0:94.44.7.255"), 2)
LOG: Final = Attribute(7, parse_obis("0-0:99.98.20.255"), 2)
CONTROLS: Final = {
    Attribute(1, parse_obis(f"0-0:94.44.6.{each}"), 2): Port(Direction.OUTPUT, each)
    for each in CONTROLLERS
}
_SECOND: Final = 1_000_000


def boost_duty(store: ObjectStore, view: ControllerView) -> Duty:
    """The duty of the boost function of one device that has it."""
    store.hold(AVAILABLE, boolean(yes=True))

    def set_up() -> None:
        view.meter.auxiliary.boostable = frozenset(
            port for control, port in CONTROLS.items() if number_of(store.value(control))
        )

    def entries(first: int, last: int) -> Data:
        boosts = view.measured().auxiliary.boosts
        rows = [(each.start // _SECOND, each.end // _SECOND) for each in boosts]
        return log_of(store.value(LOG), [row for row in rows if first <= row[0] <= last])

    view.set_up_by("boost", set_up)
    return Duty(
        name="boost",
        logs={LOG: entries},
        writes=dict.fromkeys(CONTROLS, view.rewriting("boost")),
    )
