from emulator.testing.scenes.room_document import step


def test_a_step_has_its_action_its_day_and_its_lines() -> None:
    told = step("Approve", "process = 1", day=7).split("\n")

    assert told[1:] == [
        "[[step]]",
        'do = "Approve"',
        "at = 2026-01-07T09:00:00Z",
        "process = 1",
        "",
    ]
