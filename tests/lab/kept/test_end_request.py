import os
import signal
import threading

import pytest

from emulator.lab.kept.end_request import ended_by_request


def test_request_to_end_is_as_ctrl_c_and_only_inside() -> None:
    usual = signal.getsignal(signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt), ended_by_request():
        os.kill(os.getpid(), signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) is usual


def test_other_threads_ask_for_no_signal() -> None:
    ran: list[bool] = []

    def look() -> None:
        with ended_by_request():
            ran.append(True)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert ran == [True]
