from emulator.gbcs.alert_codes import alert_codes
from emulator.metering.auxiliary_controllers import Direction, Held, LimitChange, Port
from emulator.metering.event_codes import EventCode, limit_events

PORT = Port(Direction.INPUT, 2)


def test_every_code_has_a_name() -> None:
    assert {int(each) for each in EventCode} <= set(alert_codes())


def test_limit_that_begins_and_one_that_ends_are_told_apart() -> None:
    began, ended = LimitChange(5, PORT, Held(20), 20), LimitChange(9, PORT, None, 80)

    told = limit_events([began, ended])

    assert [(each.own, each.code) for each in told] == [
        (5, EventCode.APC_LEVEL_LIMITED),
        (9, EventCode.APC_LIMIT_ENDED),
    ]
    assert [each.limit for each in told] == [began, ended]
