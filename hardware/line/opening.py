"""Opens a line by its address, whatever it runs over."""

from hardware.line.address import SerialAddress, TcpAddress, parse_address
from hardware.line.byte_line import ByteLine
from hardware.line.serial_line import open_serial
from hardware.line.tcp_line import open_tcp


def open_line(text: str) -> ByteLine:
    """The line that somebody named, open for nobody else.

    Raises:
        UsageError: when the text is no address.
        LineFault: when the line does not open; says why and what to do.
    """
    match parse_address(text):
        case SerialAddress() as address:
            return open_serial(address)
        case TcpAddress() as address:
            return open_tcp(address)
