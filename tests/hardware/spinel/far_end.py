"""Somebody at the far end of a line, in a thread: answers as told, or is a virtual co-processor."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from emulator.kernel.units import Instant, milliseconds
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.radios.serving import Served, ServeRequest
from hardware.line.byte_line import ByteLine
from hardware.line.opening import open_line
from hardware.line.serving import serve_line


class FarEnd:
    """Answers each question that begins with a known stretch of octets; gives our end."""

    def __init__(self, answers: Mapping[bytes, bytes]) -> None:
        self._answers = answers
        self._served = serve_line("tcp://127.0.0.1:0")
        self._wanted = True
        self._clock = PacedClock()
        self._clock.open("far", lambda: self._served, self._take)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ours: ByteLine | None = None

    @property
    def port(self) -> str:
        """Where it is served."""
        return self._served.name

    def __enter__(self) -> ByteLine:
        self._thread.start()
        self._ours = open_line(self._served.name)
        return self._ours

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._wanted = False
        self._thread.join()
        self._clock.close()
        if self._ours is not None:
            self._ours.close()

    def _take(self, octets: bytes) -> None:
        for question, answer in self._answers.items():
            if question in octets:
                self._served.write(answer)

    def _serve(self) -> None:
        now = Instant(0)
        while self._wanted:
            target = Instant(now + milliseconds(20))
            now, inputs = self._clock.wait(now, target)
            for take in inputs:
                take()

    @staticmethod
    @contextmanager
    def co_processor(port: str = "tcp://127.0.0.1:0") -> Iterator[ByteLine]:
        """Our end of a line at whose other end a virtual co-processor is served."""
        with ServedRcp(port) as name:
            line = open_line(name)
            try:
                yield line
            finally:
                line.close()

    @staticmethod
    @contextmanager
    def closing_at_once(served: ByteLine) -> Iterator[ByteLine]:
        """Our end of a line that is closed already at the other."""
        line = open_line(served.name)
        served.read()
        served.close()
        try:
            yield line
        finally:
            line.close()


class ServedRcp:
    """A virtual co-processor served by a thread; gives the port."""

    def __init__(
        self, port: str = "tcp://127.0.0.1:0", faults: tuple[str, ...] = (), kind: str = "spinel"
    ) -> None:
        self._clock = PacedClock()
        request = ServeRequest(kind=kind, port=port, faults=faults)
        self.served = Served(request, self._clock, None)
        self._wanted = True
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return self.served.port

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._wanted = False
        self._thread.join()
        self._clock.close()

    def _run(self) -> None:
        scheduler = self.served.scheduler
        while self._wanted:
            scheduler.run(Instant(scheduler.now + milliseconds(20)))
