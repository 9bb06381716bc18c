from emulator.radio.port import Channel
from emulator.zigbee.mac.settings import MacSettings

AT_2_4, BELOW = Channel(0, 11), Channel(28, 3)


def test_waits_are_those_of_the_band() -> None:
    settings = MacSettings()

    assert (settings.response_wait(AT_2_4), settings.response_wait(BELOW)) == (491_520, 307_200)
    assert (settings.frame_wait(AT_2_4), settings.frame_wait(BELOW)) == (31_776, 136_000)
