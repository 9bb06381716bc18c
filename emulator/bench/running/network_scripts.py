"""How the life of a device on the network is tried: power, keep-alive, sleep, mirror (ZSE 1.4)."""

from collections.abc import Mapping
from functools import wraps
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.cases import cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.cases.nature_cases import JOIN
from emulator.bench.running.air_watch import listening, rows_during
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.own_values import valued
from emulator.bench.running.scripts import Script, Stage
from emulator.bench.running.verdicts import beside_the_point, departs, unclear
from emulator.kernel.trace import Record
from emulator.kernel.units import Duration, minutes, seconds
from emulator.lab.installing.commissioning import JOIN_WINDOW
from emulator.smart_energy.mirror.facts import MirrorReported
from emulator.zcl.clusters.metering import METERING
from emulator.zigbee.aps.primitives import KeyOrigin

_HALF_AN_HOUR: Final = minutes(31)
_WINDOW: Final = seconds(JOIN_WINDOW + 60)
"""After it the network is closed to whoever is no member."""
_HUB_AWAY: Final = minutes(60)
_HUB_BACK: Final = minutes(40)
"""How long a device has to find its hub again."""
_TOGETHER: Final = seconds(60)
"""Two messages that are fetched in one wake come within this."""
_PER_MINUTE: Final = 60_000_000


def _on_the_network(check: Check, script: Script) -> Script:
    """A script for devices that are reached through a network."""

    @wraps(script)
    def tried(stage: Stage) -> Judged:
        tested = stage.talk.home.tested
        if tested.reach is Reach.DEVICE:
            return beside_the_point("reach", 'no network: it is tried with reach = "han"')
        if tested.outside is None or tested.outside.rehearsed:
            return script(stage)
        if check in _ARRIVED:
            return PASSED
        if check in _OVERHEARD:
            return beside_the_point("air", "the bench does not overhear a device that is not ours")
        return script(stage)

    return tried


_ARRIVED: Final = frozenset({Check.JOINS, Check.AGREES_KEY})
"""A device that is really there is on the bench only once it has done this."""
_OVERHEARD: Final = frozenset({Check.FRAME_COUNTER, Check.KEEPS_ALIVE, Check.SLEEPS})
"""Checks of what a device sends whoever it is for."""


def _joins(stage: Stage) -> Judged:
    """One that does not is judged by `emulator.bench.running.arrival`."""
    there = stage.talk.home.device.joined
    return PASSED if there else departs("network", "not there any more")


def _agrees_key(stage: Stage) -> Judged:
    origin = stage.talk.home.device.link_key_origin
    if origin is KeyOrigin.CBKE:
        return PASSED
    name = "none" if origin is None else origin.name
    return departs("link key", f"{name}, expected one of CBKE")


def _comes_back(stage: Stage) -> Judged:
    home = stage.talk.home
    home.wait(_WINDOW, until_heard=False)
    if not home.power_cycle():
        return departs("network", "not there 10 min after it got power again")
    return stage.say(stage.talk.command(stage.case))


def _frame_counter(stage: Stage) -> Judged:
    home = stage.talk.home
    with listening(home) as before:
        home.wait(_HALF_AN_HOUR, until_heard=False)
    if not before.counters:
        return unclear("frames", "it sent none before it lost its power")
    key, highest = max((each[:2] for each in before.counters), key=lambda pair: pair[1])
    with listening(home) as after:
        home.power_cycle()
        home.wait(_TOGETHER, until_heard=False)
    for number, counter, at in after.counters:
        if number == key and counter <= highest:
            when = f"{at // 1_000_000} s"
            reason = f"{counter} at {when}, expected above {highest}"
            return departs("frame counter", reason)
    return PASSED if after.counters else unclear("frames", "it sent none after it lost its power")


def _outlives_hub(stage: Stage) -> Judged:
    home = stage.talk.home
    home.hub.power_off()
    home.wait(_HUB_AWAY, until_heard=False)
    home.hub.power_on()
    home.wait(_HUB_BACK, until_heard=False)
    home.take()
    found = stage.say(stage.talk.command(stage.case))
    if found.field != "response":
        return found
    return departs("network", "no answer 40 min after the hub got power again, expected one")


def _keeps_alive(stage: Stage) -> Judged:
    for row in rows_during(stage.talk.home, _HALF_AN_HOUR):
        if "Keep-Alive" in row.label:
            return PASSED
    return departs("keep-alive", "not asked for in 31 min, expected every 10 to 15 min")


def _sleeps(stage: Stage) -> Judged:
    home = stage.talk.home
    with listening(home) as heard:
        home.wait(_HALF_AN_HOUR, until_heard=False)
    allowed = home.settings.polls_a_minute
    minute = heard.polls * _PER_MINUTE / _HALF_AN_HOUR
    if minute <= allowed:
        return PASSED
    return departs("polls", f"{minute:.0f} a minute, expected {allowed} at most")


def _fetches(stage: Stage) -> Judged:
    home = stage.talk.home
    began = home.lab.scheduler.now
    seen = stage.talk.say(stage.talk.command(stage.case))
    took = home.lab.scheduler.now - began
    if seen.responses and took <= _HALF_AN_HOUR:
        return PASSED
    when = f"after {took // 1_000_000} s" if seen.responses else "not in 40 min"
    return departs("time", f"answered {when}, expected in half an hour")


def _fetches_all(stage: Stage) -> Judged:
    home = stage.talk.home
    first, second = stage.talk.command(stage.case), stage.talk.command(stage.case)
    home.send(second.encode())
    seen = stage.talk.say(first)
    if not seen.responses:
        return unclear("response", "none to either message")
    answered = {each.counter for each in seen.responses}
    home.wait(Duration(_TOGETHER), until_heard=False)
    answered |= {each.counter for each in stage.talk.hear(first).responses}
    if {first.counter, second.counter} <= answered:
        return PASSED
    return departs("messages", "one of two was fetched when it was awake, expected both")


def _mirror_fresh(stage: Stage) -> Judged:
    home = stage.talk.home
    works = (each for each in cases_of(stage.case.kind) if each.check is Check.SUCCESS)
    join = next(each for each in works if each.use_case.code in JOIN)
    stage.talk.say(valued(stage.about(join), {"device_type": "GPF"}))
    reported: list[int] = []

    def note(record: Record) -> None:
        fact = record.fact
        if isinstance(fact, MirrorReported) and fact.cluster == METERING.id:
            reported.append(fact.attributes)

    home.lab.trace.listen(note)
    home.wait(_HALF_AN_HOUR, until_heard=False)
    if not reported:
        return departs("mirror", "no report in 31 min, expected one every half hour")
    if max(reported) > 1:
        return PASSED
    return departs("mirror", "reports without what was measured, expected the Metering cluster")


NETWORK_SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        check: _on_the_network(check, script)
        for check, script in {
            Check.JOINS: _joins,
            Check.AGREES_KEY: _agrees_key,
            Check.COMES_BACK: _comes_back,
            Check.FRAME_COUNTER: _frame_counter,
            Check.OUTLIVES_HUB: _outlives_hub,
            Check.KEEPS_ALIVE: _keeps_alive,
            Check.SLEEPS: _sleeps,
            Check.FETCHES: _fetches,
            Check.FETCHES_ALL: _fetches_all,
            Check.MIRROR_FRESH: _mirror_fresh,
        }.items()
    }
)
"""By the check of a case."""
