"""TCP connections to dongles."""

import socket

import pytest

from hardware.line.address import TcpAddress
from hardware.line.byte_line import LineFault
from hardware.line.tcp_line import TcpLine, open_tcp
from tests.hardware.line.line_ends import take


def test_nobody_there_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(LineFault, match=r"nobody answers .*: start what serves it"):
        open_tcp(TcpAddress("127.0.0.1", port))


def test_octets_go_both_ways() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = open_tcp(TcpAddress("127.0.0.1", server.getsockname()[1]))
        other, _ = server.accept()
        with other:
            line.write(b"ask")
            assert other.recv(9) == b"ask"
            other.sendall(b"answer")
            assert take(line, 6) == b"answer"
            assert line.read() == b""
            assert not line.unsent
            line.flush()
        line.close()


def test_end_that_closes_is_a_lost_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = open_tcp(TcpAddress("127.0.0.1", server.getsockname()[1]))
        server.accept()[0].close()

        with pytest.raises(LineFault, match="the other end closed the line"):
            take(line, 1)

    assert line.fileno() == -1


def test_writing_after_the_other_end_reset_is_a_lost_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = open_tcp(TcpAddress("127.0.0.1", server.getsockname()[1]))
        other, _ = server.accept()
        other.close()

        with pytest.raises(LineFault, match="closed the line"):
            write_much(line)


def write_much(line: TcpLine) -> None:
    for _ in range(1000):
        line.write(bytes(1000))
