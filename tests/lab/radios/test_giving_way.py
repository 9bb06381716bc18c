from emulator.lab.radios.giving_way import GivingWay


class Asked:
    def __init__(self) -> None:
        self.now = True

    def __call__(self) -> bool:
        return self.now


def test_events_wait_while_somebody_waits_for_an_answer() -> None:
    asked = Asked()
    way = GivingWay(asked, longest=100)

    assert way.left(0) == 100
    assert way.left(30) == 70
    asked.now = False
    assert way.left(40) == 0


def test_events_have_as_long_for_themselves_once_they_waited_long_enough() -> None:
    way = GivingWay(Asked(), longest=100)

    held = [way.left(at) > 0 for at in (0, 90, 100, 150, 199, 200)]

    assert held == [True, True, False, False, False, True]


def test_short_requests_without_end_take_no_more_than_half() -> None:
    asked = Asked()
    way = GivingWay(asked, longest=100)
    held = 0

    for at in range(0, 10_000, 10):
        asked.now = at % 50 != 0
        held += 10 * (way.left(at) > 0)

    assert 4_000 < held < 5_500
