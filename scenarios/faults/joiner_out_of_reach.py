"""A joiner that hears nobody keeps looking, ever more rarely, and joins once it is moved."""

from emulator.lab.installing.commissioning import (
    finish_joining,
    form_network,
    join,
    open_and_start,
    register,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.smart_energy.facts import JoinState

SOURCES = (Source("ZSE 1.4", "5.5.5.1"),)
TAGS = ("range", "back-off")
SHIPMENT = "dual-fuel.csv"

SCANS_IN_HALF_AN_HOUR = range(10, 60)
"""Three scans a round, a round about every minute for 15 minutes, then hourly."""


def run(lab: Lab) -> None:
    """The last joiner stands where no frame reaches, for half an hour."""
    lab.needs_joiners(1)
    home = lab.home()
    *others, remote = home.joiners
    for other in (home.hub, *others):
        lab.out_of_reach(remote, other)
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in others:
        join(lab, home, device)
    open_and_start(lab, home, remote)
    lab.step(f"{remote.name} hears no network", "ZSE 1.4 5.5.5.1").unless(
        lambda: remote.joined, for_="30 min", detail=lambda: lab.where(remote)
    )
    scans = sum(fact.state == "SCANNING" for _, fact in lab.trace.of(JoinState, remote.name))
    lab.step("it scans often at first, then hourly", "ZSE 1.4 5.5.5.1").expect(
        lambda: scans in SCANS_IN_HALF_AN_HOUR, f"{scans} scans in half an hour"
    )
    for other in (home.hub, *others):
        lab.in_reach(remote, other)
    lab.step(f"{remote.name} is moved, and joining opened").do(
        lambda: home.permit_join(JOIN_TIME)
    ).done()
    finish_joining(lab, home, remote, within="2 h")


JOIN_TIME = 7200
"""Seconds for which joining stays open: until the next hourly scan has surely come."""
