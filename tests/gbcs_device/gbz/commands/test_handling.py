"""A command of which nothing is said is done at once, alone on its topic, and refused plainly."""

from emulator.gbcs_device.gbz.commands.answers import HARDWARE_FAILURE
from emulator.gbcs_device.gbz.commands.handling import Circumstances, Handling
from emulator.gbcs_device.gbz.state.tokens import CheckDigitJudge
from emulator.testing.scenes.gbz_scene import SUPPLIER, filled, meter
from emulator.zcl.payloads.price import PublishTariffInformation
from emulator.zcl.primitives import ZclStatus

REQUEST = filled(PublishTariffInformation, start_time=7)
TOLD = Circumstances(moment=1, originator=SUPPLIER, from_date_time=None, tokens=CheckDigitJudge())
PLAIN: Handling[PublishTariffInformation] = Handling(
    PublishTariffInformation, lambda _store, _request, _told: ZclStatus.SUCCESS
)
DATED: Handling[PublishTariffInformation] = Handling(
    PublishTariffInformation,
    lambda _store, _request, _told: ZclStatus.SUCCESS,
    lambda request, told: request.start_time + told.moment,
)


def test_a_command_without_date_holds_now() -> None:
    assert PLAIN.starts(REQUEST, TOLD) == 0
    assert DATED.starts(REQUEST, TOLD) == 8


def test_what_is_not_said_is_the_plainest() -> None:
    store = meter().store
    before = store.snapshot()

    assert PLAIN.topic(REQUEST) == 0
    assert PLAIN.accept(store, REQUEST) == ZclStatus.SUCCESS
    assert PLAIN.refuse(REQUEST) == HARDWARE_FAILURE
    PLAIN.expect(store, REQUEST)
    assert store.snapshot() == before
