"""The reference commands given to emulated devices, and how many answers are right."""

from collections.abc import Iterator
from statistics import median
from time import process_time

from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs_device.replay.comparison import Match
from emulator.gbcs_device.replay.reference_pairs import ReferencePair, pair_files, read_pair
from emulator.gbcs_device.replay.replay import Replay
from emulator.testing.judges.reference_data import reference_keys, shared_folder
from tests.benchmarks.figures import Figure

ROUNDS = 3


def measure() -> Iterator[Figure]:
    """Right answers, and the processor seconds that all of them take."""
    folder = shared_folder() / "rtds"
    if not folder.is_dir():
        absent = "the Reference Test Data Set is not there"
        yield _answers(None, absent)
        return
    pairs = [read_pair(command, response) for command, response in pair_files(folder)]
    keys = reference_keys()
    rounds = [_round(pairs, keys) for _ in range(ROUNDS)]
    yield _answers(rounds[0][0], f"of {len(pairs)} pairs")
    times = [seconds for _, seconds in rounds]
    yield Figure(
        name="reference replay: processor time",
        figure=round(median(times), 3),
        unit="s",
        target=5.0,
        better="lower",
        detail=f"{len(pairs)} pairs, median of {ROUNDS}; {min(times):.2f} to {max(times):.2f}",
    )


def _round(pairs: list[ReferencePair], keys: KeyStore) -> tuple[int, float]:
    start = process_time()
    right = sum(each.match is not Match.DIFFERENT for each in Replay(keys).replay(pairs))
    return right, process_time() - start


def _answers(right: int | None, detail: str) -> Figure:
    return Figure(
        name="reference replay: answers right, signatures aside",
        figure=right,
        unit="answers",
        target=490,
        better="higher",
        detail=detail,
    )
