"""A hot shoe is tested through a CHAS: what must be refused, what limits decide, what a home sees.

The limits are EXAMPLE-NOT-ICHIS: made up, so that the way to a verdict can be seen. The traces are
made for this scenario, and measured on nothing.
"""

from functools import partial

from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.rf_noise.trials.noisy_home import NoisyHome
from emulator.rf_noise.trials.rising_noise import show_margins
from emulator.rf_noise.trials.shipped import EXAMPLE_LIMITS, shipped_path, shipped_trace
from emulator.rf_noise.trials.tested import check_request, judge_bands, refused, show_findings

SOURCES = (
    Source("SEC", "H14.46"),
    Source("SEC App. J", "14.1 to 14.3"),
    Source("ICHIS", "Annex F"),
)
TAGS = ("radio", "rf-noise", "chas")
SHIPMENT = "dual-fuel.csv"

TRACES = ("hot-shoe-423.dat", "hot-shoe-868.dat", "hot-shoe-900.dat", "hot-shoe-2400.csv")


def run(lab: Lab) -> None:
    """First the laboratory's test, then the home whose hub sits on that hot shoe."""
    lab.home_needs("ESME", "GSME")
    lab.site.on_plan("terrace.toml")
    traces = tuple(shipped_path(name) for name in TRACES)
    request = check_request(traces, EXAMPLE_LIMITS, chas="EXAMPLE-CHAS-1")
    refused(lab, "a gas meter is no device to test", "SEC H14.46", request, dut="GSME")
    unlisted = "a CHAS that is not listed, without agreement"
    refused(lab, unlisted, "SEC App. J 14.3", request, chas="EXAMPLE-CHAS-9")
    findings = judge_bands(lab, request)
    show_findings(lab, findings)
    home = NoisyHome(lab, shipped_trace(TRACES[-1]))
    home.make_noise(0)
    home.install("ESME", "GSME")
    for kind in ("ESME", "GSME"):
        device = lab.home().device(kind)
        took = home.answers(device)
        lab.step(f"{device.name} reads the hub on the hot shoe", "SEC H14.46").expect(
            partial(bool, took), f"in {took}; {home.noise():.1f} dBm in the channel"
        )
    show_margins(home, home.noise())
