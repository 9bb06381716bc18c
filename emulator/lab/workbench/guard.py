"""What stands before every page: whose requests are answered, and what browsers are told to refuse.

A page of another site must neither read nor do anything here. So the name by which this server was
called must be its own (against names that are bound to loopback afterwards), whatever a browser
says of where a request comes from must be here, and what changes something needs more than a cookie
(see `sessions`).
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

_SAFE_METHODS: Final = ("GET", "HEAD")
_OWN: Final = ("same-origin", "none")
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SECURITY_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""What every answer carries, where it does not say otherwise itself."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """An ASGI application in front of another.

    Args:
        application: answers what may be answered.
        hosts: by which names and ports this server may be called.
    """

    def __init__(self, application: Application, hosts: frozenset[str]) -> None:
        self._application = application
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        reason = self._objection(str(scope["method"]), Headers(scope=scope))
        if reason:
            refusal = PlainTextResponse(f"refused: {reason}\n", 403)
            await refusal(scope, receive, send_guarded)
            return
        await self._application(scope, receive, send_guarded)

    def _objection(self, method: str, headers: Headers) -> str:
        """Why a request is refused; empty when it is not."""
        if headers.get("host", "").lower() not in self._hosts:
            return "this server was called by a name that is not its own"
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in {f"http://{host}" for host in self._hosts}:
            return "the request comes from a page of another site"
        site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "")
        opened = method in _SAFE_METHODS and mode == "navigate"
        if site not in _OWN and not opened:
            return "the request comes from another site"
        return ""


def own_hosts(bind: str, port: int) -> frozenset[str]:
    """The names by which a server that is bound to an address may be called."""
    bound = f"[{bind}]" if ":" in bind else bind
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]", bound))
