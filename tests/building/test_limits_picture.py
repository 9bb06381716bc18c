import re

from emulator.alt_han.bridge.settings import Transparency
from emulator.building.limits import BEHAVIOURS, Trial
from emulator.building.limits_picture import limits_picture


def test_every_behaviour_of_every_trial_of_the_ladder_is_a_square() -> None:
    carried = (True, False, True, False, False)
    trials = [
        Trial(kind, ladder, rung, carried)
        for kind in (Transparency.RELAY, Transparency.PROXY)
        for ladder in ("loss", "latency")
        for rung in ("a", "b")
    ]

    drawn = limits_picture(trials, "loss")

    titles = re.findall("<title>(.*?)</title>", drawn)
    told = [title for title in titles if ": " in title]
    assert len(told) == 2 * 2 * len(BEHAVIOURS)
    assert sum("not carried" in title for title in told) == 2 * 2 * carried.count(False)
