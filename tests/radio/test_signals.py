from emulator.kernel.units import START
from emulator.radio.port import Channel
from emulator.radio.signals import Meter


def test_meter_reads_until_it_is_stopped_and_keeps_what_it_read_last() -> None:
    readings = [None, -80, -60, -40]
    meter = Meter("a", Channel(0, 11), START, lambda _: readings.pop(0))

    before = [meter.peak, meter.peak]
    meter.stop()

    assert before == [None, -80]
    assert [meter.peak, meter.peak] == [-60, -60]
