from emulator.lab.dissector.part import Part, section


def test_what_is_below_comes_first() -> None:
    part = Part("aps", "APS Ack", ("APS",), ("link key",))

    assert part.below(["NWK"], "NWK key") == Part(
        "aps", "APS Ack", ("NWK", "APS"), ("NWK key", "link key")
    )


def test_a_mark_is_added_to_the_label_only() -> None:
    assert Part("nwk", "Leave", ()).marked(" (relayed)") == Part("nwk", "Leave (relayed)", ())


def test_lines_stand_indented_under_their_heading() -> None:
    assert section("MAC", ["sequence: 1"]) == ["MAC", "  sequence: 1"]
