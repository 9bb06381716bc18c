"""Why a document that came over DUIS is not taken, and how that is answered."""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import PeerError
from emulator.kernel.settings import setting

_CODES: Final = "no source tells which DUIS 5.4 response code stands for this"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuisCodes:
    """Response codes for refusals that DUIS certainly has and sources do not number."""

    invalid: str = setting("E100", source=_CODES, verified=False)
    """The document has a readable header, and is not as the schema says."""
    signature: str = setting("E100", source=_CODES, verified=False)
    """The document is not signed, or not by who its RequestID names."""

    def proven(self, code: str) -> bool:
        """Whether a source proves a code for what it answers, rather than this list."""
        return code not in (self.invalid, self.signature)


class DuisRefusal(PeerError):  # noqa: N818 - a refusal by its nature, not an error of ours
    """A document that is no service request of DUIS: nothing in it names what it is about."""


class OversizedDocument(DuisRefusal):
    """A document larger than is ever read."""


class SignatureRefusal(DuisRefusal):
    """A document whose signature is absent, or does not verify."""
