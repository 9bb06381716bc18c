"""What the bench says to a device as every remote party, and hears (GBCS 7.2, SEC H14.52)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from emulator.bench.cases.cases import Case
from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.cases.hooks import HookError, hook_of
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.judgement import Seen, sorted_out
from emulator.bench.running.telling import alert_code
from emulator.gbcs.block_exchange import BlockExchange, ExchangeEffect, Incoming, Outgoing
from emulator.gbcs.commands.heading import Activation, CommandHeading, Execution
from emulator.gbcs.envelope import Message
from emulator.kernel.errors import UsageError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Duration, Instant, later

_FIRST_COUNTER: Final = 0x1000
_MOST_ROUNDS: Final = 400
"""Messages and blocks after one command, before the bench listens no longer."""


@dataclass(slots=True)
class Conversation:
    """The remote parties of one device.

    Args:
        home: with the device under test.
        maker: of commands.
        counter: of the last command, whoever sent it.
        before: of the last command of the case before.
        began: when this case began.
        heard: when each message first came. A network may bring one twice.
    """

    home: BenchedHome
    maker: CommandMaker
    counter: int = _FIRST_COUNTER
    before: int = _FIRST_COUNTER
    began: Instant = START
    heard: dict[bytes, Instant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        outside = self.home.tested.outside
        if outside is not None and outside.first_counter > self.counter:
            self.counter = self.before = outside.first_counter

    def begin(self) -> None:
        """A case begins: what comes late or once more from an earlier one is not about it."""
        self.before = self.counter
        self.began = self.home.lab.scheduler.now

    def command(
        self,
        case: Case,
        *,
        originator: Eui64 | None = None,
        counter: int | None = None,
        execution: Execution = Activation.NOW,
    ) -> Message:
        """A command of a case, protected as it should be.

        Args:
            case: tells the use case and the sender.
            originator: another than the party of the sender's role.
            counter: one above the last unless given.
            execution: when what can wait is done.
        """
        return self.maker.protected(
            self.bare(case, originator=originator, counter=counter, execution=execution)
        )

    def bare(
        self,
        case: Case,
        *,
        originator: Eui64 | None = None,
        counter: int | None = None,
        execution: Execution = Activation.NOW,
    ) -> Message:
        """The same without protection.

        Raises:
            HookError: when the user's values fail, or make no command.
        """
        if counter is None:
            self.counter += 1
            counter = self.counter
        lab = self.home.lab
        heading = CommandHeading(
            originator=self.maker.party(case.sender) if originator is None else originator,
            recipient=self.maker.recipient,
            counter=counter,
            issued=lab.calendar.moment(lab.scheduler.now),
            execution=execution,
        )
        hook = hook_of(case.use_case)
        if hook is None:
            return self.maker.bare(case.use_case, dict(case.values), heading)
        given = {**dict(case.values), **hook.values(case)}
        try:
            return self.maker.bare(case.use_case, given, heading)
        except UsageError as refusal:
            raise HookError(f"{hook.path}: values(): {refusal}") from refusal

    def say(
        self,
        message: Message,
        *,
        expect_alert: bool = False,
        code: int | None = None,
        blocks: bool = False,
    ) -> Seen:
        """Send a command; what came until an answer was there, or nothing more could come.

        Args:
            message: the command.
            expect_alert: whether an alert ends the wait, but for a time of silence after it.
            code: of that alert; any where None.
            blocks: whether it goes in blocks, however short it is.
        """
        link = BlockExchange(whole_message=0) if blocks else BlockExchange()
        now = self.home.lab.scheduler.now
        self._link(link.send(message, now))
        ends = _Ending(expect_alert=expect_alert, code=code)
        return self._listen(link, message, ends)

    def say_octets(
        self,
        octets: bytes,
        about: Message,
        *,
        expect_alert: bool = False,
        code: int | None = None,
    ) -> Seen:
        """Send octets that are no command; what came after them."""
        self.home.send(octets)
        return self._listen(BlockExchange(), about, _Ending(expect_alert=expect_alert, code=code))

    def await_alert(self, about: Message, code: int, duration: Duration) -> Seen:
        """What comes up until an alert of this code does, at most for so long."""
        scheduler, came = self.home.lab.scheduler, list[bytes]()
        until = later(scheduler.now, duration)
        link = BlockExchange()
        self._take(link, came)
        while not any(alert_code(each) == code for each in self._sorted(came, about).alerts):
            if not self.home.wait(Duration(until - scheduler.now)):
                break
            self._take(link, came)
        return self._sorted(came, about)

    def answers(self, messages: Sequence[Message], duration: Duration) -> tuple[Message, ...]:
        """The answers to several commands that were sent together, in the order they came in.

        Args:
            messages: the commands.
            duration: how long all of them may take.
        """
        scheduler, came = self.home.lab.scheduler, list[bytes]()
        for message in messages:
            self._link(BlockExchange().send(message, scheduler.now))
            self.home.wait(self.home.silence, until_heard=False)
        until = later(scheduler.now, duration)
        link = BlockExchange()
        for _ in range(_MOST_ROUNDS):
            self._take(link, came)
            found = self._sorted(came, messages[0]).responses
            left = Duration(until - scheduler.now)
            if len(found) >= len(messages) or not self.home.wait(left):
                return found
        return ()

    def hear(self, about: Message) -> Seen:
        """What came up while time passed."""
        came: list[bytes] = []
        self._take(BlockExchange(), came)
        return self._sorted(came, about)

    def _sorted(self, came: Sequence[bytes], about: Message) -> Seen:
        """What came, without late answers to commands of earlier cases."""
        seen = sorted_out(came, about)
        earlier = range(_FIRST_COUNTER, self.before + 1)
        return replace(
            seen, responses=tuple(each for each in seen.responses if each.counter not in earlier)
        )

    def _listen(self, link: BlockExchange, about: Message, ends: "_Ending") -> Seen:
        came: list[bytes] = []
        for _ in range(_MOST_ROUNDS):
            seen = self._sorted(came, about)
            if seen.responses or seen.broken:
                return seen
            quiet = ends.after(seen)
            home = self.home
            if not (home.wait(home.silence) if quiet else home.await_answer()):
                return seen
            self._take(link, came)
        return self._sorted(came, about)

    def _take(self, link: BlockExchange, came: list[bytes]) -> None:
        """Take what came, and put together what came in blocks."""
        now = self.home.lab.scheduler.now
        for octets in self.home.take():
            try:
                whole = self._link(link.arrived(octets, now))
            except WireError:
                whole = [octets]
            came.extend(each for each in whole if self.heard.setdefault(each, now) >= self.began)

    def _link(self, effects: Sequence[ExchangeEffect]) -> list[bytes]:
        """Send what the link has to send; the whole messages that it gives."""
        whole: list[bytes] = []
        for each in effects:
            match each:
                case Outgoing(_, octets):
                    self.home.send(octets)
                case Incoming(octets):
                    whole.append(octets)
                case _:
                    pass
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ending:
    """What ends a wait but an answer.

    Args:
        expect_alert: whether an alert does.
        code: of that alert; any where None.
    """

    expect_alert: bool
    code: int | None

    def after(self, seen: Seen) -> bool:
        """Whether nothing but an answer could still be of interest."""
        if not self.expect_alert:
            return False
        return any(self.code in (None, alert_code(each)) for each in seen.alerts)
