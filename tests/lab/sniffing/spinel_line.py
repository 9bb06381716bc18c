"""A dongle's side of a line in a socket: it has heard frames, answers what it is asked, or ends."""

import socket

from emulator.kernel.scheduler import Scheduler
from emulator.lab.radios.kinds import DongleReport
from emulator.lab.radios.lines import HostedLine
from emulator.lab.sniffing.kinds import SniffedFrame, Sniffer
from emulator.radio.fcs import with_fcs
from hardware.line.tcp_line import TcpLine
from hardware.spinel.frames import PhyData, ReceivedFrame, property_frame
from hardware.spinel.hdlc import hdlc_frame
from hardware.spinel.properties import Command, Property
from hardware.spinel.sniffer import SpinelSniffer


def heard_octets(psdu: bytes, moment: int = 0, flags: int = 0) -> bytes:
    """What a co-processor sends for a frame that it heard on channel 15."""
    phy = PhyData(15, 200, moment).encode()
    value = ReceivedFrame(with_fcs(psdu), -50, -128, flags, phy).encode()
    return hdlc_frame(property_frame(0, Command.PROP_VALUE_IS, Property.STREAM_RAW, value))


class HeardKind:
    """Implements `SnifferKind`: a dongle that has heard these octets and is then pulled out."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._far: socket.socket | None = None

    def check(self, port: str) -> None:
        assert port

    def probe(self, port: str) -> DongleReport:
        raise AssertionError(port)

    def line(self, port: str) -> HostedLine:
        assert port
        with socket.create_server(("127.0.0.1", 0)) as server:
            near = socket.create_connection(server.getsockname())
            far, _ = server.accept()
        far.sendall(self._octets)
        far.shutdown(socket.SHUT_WR)
        self._far = far  # open, so that what the sniffer asks is no error
        return TcpLine("dongle", near)

    def __del__(self) -> None:
        if self._far is not None:
            self._far.close()

    def sniffer(self, name: str, scheduler: Scheduler, heard: object) -> Sniffer:
        assert callable(heard)

        def told(frame: SniffedFrame) -> None:
            heard(frame)

        return SpinelSniffer(name, scheduler, told)
