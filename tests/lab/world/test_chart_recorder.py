"""Transmissions are kept as they come, and dissected with the keys known at the end."""

from emulator.lab.world.chart_recorder import ChartRecorder
from emulator.testing.stack.dissector_scene import (
    HUB,
    METER,
    NETWORK_KEY,
    aps_header,
    mac_data,
    nwk_header,
    sealed_nwk,
    transmission,
)

NAMES = {HUB.eui64: HUB.name, METER.eui64: METER.name}


def test_rows_are_the_transmissions_in_their_order() -> None:
    recorder = ChartRecorder(NAMES)
    for at in (5, 9):
        recorder.observe(transmission(mac_data(sealed_nwk(nwk_header(), b"x")), at=at))

    assert [row.at for row in recorder.rows()] == [5, 9]


def test_nothing_transmitted_is_nothing_to_see() -> None:
    assert ChartRecorder(NAMES).rows() == ()


def test_key_that_came_later_opens_what_was_recorded_before() -> None:
    recorder = ChartRecorder(NAMES)
    aps = sealed_nwk(nwk_header(), aps_header().encode() + b"\x08\x01\x0b\x00\x00")
    recorder.observe(transmission(mac_data(aps)))
    closed = recorder.rows()[0].layer

    recorder.keys.add_network_key(NETWORK_KEY, 0)

    assert (closed, recorder.rows()[0].layer) == ("nwk", "zcl")


def test_only_the_last_are_kept_when_asked_for_and_are_read_with_what_came_before() -> None:
    recorder = ChartRecorder(NAMES)
    recorder.keys.add_network_key(NETWORK_KEY, 0)
    aps = sealed_nwk(nwk_header(), aps_header().encode() + b"\x08\x01\x0b\x00\x00")
    for at in (1, 2, 3):
        recorder.observe(transmission(mac_data(aps), at=at))

    recorder.keep_only(2)
    recorder.observe(transmission(mac_data(aps), at=4))

    assert [row.at for row in recorder.rows()] == [3, 4]
    assert [row.layer for row in recorder.rows()] == ["zcl", "zcl"]


def test_what_came_before_is_read_when_somebody_looks_with_the_keys_of_then() -> None:
    recorder = ChartRecorder(NAMES)
    aps = sealed_nwk(nwk_header(), aps_header().encode() + b"\x08\x01\x0b\x00\x00")
    recorder.observe(transmission(mac_data(aps), at=1))
    recorder.keep_only(1)
    recorder.observe(transmission(mac_data(aps), at=2))
    recorder.keep_only(1)

    recorder.keys.add_network_key(NETWORK_KEY, 0)

    assert [(row.at, row.layer) for row in recorder.rows()] == [(2, "zcl")]
    assert recorder.rows() == recorder.rows()
