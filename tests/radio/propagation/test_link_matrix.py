from math import inf
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.radio.propagation.distance import FreeSpace
from emulator.radio.propagation.link_matrix import LinkMatrix, band_of, read_links
from emulator.radio.propagation.path_loss import Place

HUB, METER, FAR = Place("CHF"), Place("ESME", 4), Place("GSME", 9)
ROWS = """\
# measured in a terraced house
from,to,band,loss_db
CHF,ESME,2.4 GHz,61.5
ESME,CHF,2.4 GHz,63

CHF,ESME,868 MHz,48
"""


def matrix(folder: Path, text: str) -> LinkMatrix:
    (folder / "links.csv").write_text(text)
    return read_links(folder / "links.csv")


def test_row_holds_both_ways_unless_the_other_way_has_its_own(tmp_path: Path) -> None:
    links = matrix(tmp_path, ROWS)

    assert links.loss(HUB, METER, 2.44e9) == 61.5
    assert links.loss(METER, HUB, 2.44e9) == 63
    assert links.loss(METER, HUB, 868e6) == links.loss(HUB, METER, 868e6) == 48
    assert links.names() == ("CHF", "ESME")


def test_link_that_was_not_measured_is_none_or_what_a_model_says(tmp_path: Path) -> None:
    links = matrix(tmp_path, ROWS)

    assert links.loss(HUB, FAR, 2.44e9) == inf
    model = LinkMatrix(links.losses, FreeSpace())
    assert model.loss(HUB, FAR, 2.44e9) == FreeSpace().loss(HUB, FAR, 2.44e9)
    assert model.loss(HUB, METER, 2.44e9) == 61.5


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    links = matrix(tmp_path, "loss_db,band,to,from\n70,915 MHz,b,a\n")

    assert links.losses == {("a", "b", "915 MHz"): 70}


def test_frequency_belongs_to_the_band_next_to_it() -> None:
    assert [band_of(f) for f in (868.3e6, 915.35e6, 2.405e9)] == ["868 MHz", "915 MHz", "2.4 GHz"]


def test_every_wrong_row_is_told_at_once(tmp_path: Path) -> None:
    text = (
        ROWS
        + "CHF,ESME,868 MHz,49\nCHF,CHF,868 MHz,4\nCHF,IHD,900,4\nCHF,IHD,868 MHz,48,5\n"
        + "CHF,IHD,868 MHz,much\nCHF,IHD,868 MHz,-3\nCHF\n"
    )

    with pytest.raises(UsageError) as refusal:
        matrix(tmp_path, text)

    name = tmp_path / "links.csv"
    assert refusal.value.problems == (
        f"{name}:7: from 'CHF' to 'ESME', 868 MHz: there is such a row above",
        f"{name}:8: from 'CHF' to 'CHF': expected two different places",
        f"{name}:9: band '900': expected one of 2.4 GHz, 868 MHz, 915 MHz",
        f"{name}:10: 5 cells: expected 4; is a decimal comma among them?",
        f"{name}:11: loss_db 'much': expected a number of dB with a decimal point",
        f"{name}:12: loss_db -3: expected 0 to 300 dB",
        f"{name}:13: 1 cells: expected 4",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty: expected a header"),
        ("x" * 200_000, ":1: field larger than field limit"),
        ("from,to,loss\na,b,3\n", ":1: header 'from,to,loss': expected from,to,band,loss_db"),
    ],
)
def test_file_without_the_header_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        matrix(tmp_path, text)


def test_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_links(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="no UTF-8"):
        read_links(tmp_path / "bad.csv")
