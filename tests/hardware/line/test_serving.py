"""The dongle's own side: pseudo-terminals and TCP ports that programs open and close."""

import socket
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from hardware.line.opening import open_line
from hardware.line.serving import check_served, serve_line
from tests.hardware.line.line_ends import take


def test_program_opens_a_pseudo_terminal_as_a_serial_port(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))
    opened = open_line(str(tmp_path / "dongle"))

    opened.write(b"ask\x11\x13\r\n")
    asked = take(served, 7)
    served.write(b"answer\x03")

    assert asked == b"ask\x11\x13\r\n"
    assert take(opened, 7) == b"answer\x03"
    opened.close()
    served.close()


def test_pseudo_terminal_outlives_the_program(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))

    for octet in (b"1", b"2"):
        opened = open_line(str(tmp_path / "dongle"))
        opened.write(octet)
        assert take(served, 1) == octet
        opened.close()

    served.close()


def test_name_is_gone_when_it_is_served_no_more(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))

    served.close()
    served.close()

    assert not (tmp_path / "dongle").is_symlink()
    assert served.fileno() == -1


def test_name_that_a_dead_process_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "dongle").symlink_to("/dev/pts/gone")

    served = serve_line(str(tmp_path / "dongle"))

    assert (tmp_path / "dongle").exists()
    served.close()


def test_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")

    with pytest.raises(UsageError, match="is there already"):
        serve_line(str(tmp_path / "mine"))


def test_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        serve_line(str(tmp_path / "absent" / "dongle"))


def test_unread_pseudo_terminal_loses_octets_and_does_not_stop_the_dongle(tmp_path: Path) -> None:
    served = serve_line(str(tmp_path / "dongle"))

    for _ in range(50):
        served.write(bytes(4096))

    assert served.unsent
    served.flush()
    served.close()


def test_tcp_port_serves_one_program_after_the_other() -> None:
    served = serve_line("tcp://127.0.0.1:0")

    for octet in (b"1", b"2"):
        opened = open_line(served.name)
        opened.write(octet)
        assert take(served, 1) == octet
        served.write(b"yes")
        assert take(opened, 3) == b"yes"
        opened.close()

    served.close()


def test_octets_for_nobody_are_lost() -> None:
    served = serve_line("tcp://127.0.0.1:0")

    served.write(b"lost")

    assert not served.unsent
    assert served.read() == b""
    served.close()


def test_taken_tcp_port_is_a_fault_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(EnvironmentFault, match="choose another port"):
            serve_line(f"tcp://127.0.0.1:{port}")


def test_other_machines_come_only_when_told() -> None:
    with pytest.raises(UsageError, match="--beyond-loopback"):
        check_served("tcp://0.0.0.0:6638", beyond_loopback=False)

    assert str(check_served("tcp://0.0.0.0:6638", beyond_loopback=True)) == "tcp://0.0.0.0:6638"
