import os
import signal
import threading

from emulator.lab.interactive.interrupts import interruptible


def test_ctrl_c_is_noted_and_disturbs_nothing() -> None:
    with interruptible() as stopped:
        before = stopped()
        os.kill(os.getpid(), signal.SIGINT)
        after = stopped()

    assert (before, after) == (False, True)


def test_ctrl_c_means_what_it_did_afterwards() -> None:
    usual = signal.getsignal(signal.SIGINT)

    with interruptible():
        inside = signal.getsignal(signal.SIGINT)

    assert inside is not usual
    assert signal.getsignal(signal.SIGINT) is usual


def test_other_threads_are_never_interrupted() -> None:
    found: list[bool] = []

    def look() -> None:
        with interruptible() as stopped:
            found.append(stopped())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert found == [False]
