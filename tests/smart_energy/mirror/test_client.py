from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import Calendar, Duration, Instant, later, minutes, seconds
from emulator.smart_energy.mirror.client import MirrorClient, Phase, Reports
from emulator.smart_energy.mirror.facts import MirrorReady, MirrorStepFailed
from emulator.smart_energy.mirror.primitives import (
    AllowMirrorReports,
    CheckMirror,
    FunctionalFlag,
    MirrorFlagsIndication,
)
from emulator.smart_energy.mirror.settings import MirrorSettings
from emulator.smart_energy.primitives import Commissioned, StartKeepAlive, StopKeepAlive
from emulator.smart_energy.tunnel.primitives import EnsureTunnel, FetchMessages
from emulator.testing.stack.tunnel_bench import DEVICE, HUB, came
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING, ConfigureMirror, MirrorReportAttributeResponse
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ReportAttributesRequest,
    Side,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR, Endpoint
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus
from emulator.zigbee.zdo.discovery_frames import MatchDescReq, MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

SETTINGS = MirrorSettings()
INTERVAL = seconds(1800)
OWN = Endpoint(1)
OVER = 0xFFFE
REPORTS = Reports(OWN, ((BASIC.id, (0x0004,)), (METERING.id, (0x0000, 0x0200))))
GRANTED, REFUSED = bytes.fromhex("0200"), bytes.fromhex("FFFF")


class Bench:
    """A meter's mirror, and what the hub answers it."""

    def __init__(self) -> None:
        self.now = Instant(0)
        self.last: list[Any] = []
        self.client = MirrorClient(REPORTS, SETTINGS, Calendar(), count(1))

    def tell(self, event: Any) -> list[Any]:
        self.last = list(self.client.handle(event, self.now))
        return self.last

    def time(self) -> list[Any]:
        """Go to the deadline and wake."""
        assert self.client.deadline is not None
        self.now = max(self.now, self.client.deadline)
        return list(self.client.wake(self.now))

    @property
    def handle(self) -> int:
        return self.client._handle  # noqa: SLF001 - the handle of the request under way

    def join(self) -> list[Any]:
        self.tell(Commissioned(HUB))
        self.tell(StartKeepAlive())
        return self.time()

    def names(self, *endpoints: int) -> list[Any]:
        named = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, tuple(map(Endpoint, endpoints)))
        return self.tell(ZdpConfirm(self.handle, ZdpStatus.SUCCESS, named))

    def environment(self, value: int | None) -> list[Any]:
        read = AttributeResult(0x0011, ZclStatus.SUCCESS, value)
        return self.tell(ReadAttributesConfirm(self.handle, Outcome.ANSWERED, (read,)))

    def answers(self, command: int, payload: bytes, *, general: bool = False) -> list[Any]:
        answer = ZclAnswer(command, general, payload, ApsSecurity.LINK_KEY)
        confirm = ZclCommandConfirm(self.handle, Outcome.ANSWERED, ApsStatus.SUCCESS, answer)
        return self.tell(confirm)

    def status(self, status: int) -> list[Any]:
        return self.answers(0x0B, bytes([0x08, status]), general=True)

    def delivered(self) -> list[Any]:
        return self.tell(ZclCommandConfirm(self.handle, Outcome.DELIVERED, ApsStatus.SUCCESS))

    def notified(self, functional: int) -> list[Any]:
        response = MirrorReportAttributeResponse(2, (functional, 0, 0, 0, 0))
        event = came(HUB, METERING.id, 0x09, response.encode(), Side.SERVER, endpoint=OWN)
        return self.tell(event)


def ready(*, allowed: bool = False) -> Bench:
    """A bench whose meter has its mirror and begins its first report."""
    bench = Bench()
    bench.tell(AllowMirrorReports(allowed))
    bench.join()
    bench.names(1)
    bench.environment(0x01)
    bench.answers(0x01, GRANTED)
    bench.status(0x00)
    return bench


def asleep() -> Bench:
    """A bench whose meter finished its first wake."""
    bench = ready()
    bench.delivered()
    bench.notified(0)
    return bench


def test_joined_meter_opens_its_tunnel_and_looks_for_a_metering_client() -> None:
    ensure, match = Bench().join()

    assert ensure == EnsureTunnel(HUB)
    assert isinstance(match, ZdpRequest)
    assert isinstance(match.command, MatchDescReq)
    assert match.command.output_clusters == (METERING.id,)


