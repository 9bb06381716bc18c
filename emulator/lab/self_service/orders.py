"""What somebody wants done on the Self-Service Interface, read from a form or a JSON document."""

from collections.abc import Callable, Mapping
from typing import Final

from emulator.dcc.incidents.records import Outcome
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.lab.self_service.portal import Document, Portal, Refusal

LONGEST_NOTE: Final = 2_000
_CODE_SIZES: Final = range(6, 17)
"""Octets of an install code (DUIS 5.4 InstallCode)."""
_LONGEST_MPXN: Final = 13

Fields = Mapping[str, str]
Order = Callable[[Portal, Eui64], Document | Refusal]
"""Is carried out in the laboratory's loop, for whoever gave it."""


def ask(fields: Fields) -> Order:
    """Ask for the install code of a device.

    Raises:
        UsageError: when it names none; also the others, when a field is wrong.
    """
    device, mpxn = parse_eui64(fields.get("device", "").strip()), fields.get("mpxn", "").strip()
    if mpxn and not (mpxn.isascii() and mpxn.isdigit() and len(mpxn) <= _LONGEST_MPXN):
        raise UsageError(f"supply point {mpxn[:40]!r}: expected at most {_LONGEST_MPXN} digits")
    return lambda portal, who: portal.ask(who, device, mpxn)


def answer(number: int, fields: Fields) -> Order:
    """Add a note, with or without a code."""
    text, code = fields.get("text", "").strip(), install_code(fields)
    if len(text) > LONGEST_NOTE:
        raise UsageError(f"a note of {len(text)} characters: expected at most {LONGEST_NOTE}")
    return lambda portal, who: portal.answer(who, number, text, code)


def reassign(number: int, fields: Fields) -> Order:
    """Give an incident to another user."""
    named = fields.get("to", "")

    def done(portal: Portal, who: Eui64) -> Document | Refusal:
        to = portal.party(named)
        if to is None:
            raise UsageError(f"nobody is called {named[:40]!r}")
        return portal.reassign(who, number, to)

    return done


def close(number: int, fields: Fields) -> Order:
    """End an incident."""
    named = fields.get("outcome", "")
    if named not in Outcome.__members__:
        raise UsageError(f"outcome {named[:40]!r}: expected {', '.join(Outcome.__members__)}")
    return lambda portal, who: portal.close(who, number, Outcome[named])


def hold(fields: Fields) -> Order:
    """Have the inventory hold the code of a device."""
    device, code = parse_eui64(fields.get("device", "").strip()), install_code(fields)
    if code is None:
        raise UsageError("no install code is given")
    return lambda portal, who: portal.hold(who, device, code)


def install_code(fields: Fields) -> bytes | None:
    """The install code of a form; None without.

    Raises:
        UsageError: when it is none.
    """
    text = fields.get("install_code", "").replace(" ", "").replace("-", "")
    if not text:
        return None
    try:
        code = bytes.fromhex(text)
    except ValueError:
        code = b""
    if len(code) not in _CODE_SIZES:
        raise UsageError("install code: expected 6 to 16 octets in hexadecimal, with its CRC")
    return code
