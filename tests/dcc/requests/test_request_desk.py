import pytest

from emulator.dcc.facts import RequestHeld
from emulator.dcc.service_request import Acknowledgement, RequestId, ServiceRequest
from emulator.gbcs.protection.key_store import KeyStore
from emulator.kernel.units import hours, seconds
from emulator.testing.scenes.dcc_scene import ESME, GSME, HUB, OTHER_SUPPLIER, DccScene, dcc_scene


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    made.connect()
    made.run(seconds(2))
    return made


def read(
    scene: DccScene, counter: int, *, first: bool = False, preceding: int | None = None
) -> Acknowledgement:
    user = scene.dcc.user("supplier").eui64
    return scene.dcc.submit(
        ServiceRequest(
            request_id=RequestId(user, ESME, counter),
            srv="6.2.7",
            variant=1,
            first_in_sequence=first,
            preceding=None if preceding is None else RequestId(user, ESME, preceding),
        )
    )


def counters(scene: DccScene) -> list[int]:
    return [message.counter for message in scene.home.heard]


def test_next_of_a_sequence_goes_when_the_one_before_succeeded(scene: DccScene) -> None:
    read(scene, 1, first=True)
    read(scene, 2, preceding=1)
    read(scene, 3, preceding=2)
    before = counters(scene)
    scene.run(seconds(10))

    assert before == []
    assert counters(scene) == [1, 2, 3]
    assert len(list(scene.trace.of(RequestHeld))) == 2


def test_sequence_fails_with_one_of_its_requests(scene: DccScene) -> None:
    scene.home.failing.add(ESME)
    read(scene, 1, first=True)
    read(scene, 2, preceding=1)
    read(scene, 3, preceding=2)
    scene.run(seconds(10))

    assert counters(scene) == [1]
    codes = [response.code for response in scene.dcc.mailbox.responses]
    assert codes == ["I0", *[scene.dcc.world.settings.codes.sequence] * 2]


def test_request_that_follows_nothing_is_refused(scene: DccScene) -> None:
    answer = read(scene, 2, preceding=1)

    assert answer.code == scene.dcc.world.settings.codes.sequence


def test_late_one_of_a_sequence_goes_at_once(scene: DccScene) -> None:
    read(scene, 1, first=True)
    scene.run(seconds(5))

    read(scene, 2, preceding=1)
    scene.run(seconds(5))

    assert counters(scene) == [1, 2]


def test_device_without_hub_is_not_reached(scene: DccScene) -> None:
    scene.inventory.set_hub(ESME, None)

    answer = read(scene, 1)

    assert answer.code == "I99"
    assert [each.code for each in scene.dcc.mailbox.responses] == ["E20"]


def test_device_without_certificate_cannot_be_commanded(scene: DccScene) -> None:
    without = KeyStore([each for each in scene.keys if each.eui64 != ESME])
    protection = type(scene.home.protection)(
        keys=without,
        agreement=type(scene.home.protection.agreement)(without),  # type: ignore[call-arg]  # the same kind
    )
    object.__setattr__(scene.dcc.world, "protection", protection)

    answer = read(scene, 1)

    assert answer.code == scene.dcc.world.settings.codes.malformed
    assert "agree" in answer.reason


def test_scheduled_read_of_a_device_that_ended_is_not_sent(scene: DccScene) -> None:
    scene.dcc.request(
        "supplier",
        "5.1",
        DeviceID=ESME,
        DSPScheduledServiceReferenceVariant="4.6.1",
        ScheduleFrequency="Daily",
        ScheduleStartDate="2026-01-06",
    )
    scene.registrations.holders = dict.fromkeys(scene.registrations.holders, OTHER_SUPPLIER)

    scene.run(hours(30))

    (response,) = scene.dcc.mailbox.responses
    assert (response.code, response.schedule) == ("E4", 1)
    assert not scene.home.heard


def test_scheduled_read_without_its_values_fails_each_time(scene: DccScene) -> None:
    scene.dcc.request(
        "supplier",
        "5.1",
        DeviceID=ESME,
        DSPScheduledServiceReferenceVariant="4.6.1",
        ScheduleFrequency="Daily",
        ScheduleStartDate="2026-01-06",
    )

    scene.run(hours(60))

    codes = [response.code for response in scene.dcc.mailbox.responses]
    assert codes == [scene.dcc.world.settings.codes.malformed] * 2


def test_date_in_the_parameters_counts_too(scene: DccScene) -> None:
    scene.listed(GSME)

    answer = scene.dcc.request("supplier", "4.1.1", ESME, ExecutionDateTime="2026-01-05T02:00:00Z")
    scene.run(hours(1))
    early = list(scene.home.heard)
    scene.run(hours(2))

    assert answer.code == "I99"
    assert not early
    assert len(scene.home.heard) == 1
