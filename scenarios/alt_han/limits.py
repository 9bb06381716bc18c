"""How bad a line may be until a HAN across it breaks: latency, loss, throughput, MTU, outages.

Each line is tried with a home of its own; the lines are examples, because the backhaul of real
equipment is not public. What breaks first, and what a proxy adds, does not depend on that.
"""

from emulator.alt_han.bridge.settings import Transparency
from emulator.building.limits import BEHAVIOURS, LADDERS, limits, try_line
from emulator.building.limits_picture import limits_picture
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("DCP 400", "3.2"),
    Source("IEEE 802.15.4-2006", "7.5.3.1, 7.5.6.3"),
    Source("R22", "Annex D"),
)
TAGS = ("alt-han", "bridge", "limits")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """Every transparency over every line; then one picture for each way to be bad."""
    trials = []
    for transparency in Transparency:
        for ladder, rungs in LADDERS.items():
            lab.report_progress(f"{transparency.value}: {ladder}")
            trials += [
                try_line(transparency, ladder, rung, lab.options.seed) for rung in range(len(rungs))
            ]
            found = limits(tuple(trials))
            told = "; ".join(
                f"{behaviour}: {found[transparency, ladder, behaviour]}" for behaviour in BEHAVIOURS
            )
            lab.step(f"{transparency.value}, {ladder}: limits", "DCP 400 3.2").done(told)
    for ladder in LADDERS:
        lab.picture(
            f"What is carried: {ladder}",
            limits_picture(trials, ladder),
            "One home a square; more than one seed would blur the edges where frames are lost.",
        )
    good = [trial for trial in trials if trial.rung in ("1 ms", "1000 kbit/s")]
    lab.step("over a good line everything is carried, whatever the bridge is", "").expect(
        lambda: all(all(trial.carried) for trial in good)
    )
    found = limits(tuple(trials))
    late = "latency, one way"
    worse = [words for words, _ in LADDERS[late]]
    joins = "a sleeping gas meter joins"

    def reach(transparency: Transparency) -> int:
        limit = found[transparency, late, joins]
        return worse.index(limit) if limit in worse else -1

    lab.step("a proxy stands more latency than a relay", "IEEE 802.15.4-2006 7.5.3.1").expect(
        lambda: reach(Transparency.PROXY) > reach(Transparency.RELAY),
        f"relay: {found[Transparency.RELAY, late, joins]}, "
        f"proxy: {found[Transparency.PROXY, late, joins]}, "
        f"router: {found[Transparency.ROUTER, late, joins]}",
    )