def test_endpoint_that_mirrors_is_asked_for_a_mirror_which_is_configured() -> None:
    bench = Bench()
    bench.join()

    (read,) = bench.names(5, 1)
    (other,) = bench.environment(0x00)
    (request,) = bench.environment(0x01)
    (configure,) = bench.answers(0x01, GRANTED)

    assert isinstance(read, ReadAttributesRequest)
    assert (read.destination.endpoint, other.destination.endpoint) == (5, 1)
    assert (request.destination.endpoint, request.command) == (1, 0x01)
    assert (request.to_side, request.payload) == (Side.CLIENT, b"")
    assert (configure.destination.endpoint, configure.command) == (2, 0x08)
    assert ConfigureMirror.decode(configure.payload) == ConfigureMirror(
        Calendar().zigbee_time(bench.now), 1800, True, 2
    )


def test_configured_meter_reports_nothing_of_metering_before_it_may() -> None:
    bench = ready()

    report = bench.last[-1]

    assert (report.source_endpoint, report.cluster) == (OWN, METERING.id)
    assert report.attributes == (OVER,)


def test_meter_that_may_reports_cluster_by_cluster_and_says_last_that_it_is_over() -> None:
    bench = ready(allowed=True)
    first = bench.last[-1]

    (second,) = bench.delivered()

    assert (first.cluster, first.attributes) == (BASIC.id, (0x0004,))
    assert (second.cluster, second.attributes) == (METERING.id, (0x0000, 0x0200, OVER))
    assert second.destination.endpoint == 2
    assert bench.delivered() == []
    assert bench.client.phase is Phase.AWAITING


def test_configured_mirror_is_a_fact() -> None:
    bench = Bench()
    bench.join()
    bench.names(1)
    bench.environment(0x01)
    bench.answers(0x01, GRANTED)

    assert bench.status(0x00)[0] == MirrorReady(HUB, 2)


def test_messages_that_wait_are_fetched_and_every_flag_is_told() -> None:
    bench = ready()
    bench.delivered()

    effects = bench.notified(1 << 21 | 1 << 22)

    assert effects[0] == FetchMessages(HUB)
    told = effects[1]
    assert isinstance(told, MirrorFlagsIndication)
    assert told.pending(FunctionalFlag.GET_SNAPSHOT)
    assert bench.client.phase is Phase.ASLEEP


def test_answer_may_come_before_the_acknowledgement_of_the_report() -> None:
    bench = ready()
    handle = bench.handle

    bench.notified(0)
    late = bench.tell(ZclCommandConfirm(handle, Outcome.DELIVERED, ApsStatus.SUCCESS))

    assert late == []
    assert bench.client.phase is Phase.ASLEEP


def test_meter_wakes_every_half_hour_and_keeps_its_tunnel_open() -> None:
    bench = asleep()
    woke = later(Instant(0), SETTINGS.pause)
    assert bench.client.deadline == later(woke, INTERVAL)

    ensure, report = bench.time()

    assert ensure == EnsureTunnel(HUB)
    assert isinstance(report, ReportAttributesRequest)


@pytest.mark.parametrize("flag", [FunctionalFlag.STAY_AWAKE_HAN, FunctionalFlag.STAY_AWAKE_WAN])
def test_meter_told_to_stay_awake_reports_again_soon(flag: FunctionalFlag) -> None:
    bench = ready()
    bench.delivered()

    bench.notified(1 << flag)

    assert bench.client.deadline == later(bench.now, SETTINGS.stay_awake)


def test_user_wakes_a_sleeping_meter_at_once() -> None:
    bench = asleep()
    bench.now = later(bench.now, minutes(1))

    effects = bench.tell(CheckMirror())

    assert effects[0] == EnsureTunnel(HUB)
    bench.delivered()
    bench.notified(0)
    assert bench.client.deadline == later(bench.now, INTERVAL)


def test_user_who_wakes_an_awake_meter_has_it_wake_again() -> None:
    bench = ready()
    assert bench.tell(CheckMirror()) == []
    bench.delivered()

    bench.notified(0)

    assert bench.client.deadline == bench.now


def test_meter_outside_a_network_does_not_wake() -> None:
    bench = Bench()
    assert bench.tell(CheckMirror()) == []
    assert bench.tell(StartKeepAlive()) == []
    assert bench.tell(CheckMirror()) == []
    assert bench.client.deadline is None

    bench.join()
    bench.tell(StopKeepAlive())

    assert bench.client.deadline is None
    assert bench.client.phase is Phase.ASLEEP


