"""Many requests at once against many premises."""

from pathlib import Path

import pytest

from emulator.testing.served.duis_burst import burst, inbox, reads
from emulator.testing.served.served_dcc import served_dcc

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"


def answered(premises: int, count: int) -> tuple[list[str], dict[str, list[str]]]:
    """The codes of acknowledgements, and those of what came later by request."""
    with inbox() as box:
        words = ("--devices", str(SHIPMENT), "--premises", str(premises))
        with served_dcc((*words, "--response-url", box.url)) as served:
            documents = reads(served, count)
            taken = burst(served.url("duis"), list(documents.values()))
            box.wait(count)
            later = box.codes()
    assert later.keys() <= documents.keys()
    return [code for _, code in taken], later


@pytest.mark.slow
def test_of_many_requests_at_once_none_is_lost_and_none_answered_twice() -> None:
    at_once, later = answered(50, 200)

    assert at_once == ["I99"] * 200
    assert len(later) == 200
    assert set(map(tuple, later.values())) == {("I0",)}
