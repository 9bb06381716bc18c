from dataclasses import replace

import pytest

from emulator.alt_han.coordination.ledger import Ledger
from emulator.alt_han.coordination.parties import MeterPoint
from emulator.alt_han.meter_room.items import Owner
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.meter_room_scene import (
    BOX,
    LANDLORD,
    METER,
    NETWORK,
    ROOM,
    SITE,
    TRUNKING,
)


def test_an_item_belongs_to_the_party_that_its_owner_stands_for() -> None:
    ledger = Ledger(SITE)

    assert ledger.owner_of(METER) == "supplier A"
    assert ledger.owner_of(TRUNKING) == LANDLORD
    assert ledger.owner_of(BOX) == NETWORK
    assert ledger.owner_of(replace(METER, owner=Owner.CUSTOMER)) == "flat 1"
    assert ledger.owner_of(replace(METER, owner=Owner.CUSTOMER, meter_point="")) == ""
    assert ledger.owner_of(replace(METER, meter_point="")) == ""


def test_the_distributor_is_needed_where_the_design_touches_its_equipment() -> None:
    ledger = Ledger(SITE)
    assert NETWORK not in ledger.resolving_parties()

    ledger.design = (Work(kind=WorkKind.REMOVE, item="old box"),)

    assert ledger.resolving_parties() == ("supplier A", "supplier B", NETWORK, LANDLORD)


def test_everything_wrong_with_a_site_is_told_at_once() -> None:
    twice = MeterPoint(mpan="7", customer="x", supplier="y")
    site = replace(SITE, points=(twice, twice), room=replace(ROOM, width=400))

    with pytest.raises(UsageError) as caught:
        Ledger(site)

    told = str(caught.value).splitlines()
    assert told == [
        "room basement: meter 2 is not on the wall",
        "room basement: old box is not on the wall",
        "room basement: meter point 7 stands twice",
        "room basement: meter point 7 has no meter on the wall",
        "room basement: meter 1 belongs to 1200000000001, which is not there",
        "room basement: meter 2 belongs to 1200000000002, which is not there",
    ]


def test_a_site_without_meter_points_is_refused() -> None:
    with pytest.raises(UsageError, match="no meter points"):
        Ledger(replace(SITE, points=()))


def test_an_item_that_is_not_there_is_none() -> None:
    assert Ledger(SITE).item("lamp") is None
