"""How a meter remembers top-up tokens."""

from dataclasses import dataclass

from emulator.kernel.settings import at_least, setting


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSettings:
    """How a meter remembers top-up tokens.

    Raises:
        UsageError: when it is to remember or to log none.
    """

    remembered: int = setting(
        100,
        source="GBCS 14, UTRN counter cache: that there is one; its size is background knowledge",
        verified=False,
    )
    logged: int = setting(
        5,
        source="SMETS2 5.7.5.10, billing data log: the five most recent prepayment credits; "
        "use-case annex of GBCS, GCS15e",
    )

    def __post_init__(self) -> None:
        """Refuse what no meter can do."""
        for name, count in (("remembered", self.remembered), ("logged", self.logged)):
            at_least(f"tokens.{name}", count, 1)
