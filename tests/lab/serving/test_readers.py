import asyncio
import os
import pickle
import signal
import socket

import pytest

from emulator.duis.desk import Refused
from emulator.duis.document import Bounds
from emulator.lab.serving.readers import Reader, Readers, readers_for
from emulator.lab.serving.reading_process import READY, WhatToKnow, framed

KNOW = WhatToKnow((), None, Bounds())
HERE = Refused(400, "read here")
THERE = Refused(400, "read there")


def here(_octets: bytes) -> Refused:
    return HERE


async def connected() -> tuple[Reader, socket.socket]:
    near, far = socket.socketpair()
    _, reader = await asyncio.get_running_loop().create_connection(Reader, sock=near)
    return reader, far


async def until_ready(reader: Reader, far: socket.socket) -> None:
    far.sendall(framed(READY))
    async with asyncio.timeout(10):
        while not reader.ready:
            await asyncio.sleep(0)


def test_a_process_that_is_not_up_yet_is_not_waited_for() -> None:
    async def ask() -> object:
        reader, far = await connected()
        with far:
            return await reader.ask(b"x")

    assert asyncio.run(ask()) is None


def test_answers_come_in_the_order_of_asking_however_they_are_cut() -> None:
    async def ask() -> list[object]:
        reader, far = await connected()
        with far:
            await until_ready(reader, far)
            asked = [reader.ask(b"1"), reader.ask(b"2"), reader.ask(b"3")]
            assert reader.waiting == 3
            told = framed(pickle.dumps(THERE)) + framed(b"") + framed(pickle.dumps(HERE))
            for octet in told:
                far.sendall(bytes((octet,)))
                await asyncio.sleep(0)
            return await asyncio.gather(*asked)

    assert asyncio.run(ask()) == [THERE, None, HERE]


def test_what_a_process_that_ended_had_before_it_is_read_by_others() -> None:
    async def ask() -> list[object]:
        reader, far = await connected()
        await until_ready(reader, far)
        asked, given_up = reader.ask(b"1"), reader.ask(b"2")
        given_up.cancel()
        far.close()
        return [await asked, await reader.ask(b"3")]

    assert asyncio.run(ask()) == [None, None]


def test_without_processes_documents_are_read_here() -> None:
    readers = Readers(0, KNOW, here)

    assert asyncio.run(readers.read(b"x")) == HERE
    readers.close()


@pytest.mark.slow
def test_a_process_reads_and_what_it_leaves_undone_is_read_here() -> None:
    readers = Readers(1, KNOW, here)

    async def read() -> list[object]:
        await readers.open()
        async with asyncio.timeout(60):
            while (first := await readers.read(b"<a/>")) == HERE:
                await asyncio.sleep(0.05)
        os.kill(readers.processes[0].pid, signal.SIGKILL)
        return [first, await readers.read(b"<a/>")]

    there, after = asyncio.run(read())
    readers.close()

    assert isinstance(there, Refused)
    assert there != HERE
    assert after == HERE
    assert readers.processes[0].returncode == -signal.SIGKILL


def test_one_home_needs_no_process_beside_its_own() -> None:
    assert readers_for(1) == 0
    assert 0 <= readers_for(50) <= 3
