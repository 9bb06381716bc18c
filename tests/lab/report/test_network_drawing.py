from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.lab.kept.result import DeviceRow, LinkKeyState
from emulator.lab.report.network_drawing import CARD_HEIGHT, CARD_WIDTH, Card, draw_network
from emulator.testing.scenes.results import DEVICES

HUB, GPF, ESME, GSME, *_ = DEVICES


def device(name: str, parent: str | None, *, joined: bool = True) -> DeviceRow:
    return DeviceRow(
        eui64=Eui64(1),
        name=name,
        type="IHD",
        nwk=0x1234,
        joined=joined,
        link_key=LinkKeyState.NONE,
        suite=None,
        parent=parent,
    )


def apart(one: Card, other: Card) -> bool:
    return abs(one.x - other.x) >= CARD_WIDTH or abs(one.y - other.y) >= CARD_HEIGHT


@st.composite
def homes(draw: st.DrawFn) -> list[DeviceRow]:
    """A hub, and devices whose parents may be anybody, themselves and strangers included."""
    names = [f"device {number}" for number in range(draw(st.integers(0, 14)))]
    parents = st.sampled_from(["hub", None, "stranger", *names])
    return [HUB, *(device(name, draw(parents), joined=draw(st.booleans())) for name in names)]


@given(homes())
def test_every_device_is_drawn_once_inside_the_drawing_and_apart(home: list[DeviceRow]) -> None:
    drawing = draw_network(home)

    assert sorted(card.device.name for card in drawing.cards) == sorted(row.name for row in home)
    assert all(apart(one, other) for one, other in combinations(drawing.cards, 2))
    assert all(CARD_WIDTH / 2 <= c.x <= drawing.width - CARD_WIDTH / 2 for c in drawing.cards)
    assert all(CARD_HEIGHT / 2 <= c.y <= drawing.height - CARD_HEIGHT / 2 for c in drawing.cards)


@given(homes())
def test_links_go_from_joined_devices_to_their_parents(home: list[DeviceRow]) -> None:
    drawing = draw_network(home)

    names = {row.name for row in home}
    links = {(link.child.device.name, link.parent.device.name) for link in drawing.links}
    joined = [row for row in home[1:] if row.joined and row.parent in names]
    assert links == {(row.name, row.parent) for row in joined}


def test_hub_is_one_card_in_the_middle_whatever_rows_it_has() -> None:
    children = [device(f"device {number}", "hub") for number in range(4)]

    drawing = draw_network([HUB, GPF, *children])

    (hub,) = [card for card in drawing.cards if card.is_hub]
    others = [card for card in drawing.cards if not card.is_hub]
    assert (hub.device, hub.also) == (HUB, (GPF,))
    assert abs(hub.x - sum(card.x for card in others) / 4) < 1
    assert abs(hub.y - sum(card.y for card in others) / 4) < 1


def test_a_device_whose_parent_is_the_gpf_hangs_from_the_hub() -> None:
    drawing = draw_network([HUB, GPF, replace(GSME, parent="gpf")])

    (link,) = drawing.links
    assert link.parent.device is HUB


def test_a_child_stands_farther_out_than_its_parent() -> None:
    drawing = draw_network([HUB, ESME, GSME])

    places = {card.device.name: card for card in drawing.cards}
    out = {name: abs(card.x - places["hub"].x) for name, card in places.items()}
    assert out["gsme"] > out["esme"] > 0


def test_devices_not_on_the_network_stand_below_it() -> None:
    absent = [device(f"absent {number}", "hub", joined=False) for number in range(9)]

    drawing = draw_network([HUB, ESME, *absent])

    lowest = max(card.y for card in drawing.cards if card.device.joined)
    assert all(card.y > lowest for card in drawing.cards if not card.device.joined)


def test_no_devices_give_an_empty_drawing() -> None:
    assert draw_network([]).cards == ()


def test_devices_without_a_hub_are_drawn() -> None:
    assert len(draw_network([ESME, GSME]).cards) == 2
