from dataclasses import dataclass, fields

from emulator.kernel.settings import setting, unverified
from emulator.kernel.units import Duration, seconds


@dataclass(frozen=True, slots=True)
class JoinSettings:
    attempts: int = setting(3, source="R22 3.6.1.4")
    patience: Duration = setting(seconds(2), source="seen on meters", verified=False)
    plain: int = 5


def test_a_setting_has_its_default_and_may_be_given() -> None:
    assert JoinSettings().attempts == 3
    assert JoinSettings(attempts=9).attempts == 9


def test_a_setting_carries_its_source() -> None:
    assert [field.metadata.get("source") for field in fields(JoinSettings)] == [
        "R22 3.6.1.4",
        "seen on meters",
        None,
    ]


def test_only_what_no_source_proves_is_unverified() -> None:
    assert list(unverified(JoinSettings())) == ["patience"]
