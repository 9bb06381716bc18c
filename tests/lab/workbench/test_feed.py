import threading

from emulator.lab.workbench.feed import Feed


def tell_often(feed: Feed) -> None:
    for _ in range(200):
        feed.tell("rows", "x")


def test_a_watcher_is_given_each_event_once_and_in_order() -> None:
    feed = Feed()
    feed.tell("rows", "1")
    first = feed.after(0)
    feed.tell("rows", "2")
    second = feed.after(first.cursor)

    assert [each.data for each in first.events] == ["1"]
    assert [each.data for each in second.events] == ["2"]
    assert feed.after(second.cursor).events == ()


def test_of_what_is_shown_only_the_latest_stays() -> None:
    feed = Feed()
    feed.show("clock", "1")
    feed.tell("rows", "a")
    feed.show("clock", "2")
    feed.show("clock", "2")

    events = feed.after(0).events

    assert [(each.number, each.data) for each in events] == [(2, "a"), (3, "2")]
    assert feed.shown("clock") == "2"
    assert feed.shown("weather") is None


def test_one_who_watches_too_slowly_is_told_that_something_is_missing() -> None:
    feed = Feed(kept=30)
    for number in range(10):
        feed.tell("rows", f"{number:010}")

    slow, new = feed.after(3), feed.after(0)

    assert slow.missed
    assert not new.missed
    assert [int(each.data) for each in new.events] == [7, 8, 9]


def test_much_is_given_in_parts() -> None:
    feed = Feed()
    for _ in range(3):
        feed.tell("rows", "x" * 700_000)

    sizes, cursor = [], 0
    while batch := feed.after(cursor).events:
        sizes.append(len(batch))
        cursor = batch[-1].number

    assert sizes == [2, 1]


def test_threads_that_tell_at_once_lose_nothing() -> None:
    feed = Feed()
    threads = [threading.Thread(target=tell_often, args=(feed,)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert [each.number for each in feed.after(0).events] == list(range(1, 801))


def test_a_feed_that_has_ended_says_so() -> None:
    feed = Feed()

    feed.end()

    assert feed.ended
