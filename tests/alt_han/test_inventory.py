from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.inventory import (
    AltHanInventory,
    Delivered,
    Elected,
    Fuel,
    Installed,
    InventoryEvent,
    MeterPointAdded,
    Removed,
    Solution,
)

START = datetime(2026, 1, 5, tzinfo=UTC)


def at(number: int) -> datetime:
    return START + timedelta(days=number)


def point(premises: str, fuel: Fuel, number: str, supplier: str, when: int = 0) -> MeterPointAdded:
    return MeterPointAdded(
        at=at(when), premises=premises, fuel=fuel, number=number, supplier=supplier
    )


def delivered(item: str, solution: Solution, supplier: str = "A", when: int = 0) -> Delivered:
    return Delivered(at=at(when), item=item, solution=solution, supplier=supplier)


def inventory(*events: InventoryEvent) -> AltHanInventory:
    made = AltHanInventory()
    for event in events:
        assert made.record(event) is None
    return made


FLATS = (
    point("flat 1", Fuel.ELECTRICITY, "mpan 1", "A"),
    point("flat 1", Fuel.GAS, "mprn 1", "B"),
    point("flat 2", Fuel.ELECTRICITY, "mpan 2", "A"),
)


def test_a_shared_system_counts_both_meter_points_of_each_premises_for_their_suppliers() -> None:
    kept = inventory(
        *FLATS,
        delivered("s", Solution.SHARED),
        Installed(at=at(1), item="s", premises=("flat 1", "flat 2")),
    )

    assert kept.meter_points("A", Solution.SHARED, at(2)) == ("mpan 1", "mpan 2")
    assert kept.meter_points("B", Solution.SHARED, at(2)) == ("mprn 1",)
    assert kept.meter_points("A", Solution.POINT_TO_POINT, at(2)) == ()


def test_who_elected_opted_out_equipment_is_not_counted_at_that_premises() -> None:
    kept = inventory(
        *FLATS,
        delivered("s", Solution.SHARED),
        Installed(at=at(1), item="s", premises=("flat 1", "flat 2")),
        Elected(at=at(2), premises="flat 1", supplier="A", opted_out=True),
    )

    assert kept.meter_points("A", Solution.SHARED, at(1)) == ("mpan 1", "mpan 2")
    assert kept.meter_points("A", Solution.SHARED, at(2)) == ("mpan 2",)
    assert kept.meter_points("B", Solution.SHARED, at(2)) == ("mprn 1",)


def test_a_change_of_supplier_moves_the_count() -> None:
    kept = inventory(
        *FLATS,
        delivered("p", Solution.POINT_TO_POINT),
        Installed(at=at(1), item="p", premises=("flat 2",)),
        point("flat 2", Fuel.ELECTRICITY, "mpan 2", "C", when=5),
    )

    assert kept.meter_points("A", Solution.POINT_TO_POINT, at(4)) == ("mpan 2",)
    assert kept.meter_points("A", Solution.POINT_TO_POINT, at(5)) == ()
    assert kept.meter_points("C", Solution.POINT_TO_POINT, at(5)) == ("mpan 2",)


def test_stock_is_what_was_delivered_and_is_not_installed() -> None:
    kept = inventory(
        *FLATS,
        delivered("p1", Solution.POINT_TO_POINT),
        delivered("p2", Solution.POINT_TO_POINT),
        delivered("s", Solution.SHARED),
        delivered("p3", Solution.POINT_TO_POINT, supplier="B"),
        Installed(at=at(1), item="p1", premises=("flat 1",)),
        Removed(at=at(3), item="p1"),
    )

    assert kept.in_stock("A", at(0)) == ("p1", "p2")
    assert kept.in_stock("A", at(2)) == ("p2",)
    assert kept.in_stock("A", at(3)) == ("p2",)
    assert kept.in_stock("B", at(3)) == ("p3",)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (point("flat 9", Fuel.GAS, "1", "A", when=-1), "before what was recorded last"),
        (Elected(at=at(0), premises="flat 2", supplier="B", opted_out=True), "does not supply"),
        (delivered("p", Solution.SHARED), "was delivered already"),
        (Installed(at=at(0), item="q", premises=("flat 1",)), "was not delivered"),
        (Installed(at=at(0), item="p", premises=()), "serves no premises"),
        (Installed(at=at(0), item="p", premises=("flat 1", "flat 2")), "serves one premises"),
        (Installed(at=at(0), item="p", premises=("flat 7",)), "premises not known: flat 7"),
        (Removed(at=at(0), item="p"), "is not installed"),
    ],
)
def test_what_cannot_have_happened_is_refused_and_changes_nothing(
    event: InventoryEvent, reason: str
) -> None:
    kept = inventory(*FLATS, delivered("p", Solution.POINT_TO_POINT))
    before = kept.events

    refusal = kept.record(event)

    assert refusal is not None
    assert reason in refusal.reason
    assert kept.events == before


def test_an_item_is_installed_once_and_not_again_after_it_was_removed() -> None:
    kept = inventory(
        *FLATS,
        delivered("p", Solution.POINT_TO_POINT),
        Installed(at=at(1), item="p", premises=("flat 1",)),
    )
    again = Installed(at=at(2), item="p", premises=("flat 2",))

    assert "installed already" in str(kept.record(again))
    assert kept.record(Removed(at=at(2), item="p")) is None
    assert "or is gone" in str(kept.record(again))


@given(st.lists(st.booleans(), max_size=8))
def test_stock_and_installed_items_make_up_what_was_delivered(installed: list[bool]) -> None:
    kept = inventory(*FLATS)
    for number, fitted in enumerate(installed):
        item = f"p{number}"
        kept.record(delivered(item, Solution.POINT_TO_POINT))
        if fitted:
            kept.record(Installed(at=at(0), item=item, premises=("flat 1",)))

    stock = kept.in_stock("A", at(0))

    assert len(stock) == installed.count(False)
