"""What people write where a line is."""

import pytest

from emulator.kernel.errors import UsageError
from hardware.line.address import SerialAddress, TcpAddress, parse_address


@pytest.mark.parametrize("path", ["/dev/ttyACM0", "COM5", "/dev/serial/by-id/usb-x"])
def test_path_is_a_serial_port_at_the_usual_baud_rate(path: str) -> None:
    assert parse_address(path) == SerialAddress(path, 115_200, "none")


def test_serial_port_takes_other_settings() -> None:
    told = parse_address("/dev/ttyUSB0?baud=460800&flow=hardware")

    assert told == SerialAddress("/dev/ttyUSB0", 460_800, "hardware")


@pytest.mark.parametrize("text", ["tcp://127.0.0.1:6638", "socket://127.0.0.1:6638"])
def test_tcp_has_two_names(text: str) -> None:
    assert parse_address(text) == TcpAddress("127.0.0.1", 6638)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo://x",
        "tcp://",
        "tcp://host",
        "tcp://host:99999",
        "tcp://host:x",
        "tcp://host:1/path",
        "/dev/x?baud=0",
        "/dev/x?baud=fast",
        "/dev/x?flow=maybe",
        "/dev/x?speed=1",
    ],
)
def test_anything_else_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(UsageError, match="expected"):
        parse_address(text)


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("192.168.7.1", False),
        ("lab", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, near: bool) -> None:
    assert TcpAddress(host, 1).loopback is near


def test_address_prints_as_it_is_written() -> None:
    assert str(TcpAddress("::1", 5)) == "tcp://[::1]:5"
    assert str(SerialAddress("/dev/x", 460_800)) == "/dev/x"


def test_serial_settings_of_an_unusual_line_are_read() -> None:
    address = parse_address("/dev/ttyS0?parity=even&data=7&stop=2")

    assert address == SerialAddress("/dev/ttyS0", parity="even", data_bits=7, stop_bits=2)


@pytest.mark.parametrize("setting", ["parity=mark", "data=9", "stop=0", "speed=1"])
def test_serial_setting_that_is_none_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match=r"parity=none\|even\|odd"):
        parse_address(f"/dev/ttyS0?{setting}")
