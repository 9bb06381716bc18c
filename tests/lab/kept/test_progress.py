from io import StringIO

from emulator.kernel.units import Instant, seconds
from emulator.lab.kept.progress import ProgressLine


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_where_nobody_watches() -> None:
    stream = StringIO()
    line = ProgressLine(stream, lambda: 0.0)

    line.show("ESME joins", Instant(0))
    line.clear()

    assert stream.getvalue() == ""


def test_terminal_sees_what_happens_and_when() -> None:
    stream = Terminal()
    line = ProgressLine(stream, lambda: 0.0)

    line.show("ESME joins\x1b[31m", Instant(seconds(12.34)))

    assert stream.getvalue() == "\r\x1b[2K      12.3 s  ESME joins?[31m"


def test_pictures_keep_their_distance_in_wall_clock() -> None:
    stream = Terminal()
    clock = iter([0.0, 0.0, 0.05, 0.2, 0.2])
    line = ProgressLine(stream, lambda: next(clock))

    for text in ("one", "two", "three"):
        line.show(text, Instant(0))

    assert "one" in stream.getvalue()
    assert "two" not in stream.getvalue()
    assert "three" in stream.getvalue()


def test_line_is_gone_when_cleared() -> None:
    stream = Terminal()
    line = ProgressLine(stream, lambda: 0.0)
    line.show("ESME joins", Instant(0))

    line.clear()
    line.clear()

    assert stream.getvalue().endswith("joins\r\x1b[2K")
