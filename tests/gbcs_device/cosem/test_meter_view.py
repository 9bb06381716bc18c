from emulator.gbcs_device.cosem.meter_view import MeterView, reader_of
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import Instant
from emulator.metering.quantities import HOUR, Channel
from tests.gbcs_device.cosem.living_meter import LivingMeter


def test_meter_is_measured_up_to_now_before_it_is_set_up_anew() -> None:
    living = LivingMeter()
    view = MeterView(living.meter, lambda: Instant(living.at))
    set_up_at = []
    view.set_up_by("anything", lambda: set_up_at.append(living.meter.look(0).imported))
    living.take(1_000)
    set_up_at.clear()
    living.at = HOUR

    assert view.outdate("anything") == (MeterSet(),)
    view.measured()

    assert set_up_at == [1_000]
    assert reader_of(view).register(Channel.ACTIVE_IMPORT) == 1_000
    assert (reader_of(view).primary(), reader_of(view).imported()) == (1_000, 1_000)


def test_meter_looks_at_its_objects_again_when_they_are_restored() -> None:
    living = LivingMeter()
    view = MeterView(living.meter, lambda: Instant(living.at))
    seen = []
    view.set_up_by("anything", lambda: seen.append(1))
    view.measured()
    kept = view.duty().kept
    assert kept is not None

    kept.restore(kept.snapshot())
    view.measured()

    assert seen == [1, 1]
