"""A process that is asked to end does so in good order, as after Ctrl-C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ended_by_request() -> Iterator[None]:
    """While inside, SIGTERM ends what runs as Ctrl-C does, so that all is released and kept.

    Shells start background jobs with SIGINT ignored: SIGTERM (`kill`) is how these are ended.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may ask for signals
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