def failing(step: str, bench: Bench) -> list[Any]:
    """What happens where the hub fails the meter at that step."""
    bench.join()
    if step == "FINDING":
        return bench.names()
    bench.names(1)
    if step == "READING":
        return bench.environment(None)
    bench.environment(0x01)
    if step == "REQUESTING":
        return bench.answers(0x01, REFUSED)
    bench.answers(0x01, GRANTED)
    if step == "CONFIGURING":
        return bench.status(0x85)
    bench.status(0x00)
    lost = ZclCommandConfirm(bench.handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK)
    return bench.tell(lost)


@pytest.mark.parametrize("step", ["FINDING", "READING", "REQUESTING", "CONFIGURING", "REPORTING"])
def test_step_that_fails_is_tried_again_at_the_next_wake(step: str) -> None:
    bench = Bench()

    effects = failing(step, bench)

    (failed,) = effects
    assert isinstance(failed, MirrorStepFailed)
    assert failed.step == step
    assert bench.client.deadline == later(bench.now, INTERVAL)
    assert bench.time()[0] == EnsureTunnel(HUB)


@pytest.mark.parametrize(
    ("command", "payload", "general"),
    [
        (0x01, b"", False),  # no endpoint
        (0x01, bytes.fromhex("0001"), False),  # no endpoint that there can be
        (0x0B, bytes.fromhex("01 81"), True),  # a default response
    ],
)
def test_answer_that_names_no_mirror_gives_none(
    command: int, payload: bytes, general: bool
) -> None:
    bench = Bench()
    bench.join()
    bench.names(1)
    bench.environment(0x01)

    (failed,) = bench.answers(command, payload, general=general)

    assert isinstance(failed, MirrorStepFailed)
    assert bench.client.mirror is None


@pytest.mark.parametrize(("payload", "general"), [(b"\x08", True), (b"", False)])
def test_answer_that_is_no_success_configures_nothing(payload: bytes, general: bool) -> None:
    bench = Bench()
    bench.join()
    bench.names(1)
    bench.environment(0x01)
    bench.answers(0x01, GRANTED)

    (failed,) = bench.answers(0x0B, payload, general=general)

    assert isinstance(failed, MirrorStepFailed)
    assert not bench.client.configured


def test_mirror_that_answers_two_reports_not_at_all_is_asked_for_anew() -> None:
    bench = ready()
    bench.delivered()
    assert bench.client.deadline == later(bench.now, SETTINGS.patience)
    bench.time()
    bench.time()
    bench.delivered()

    bench.time()

    assert isinstance(bench.time()[1], ZdpRequest)


def test_answers_to_others_and_notices_of_others_change_nothing() -> None:
    bench = ready()
    handle = bench.handle

    assert bench.tell(ZclCommandConfirm(999, Outcome.DELIVERED, ApsStatus.SUCCESS)) == []
    assert bench.tell(ZdpConfirm(handle, ZdpStatus.SUCCESS)) == []
    response = MirrorReportAttributeResponse(2, (1 << 21,)).encode()
    assert bench.tell(came(DEVICE, METERING.id, 0x09, response, Side.SERVER)) == []
    assert bench.tell(came(HUB, METERING.id, 0x0B, b"", Side.SERVER)) == []
    assert bench.client.phase is Phase.REPORTING


def test_mirror_survives_a_power_cycle_and_a_new_key_forgets_it() -> None:
    bench, after = ready(allowed=True), Bench()

    after.client.restore(bench.client.snapshot())
    after.tell(StartKeepAlive())
    _, report = after.time()

    assert isinstance(report, ReportAttributesRequest)
    assert report.cluster == BASIC.id
    after.tell(Commissioned(HUB))
    assert after.client.mirror is None


def test_mirror_that_was_not_configured_yet_is_configured_at_the_next_wake() -> None:
    bench, after = Bench(), Bench()
    bench.join()
    bench.names(1)
    bench.environment(0x01)
    bench.answers(0x01, GRANTED)

    after.client.restore(bench.client.snapshot())
    after.tell(StartKeepAlive())
    _, configure = after.time()

    assert (configure.destination.endpoint, configure.command) == (2, 0x08)


def test_command_requests_wait_for_an_answer_under_the_agreed_key() -> None:
    bench = Bench()
    bench.join()
    bench.names(1)

    (request,) = bench.environment(0x01)

    assert isinstance(request, ZclCommandRequest)
    assert request.expects_answer
    assert request.link_key is None
    assert Duration(INTERVAL) == seconds(SETTINGS.interval)
