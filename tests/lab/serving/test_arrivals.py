import asyncio
import threading
from concurrent.futures import CancelledError, Future

import pytest

from emulator.kernel.errors import LocalError
from emulator.lab.serving.arrivals import Arrivals


def test_everybody_gets_what_is_theirs_from_another_thread() -> None:
    async def ask() -> list[int]:
        arrivals, futures = Arrivals[int](), [Future[int]() for _ in range(300)]
        waiting = [arrivals.awaited(each) for each in futures]

        def answer() -> None:
            for number, each in enumerate(futures):
                each.set_result(number)

        thread = threading.Thread(target=answer)
        thread.start()
        async with asyncio.timeout(10):
            found = await asyncio.gather(*waiting)
        thread.join()
        return found

    assert asyncio.run(ask()) == list(range(300))


def test_a_fault_and_a_call_off_come_to_who_asked() -> None:
    async def ask() -> list[BaseException | int]:
        arrivals, broken, called_off = Arrivals[int](), Future[int](), Future[int]()
        waiting = [arrivals.awaited(broken), arrivals.awaited(called_off)]
        broken.set_exception(LocalError("closed"))
        called_off.cancel()
        return await asyncio.gather(*waiting, return_exceptions=True)

    first, second = asyncio.run(ask())

    assert isinstance(first, LocalError)
    assert isinstance(second, asyncio.CancelledError)


def test_what_nobody_waits_for_any_more_is_not_done() -> None:
    future = Future[int]()

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await Arrivals[int]().awaited(future)

    asyncio.run(give_up())

    with pytest.raises(CancelledError):
        future.result(0)


def test_who_gave_up_is_passed_over_when_the_work_was_begun() -> None:
    async def give_up() -> None:
        future = Future[int]()
        future.set_running_or_notify_cancel()
        waiting = Arrivals[int]().awaited(future)
        waiting.cancel()
        future.set_result(1)
        await asyncio.sleep(0)
        assert waiting.cancelled()

    asyncio.run(give_up())
