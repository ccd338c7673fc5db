"""A learner's desk: the running app, its keys, and what was said in it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from textual import events
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from kdquiz.store.store import Store
from kdquiz.tui.app import KdquizApp

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
M = TypeVar("M", bound=Message)
W = TypeVar("W", bound=Widget)


HOPS = 6
"""Messages in a chain that one key sets going: key, response, answer, kept, drawn, and one to spare."""


async def settled(pilot: Pilot[None]) -> None:
    """Wait until every widget has seen to its messages, and to those that came of them, and nothing moves by itself;
    however busy the machine is."""
    for _ in range(HOPS):
        await pilot.pause(0)
    await pilot.app.animator.wait_until_complete()
    await pilot.pause(0)


@dataclass
class Clock:
    """Stands until it is put forward."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time_passed: float) -> None:
        self.now += timedelta(**time_passed)


@dataclass
class Desk:
    """What a learner has before them. `pilot` is set once the app runs."""

    app: KdquizApp
    store: Store
    clock: Clock
    heard: list[Message] = field(default_factory=list)
    _awaited: list[tuple[type[Message], asyncio.Event]] = field(default_factory=list)
    _pilot: Pilot[None] | None = None

    @property
    def pilot(self) -> Pilot[None]:
        assert self._pilot is not None
        return self._pilot

    def sit_at(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot

    def hear(self, message: Message) -> None:
        """Every message of the app passes here, again for each widget that it bubbles to."""
        if any(message is heard for heard in self.heard[-50:]):
            return
        self.heard.append(message)
        for kind, event in self._awaited:
            if isinstance(message, kind):
                event.set()

    def all_heard(self, kind: type[M]) -> list[M]:
        return [message for message in self.heard if isinstance(message, kind)]

    async def press(self, *keys: str) -> None:
        """Press keys, each when everything the last one set going is done."""
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal does."""
        self.app.post_message(events.Paste(text))
        await settled(self.pilot)

    async def until(self, kind: type[Message], *, after: Callable[[], object], seconds: float = 60) -> None:
        """Do something, and wait for a message that comes of it."""
        event = asyncio.Event()
        self._awaited.append((kind, event))
        after()
        await asyncio.wait_for(event.wait(), seconds)
        await settled(self.pilot)

    def one(self, kind: type[W]) -> W:
        """The one widget of a kind on the screen."""
        return self.app.screen.query_one(kind)

    @property
    def text(self) -> str:
        """What is on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


SitDown = Callable[..., AbstractAsyncContextManager[Desk]]
"""Called with the keywords of `conftest.sit_down`."""
