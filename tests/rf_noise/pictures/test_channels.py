from emulator.rf_noise.pictures.channels import channel_picture
from tests.rf_noise.desense.test_channels import found
from tests.rf_noise.traces.spectra import flat


def test_picture_tells_the_worst_channel_of_each_band() -> None:
    trace = flat(2400e6, 2484e6, -130)
    trace.levels[abs(trace.frequencies - 2425e6) <= 1e5] = -60

    shown = found(trace, flat(862e6, 922e6, -120))
    picture = channel_picture(list(shown.values()))

    assert "2.4 GHz: channel 15 loses" in picture.caption
    assert "868 MHz: page " in picture.caption
    assert "falsely busy 100% of the time" in picture.caption
