from emulator.dcc.facts import RequestQuarantined
from emulator.dcc.requests.anomaly import AnomalyDetection, AnomalyLevel, Threshold
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, hours, later, seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, DccScene, dcc_scene

USER = Eui64(1)


def request(user: Eui64 = USER, srv: str = "6.2.7") -> ServiceRequest:
    return ServiceRequest(request_id=RequestId(user, ESME, 1), srv=srv, variant=1)


def levels(detection: AnomalyDetection, count: int, **changes: str) -> list[AnomalyLevel]:
    return [detection.level(request(**changes), START) for _ in range(count)]  # type: ignore[arg-type]  # by keyword


def test_without_thresholds_nothing_is_too_much() -> None:
    assert set(levels(AnomalyDetection(), 100)) == {AnomalyLevel.NORMAL}


def test_users_threshold_warns_and_then_quarantines() -> None:
    threshold = Threshold(user=USER, period=hours(1), quarantine=3, warning=1)

    found = levels(AnomalyDetection((threshold,)), 4)

    assert found == [
        AnomalyLevel.NORMAL,
        AnomalyLevel.WARNING,
        AnomalyLevel.WARNING,
        AnomalyLevel.USER_QUARANTINE,
    ]


def test_dcc_threshold_counts_all_users() -> None:
    detection = AnomalyDetection((Threshold(srv="6.2.7", period=hours(1), quarantine=1),))

    detection.level(request(Eui64(1)), START)

    assert detection.level(request(Eui64(2)), START) is AnomalyLevel.DCC_QUARANTINE
    assert detection.level(request(srv="6.2.4"), START) is AnomalyLevel.NORMAL


def test_requests_are_forgotten_after_the_period() -> None:
    detection = AnomalyDetection((Threshold(period=hours(1), quarantine=1),))
    detection.level(request(), START)

    assert detection.level(request(), later(START, hours(1))) is AnomalyLevel.NORMAL


def quarantined() -> tuple[DccScene, RequestId]:
    scene = dcc_scene(thresholds=(Threshold(period=hours(1), quarantine=0),))
    scene.commissioned(HUB, ESME)
    scene.connect()
    scene.run(seconds(2))
    answer = scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(5))
    return scene, answer.request_id


def test_quarantined_request_is_told_and_not_executed() -> None:
    scene, _ = quarantined()

    assert not scene.home.heard
    assert len(list(scene.trace.of(RequestQuarantined))) == 1
    assert scene.dcc.mailbox.dcc_alerts[0].family == "QuarantinedRequest"


def test_user_may_have_it_processed_once() -> None:
    scene, request_id = quarantined()

    scene.dcc.decide(request_id, process=True)
    scene.dcc.decide(request_id, process=True)
    scene.run(seconds(5))

    assert len(scene.home.heard) == 1


def test_user_may_have_it_deleted() -> None:
    scene, request_id = quarantined()

    scene.dcc.decide(request_id, process=False)
    scene.run(seconds(5))

    assert not scene.home.heard
    assert not scene.dcc.mailbox.responses[0].successful


def test_thresholds_count_from_when_they_are_given() -> None:
    scene = dcc_scene()
    scene.commissioned(HUB, ESME)
    scene.connect()
    scene.run(seconds(2))
    scene.dcc.request("supplier", "6.2.7", ESME)

    scene.dcc.detect((Threshold(period=hours(1), quarantine=1),))
    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(5))

    assert len(scene.home.heard) == 2
    assert len(list(scene.trace.of(RequestQuarantined))) == 1
