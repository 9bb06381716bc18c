from emulator.radio.capture import CaptureKey, KeyKind
from emulator.radio.key_file import key_file


def key(first: int, label: str) -> CaptureKey:
    return CaptureKey(bytes(range(first, first + 16)), label, KeyKind.LINK)


def test_each_key_is_a_line_as_wireshark_reads_it() -> None:
    text = key_file((key(0, "network"), key(1, "esme, CBKE")))

    assert text == (
        '"000102030405060708090a0b0c0d0e0f","Normal","network"\n'
        '"0102030405060708090a0b0c0d0e0f10","Normal","esme, CBKE"\n'
    )


def test_key_known_under_two_names_stands_once() -> None:
    assert key_file((key(0, "one"), key(0, "two"))).count("\n") == 1


def test_label_cannot_break_the_line() -> None:
    assert key_file((key(0, 'a"\n\\b'),)).endswith('"Normal","ab"\n')


def test_no_keys_make_an_empty_file() -> None:
    assert key_file(()) == ""
