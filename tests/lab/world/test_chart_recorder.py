"""Transmissions are kept as they come, and dissected with the keys known at the end."""

from emulator.kernel.units import Instant
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


def test_who_looks_again_gets_the_rows_that_are_new() -> None:
    recorder, whole = ChartRecorder(NAMES), ChartRecorder(NAMES)
    aps = sealed_nwk(nwk_header(), aps_header().encode() + b"\x08\x01\x0b\x00\x00")
    for each in (recorder, whole):
        each.keys.add_network_key(NETWORK_KEY, 0)
        each.keep_only(3)
    for at in (1, 2, 3, 4):
        for each in (recorder, whole):
            each.observe(transmission(mac_data(aps), at=at))
    first = recorder.new_rows(Instant(2))
    for each in (recorder, whole):
        each.observe(transmission(mac_data(aps), at=5))

    assert [row.at for row in first] == [3, 4]
    assert recorder.new_rows(Instant(4)) == whole.rows()[-1:]
    assert recorder.new_rows(Instant(5)) == ()
    assert recorder.rows() == whole.rows()


def test_who_keeps_everything_gets_the_new_rows_too() -> None:
    recorder = ChartRecorder(NAMES)
    for at in (5, 9):
        recorder.observe(transmission(mac_data(sealed_nwk(nwk_header(), b"x")), at=at))

    assert [row.at for row in recorder.new_rows(Instant(5))] == [9]
    assert [row.at for row in recorder.new_rows(Instant(0))] == [5, 9]
