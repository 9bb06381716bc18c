from emulator.radio.fcs import fcs_right
from emulator.testing.stack.dissector_scene import (
    AGREED_KEY,
    HUB,
    METER,
    aps_header,
    knowledge,
    mac_data,
    nwk_header,
    sealed_aps,
    sealed_nwk,
    transmission,
)


def test_everybody_of_the_scene_is_known_by_name_and_address() -> None:
    known = knowledge()

    assert known.names.device_at(METER.address) == "gsme"
    assert known.names.eui64_of(HUB.address) == HUB.eui64


def test_a_transmission_carries_its_fcs() -> None:
    sent = transmission(mac_data(b""))

    assert fcs_right(sent.psdu_with_fcs)


def test_a_sealed_frame_does_not_show_what_it_holds() -> None:
    sealed = sealed_aps(aps_header(secured=True), b"a reading of the meter", AGREED_KEY)
    frame = sealed_nwk(nwk_header(), sealed)

    assert b"reading" not in frame
