import os
import sys
import threading
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.sniffing.outlets import (
    FileOutlet,
    PipeOutlet,
    check_outlet,
    make_pipe,
    outlet,
    wireshark,
)


def test_file_holds_every_block_at_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.pcapng"
    kept = outlet(str(path))

    assert kept.write(b"block")
    assert path.read_bytes() == b"block"
    kept.close()


def test_file_that_cannot_be_written_is_a_fault_of_the_surroundings() -> None:
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        FileOutlet(Path("/proc/none/a.pcapng"))


def test_reader_of_a_named_pipe_gets_everything(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    make_pipe(path)
    make_pipe(path)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()

    pipe = outlet(str(path))
    assert pipe.write(bytes(300_000))
    pipe.close()
    reader.join()

    assert got == [bytes(300_000)]


def test_reader_that_has_ended_is_noticed() -> None:
    reading, writing = os.pipe()
    pipe = PipeOutlet(writing, "pipe")
    os.close(reading)

    assert not pipe.write(b"block")
    pipe.close()


def test_slow_reader_loses_blocks_and_holds_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.lab.sniffing.outlets._LIMIT", 100_000)
    monkeypatch.setattr("emulator.lab.sniffing.outlets._LAST", 0.0)
    reading, writing = os.pipe()
    pipe = PipeOutlet(writing, "pipe")

    assert all(pipe.write(bytes(10_000)) for _ in range(40))

    assert pipe.lost > 0
    os.close(reading)
    pipe.close()


def test_what_is_there_already_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.pcapng"
    path.write_bytes(b"somebody's")

    with pytest.raises(UsageError, match="--force"):
        check_outlet(str(path), force=False)
    with pytest.raises(UsageError, match="is a folder"):
        check_outlet(str(tmp_path), force=True)
    check_outlet(str(path), force=True)
    check_outlet(str(tmp_path / "new"), force=False)


def test_name_of_something_else_becomes_no_pipe(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EnvironmentFault, match="no named pipe"):
        make_pipe(tmp_path / "file")
    with pytest.raises(EnvironmentFault, match="no named pipe"):
        make_pipe(tmp_path / "none" / "pipe")


def test_wireshark_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EnvironmentFault, match="install it"):
        wireshark()


def test_wireshark_reads_the_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "wireshark"
    program.write_text(
        f"#!/bin/sh\n/bin/cat > {tmp_path}/seen\n/bin/mv {tmp_path}/seen {tmp_path}/all\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    pipe = wireshark()
    pipe.write(b"capture")
    pipe.close()
    assert pipe.reader is not None
    pipe.reader.wait()

    assert (tmp_path / "all").read_bytes() == b"capture"


def test_standard_output_stays_open(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    pipe = PipeOutlet(sys.__stdout__.fileno(), "standard output", ours=False)  # type: ignore[union-attr]  # a test has one
    pipe.write(b"octets")
    pipe.close()

    os.write(1, b" more")
    assert capfdbinary.readouterr().out == b"octets more"
