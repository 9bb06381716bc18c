"""Who may be tested, and through which antenna structure (SEC H14.46, App. J 14).

A CHAS is a Communications Hub Antenna Structure: the test device whose port stands for the hub's
antenna. The current ICHIS lists some; another is tested by agreement only.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from emulator.kernel.errors import UsageError


class Dut(Enum):
    """The two kinds of device that RF Noise Testing is for (SEC H14.46)."""

    ESME = "esme"
    HOT_SHOE = "hot-shoe"


TITLES: Final = {Dut.ESME: "ESME", Dut.HOT_SHOE: "Communications Hub Hot Shoe"}
_SPELLINGS: Final = {
    "esme": Dut.ESME,
    "hot-shoe": Dut.HOT_SHOE,
    "hotshoe": Dut.HOT_SHOE,
    "hot shoe": Dut.HOT_SHOE,
    "hot_shoe": Dut.HOT_SHOE,
}


@dataclass(frozen=True, slots=True)
class Chas:
    """An antenna structure.

    Args:
        identity: how it is called.
        listed: whether the current ICHIS lists it.
        title: what it is.
    """

    identity: str
    listed: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """What was tested through what.

    Args:
        dut: the device under test.
        chas: the antenna structure; None when the trace was taken otherwise.
        consent: who agreed to an unlisted CHAS, and when; empty for a listed one.
    """

    dut: Dut
    chas: Chas | None = None
    consent: str = ""

    @property
    def words(self) -> str:
        """The set-up in words, for reports."""
        through = "no CHAS named"
        if self.chas is not None:
            kind = "listed" if self.chas.listed else f"not listed; agreed: {self.consent}"
            through = f"CHAS {self.chas.identity} ({kind})"
        return f"{TITLES[self.dut]}, {through}"


def dut_named(text: str) -> Dut:
    """The kind of device that a person named.

    Raises:
        UsageError: for everything that RF Noise Testing is not for.
    """
    found = _SPELLINGS.get(text.strip().lower())
    if found is None:
        raise UsageError(
            f"--dut {text}: RF Noise Testing is for an ESME or a Communications Hub Hot Shoe "
            "(SEC H14.46): expected esme or hot-shoe"
        )
    return found


def chosen_chas(identity: str, registry: tuple[Chas, ...], consent: str) -> Chas | None:
    """The antenna structure that a person named; None when they named none.

    Args:
        identity: its name; empty for none.
        registry: what the limits file lists.
        consent: who agreed to an unlisted one, and when.

    Raises:
        UsageError: when it is not listed and nobody agreed, or consent is given for nothing.
    """
    if not identity:
        if consent:
            raise UsageError("--consent without --chas: expected the CHAS that it is for")
        return None
    found = next((chas for chas in registry if chas.identity == identity), Chas(identity, False))
    if not found.listed and not consent.strip():
        raise UsageError(
            f"--chas {identity}: not listed in the ICHIS of the limits: a CHAS that is not listed "
            'is tested upon agreement (SEC App. J 14.3): expected --consent "WHO, WHEN"'
        )
    return found
