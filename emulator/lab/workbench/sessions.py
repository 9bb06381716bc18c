"""Who is at a browser: a cookie that only this server gives, and a token that every form holds.

A page of another site can make a browser send the cookie, though `SameSite` should prevent it; it
can never read the token, so what it posts is refused.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from typing import Final

COOKIE: Final = "hanlab-session"
TOKEN: Final = "token"  # noqa: S105 - the name of a form's field, not a token
_KEPT: Final = 1_000


@dataclass(slots=True)
class Session:
    """One browser, or one program.

    Args:
        name: the secret that it is known by.
        token: what its forms hold.
        party: the EUI-64 of who it said to be on the Self-Service Interface; 0 for nobody.
    """

    name: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    party: int = 0

    def holds(self, token: str) -> bool:
        """Whether a form came from a page that this session was given."""
        return compare_digest(token.encode("utf-8", "replace"), self.token.encode())


class Sessions:
    """Those who were here lately; the ones not seen for longest are forgotten."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def begin(self) -> Session:
        """A new one."""
        session = Session()
        self._sessions[session.name] = session
        while len(self._sessions) > self._kept:
            self._sessions.popitem(last=False)
        return session

    def find(self, name: str) -> Session | None:
        """The session of that name."""
        found = self._sessions.get(name)
        if found is not None:
            self._sessions.move_to_end(name)
        return found

    def end(self, session: Session) -> None:
        """Forget one."""
        self._sessions.pop(session.name, None)


def session_name(headers: Mapping[str, str]) -> str:
    """The name in the cookie of a request; empty without one."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""
