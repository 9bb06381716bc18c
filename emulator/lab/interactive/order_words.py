"""An order as a person writes it, held against the home: every mistake is found at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from emulator.gbcs.commands.heading import Activation, Execution
from emulator.kernel.errors import UsageError
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.given_values import check_values, read_values
from emulator.lab.interactive.premises import device_named, kind_of
from emulator.lab.interactive.sender import Role, UseCaseOrder, usual_role
from emulator.lab.interactive.use_case_choice import chosen_use_case

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class OrderWords:
    """A use case as somebody asks for it.

    Args:
        use_case: number or message code.
        target: EUI-64, name or type of the device.
        values: each `name=value`.
        role: as whom; None for who usually sends it.
        date: when what can wait is to be done, ISO 8601, or `never`; None for at once.
    """

    use_case: str
    target: str
    values: tuple[str, ...] = ()
    role: str | None = None
    date: str | None = None


@dataclass(slots=True)
class Mistakes:
    """What is wrong with words, gathered while they are read."""

    problems: list[str] = field(default_factory=list)

    def read(self, reading: Callable[[], Read]) -> Read | None:
        """What the reading gives; None when it is refused, which is kept."""
        try:
            return reading()
        except UsageError as refusal:
            self.problems.extend(refusal.problems)
            return None


def read_order(work: Installation, words: OrderWords) -> UseCaseOrder:
    """What is to be sent to which device of a home.

    Raises:
        UsageError: with every mistake of the words.
    """
    mistakes = Mistakes()
    target = mistakes.read(lambda: device_named(work, words.target))
    kind = None if target is None else kind_of(work, target)
    use_case = mistakes.read(lambda: chosen_use_case(words.use_case, kind))
    values = mistakes.read(lambda: read_values(words.values))
    role = mistakes.read(lambda: read_role(words.role))
    execution = mistakes.read(lambda: read_date(words.date))
    if use_case is not None and values is not None:
        mistakes.read(lambda: check_values(use_case, values, words.target))
    if mistakes.problems or use_case is None or target is None:
        raise UsageError(*mistakes.problems)
    return UseCaseOrder(
        use_case=use_case,
        target=target,
        values=values or {},
        role=role or usual_role(use_case),
        execution=execution or Activation.NOW,
    )


def read_role(text: str | None) -> Role | None:
    """The role of a name; None where nobody names one.

    Raises:
        UsageError: when no role is called so.
    """
    if text is None:
        return None
    try:
        return Role(text.lower())
    except ValueError:
        known = ", ".join(Role)
        raise UsageError(f"no role is called {text!r}: expected one of {known}") from None


def read_date(text: str | None) -> Execution:
    """When what can wait is to be done (GBCS 9.2.2); UTC where no zone is written.

    Raises:
        UsageError: when it is no date.
    """
    if text is None:
        return Activation.NOW
    if text.lower() == Activation.NEVER.value:
        return Activation.NEVER
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        told = "expected one like 2026-02-01T00:00:00Z, or never"
        raise UsageError(f"date {text!r}: {told}") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
