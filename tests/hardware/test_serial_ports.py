"""The serial ports that a lab engineer sees."""

from dataclasses import dataclass

from hardware.serial_ports import SerialPort, serial_ports


@dataclass
class FakePort:
    device: str
    description: str = "n/a"
    hwid: str = "n/a"


def test_ports_come_sorted_by_path() -> None:
    plugged = [FakePort("/dev/ttyUSB1"), FakePort("/dev/ttyACM0")]

    found = serial_ports(lambda: plugged)

    assert [port.device for port in found] == ["/dev/ttyACM0", "/dev/ttyUSB1"]


def test_port_tells_what_the_dongle_calls_itself() -> None:
    dongle = FakePort("/dev/ttyACM0", "OpenThread RCP", "USB VID:PID=1915:0000")

    found = serial_ports(lambda: [dongle])

    assert found == (SerialPort("/dev/ttyACM0", "OpenThread RCP", "USB VID:PID=1915:0000"),)


def test_port_that_says_nothing_of_itself_has_empty_texts() -> None:
    found = serial_ports(lambda: [FakePort("/dev/ttyS0")])

    assert found == (SerialPort("/dev/ttyS0", "", ""),)


def test_machine_without_ports_has_none() -> None:
    assert serial_ports(list) == ()


def test_this_machine_is_asked_without_failing() -> None:
    assert all(port.device for port in serial_ports())
