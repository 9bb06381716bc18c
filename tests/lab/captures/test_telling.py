from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.key_files import ring_of
from emulator.lab.captures.reading import parse_capture
from emulator.lab.captures.telling import TellingRow, tell
from emulator.testing.scenes.captured_homes import captured_frames, captured_home


def told(*, with_keys: bool = True) -> list[TellingRow]:
    capture = parse_capture(captured_home()[0])
    return list(tell(capture.frames, ring_of([], capture.keys if with_keys else ())))


def test_every_frame_of_our_own_capture_is_opened_by_its_own_keys() -> None:
    rows = told()

    assert not [row for row in rows if row.row.label.startswith("encrypted")]
    assert all(row.fcs for row in rows)
    assert any("Key Establishment" in row.row.label for row in rows)


def test_without_keys_protected_frames_stay_closed() -> None:
    assert [row for row in told(with_keys=False) if row.row.label.startswith("encrypted")]


def test_a_transported_key_opens_what_follows() -> None:
    capture = parse_capture(captured_home()[0])
    link = [key for key in capture.keys if not key.network]

    rows = list(tell(capture.frames, ring_of([], link)))

    transported = next(n for n, row in enumerate(rows) if "Transport Key" in row.row.label)
    after = [row.row.label for row in rows[transported + 1 :]]
    assert not [label for label in after if label.startswith("encrypted NWK")]


def test_addresses_stand_for_those_who_have_no_name() -> None:
    row = next(row for row in told() if row.row.layer == "zcl")

    assert row.row.source.startswith("0x")
    assert row.row.destination.startswith("0x")


def test_octets_that_are_no_frame_are_told_all_the_same() -> None:
    (row,) = tell([CapturedFrame(1, 0, b"\xff\xff")], ring_of([]))

    assert row.row.source == "?"
    assert row.fcs is None


def test_a_wrong_fcs_is_told() -> None:
    frame = captured_frames()[0]
    wrong = CapturedFrame(1, 0, frame.psdu, bytes(2))

    (row,) = tell([wrong], ring_of([]))

    assert row.fcs is False


def test_a_row_is_a_json_document() -> None:
    row = told()[0]

    document = row.document(row.frame.at - 5)

    assert document["number"] == 1
    assert document["at_us"] == 5
    assert (document["page"], document["channel"]) == (0, 11)
    assert document["psdu"] == row.frame.psdu.hex()
