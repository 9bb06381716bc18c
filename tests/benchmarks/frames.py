"""Build and parse one report under NWK and APS security beside scapy on the same octets.

Both build and parse MAC, NWK, APS, both auxiliary headers, and the report; scapy is given what the
keys would make of them.
"""

import sys
from collections.abc import Iterator
from subprocess import PIPE, Popen

from tests.benchmarks import frame_by_hanlab
from tests.benchmarks.figures import Figure, median_ratio, seconds_of

OURS = 1_000
THEIRS = 20
ROUNDS = 15


def measure() -> Iterator[Figure]:
    """How many times as fast as scapy, a frame built and parsed."""
    frame = frame_by_hanlab.build()
    with Popen(
        [sys.executable, "-m", "tests.benchmarks.frame_by_scapy"],
        stdin=PIPE,
        stdout=PIPE,
        text=True,
    ) as scapy:
        assert scapy.stdin is not None
        assert scapy.stdout is not None
        asked, answers = scapy.stdin, scapy.stdout

        def theirs(rounds: int = THEIRS) -> float:
            asked.write(f"{rounds}\n")
            asked.flush()
            return float(answers.readline()) / rounds

        for octets in (frame, *frame_by_hanlab.opened(frame)):
            asked.write(octets.hex() + "\n")
        asked.flush()
        assert answers.readline() == "ready\n"
        ratio, our_time, their_time = median_ratio(_ours, theirs, ROUNDS)
        asked.close()
    yield Figure(
        name="frame: build and parse, ratio to scapy",
        figure=round(ratio, 1),
        unit="x",
        target=50,
        better="higher",
        detail=f"{len(frame)} octets, {ROUNDS} rounds in turn, median: {our_time * 1e6:.1f} us "
        f"with encryption beside {their_time * 1e6:.0f} us without",
    )


def _ours() -> float:
    return seconds_of(_rounds) / OURS


def _rounds() -> None:
    for _ in range(OURS):
        frame_by_hanlab.parse(frame_by_hanlab.build())
