from datetime import UTC, datetime

import pytest

from emulator.gbcs.commands.heading import Activation
from emulator.kernel.errors import UsageError
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.order_words import (
    Mistakes,
    OrderWords,
    read_date,
    read_order,
    read_role,
)
from emulator.lab.interactive.sender import Role


def test_order_is_read_against_the_home(home: Installation) -> None:
    words = OrderWords(use_case="ecs39a", target="esme", values=("import_mpan=12",))

    order = read_order(home, words)

    assert (order.use_case.name, order.role) == ("ECS39a", Role.SUPPLIER)
    assert order.target == home.find("ESME")
    assert order.values == {"import_mpan": "12"}
    assert order.execution is Activation.NOW


def test_every_mistake_is_told_at_once(home: Installation) -> None:
    words = OrderWords(
        use_case="NONE1", target="ESMF", values=("foo",), role="king", date="tomorrow"
    )

    with pytest.raises(UsageError) as refused:
        read_order(home, words)

    told = "\n".join(refused.value.problems)
    for each in ("'ESMF'", "'NONE1'", "'foo'", "'king'", "'tomorrow'"):
        assert each in told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (None, Activation.NOW),
        ("never", Activation.NEVER),
        ("2026-02-01", datetime(2026, 2, 1, tzinfo=UTC)),
        ("2026-02-01T01:00:00+00:00", datetime(2026, 2, 1, 1, tzinfo=UTC)),
    ],
)
def test_date_is_a_moment_in_utc_or_never(text: str | None, meant: object) -> None:
    assert read_date(text) == meant


def test_role_is_read_whatever_its_capitals() -> None:
    assert read_role("Network-Operator") is Role.NETWORK_OPERATOR
    assert read_role(None) is None


def test_what_was_refused_is_kept_and_nothing_is_read() -> None:
    def refuse() -> int:
        raise UsageError("one", "two")

    mistakes = Mistakes()

    assert mistakes.read(refuse) is None
    assert mistakes.read(lambda: 7) == 7
    assert mistakes.problems == ["one", "two"]
