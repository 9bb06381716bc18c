from emulator.gbcs.commands.template import Hole


def test_a_value_is_required_unless_it_has_a_default_or_its_item_may_be_left_out() -> None:
    assert Hole("device", "eui64").required
    assert not Hole("timeout", "number", default=0).required
    assert not Hole("label", "text", optional=True).required
