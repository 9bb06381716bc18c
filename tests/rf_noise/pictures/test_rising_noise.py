from emulator.rf_noise.pictures.rising_noise import Answer, rising_noise_picture

GOOD = Answer(0, -90, "2 s", 0.0, 0.0)


def test_picture_tells_where_a_device_was_lost() -> None:
    picture = rising_noise_picture("GSME", [GOOD, Answer(30, -70, "", 0.2, 1.0)], -75)

    assert picture.title == "GSME under rising noise: lost at -70.0 dBm, +30 dB"
    assert "-75.0 dBm" in picture.caption


def test_picture_tells_that_it_never_was() -> None:
    assert rising_noise_picture("GSME", [GOOD], -75).title.endswith("never lost")
