"""A proxy between Moothall and its database that loses acknowledgements and commits, stalls and cuts connections.

It listens on two ports, one for the web and one for the workers, so that a fault can be aimed. A trick waits for the
next statement of its kind and is played once; everything else passes unharmed.
"""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

IDLE = b"I"
READY = b"Z\x00\x00\x00\x05"
QUIET = (b"BEGIN", b"ROLLBACK", b"LISTEN", b"UNLISTEN")


@dataclass
class Trick:
    """What to do with the next statement that `fits`.

    `how`: "lose-commit" (it never arrives), "lose-answer" (it is done, the answer is lost), "hold" (`then` is called
    with the client's port before it is passed on) or "hold-answer" (`then` is called before the answer is).
    """

    how: str
    fits: Callable[["Line", bytes], bool]
    then: Callable[[int], None] | None = None


def commits(line: "Line", said: bytes) -> bool:
    """Return whether this statement makes something last: a COMMIT, or a statement outside any transaction."""
    if b"COMMIT" in said[:40]:
        return True
    return line.status == IDLE and said[:1] in (b"Q", b"P", b"B") and not any(word in said[:40] for word in QUIET)


def claims(_line: "Line", said: bytes) -> bool:
    """Return whether this statement is a job's first: its receipt."""
    return b"insert into core_receipt" in said


def begins_to_send(line: "Line", said: bytes) -> bool:
    """Return whether this statement commits that a letter is about to be handed over."""
    return b"COMMIT" in said[:40] and b'UPDATE "core_outgoing"' in line.before and b"sending" in line.before


class Line:
    """One connection of a client to the database."""

    def __init__(self, proxy: "Proxy", kind: str, client, server):
        self.proxy, self.kind = proxy, kind
        self.from_client, self.to_client = client
        self.from_server, self.to_server = server
        self.port = self.to_client.get_extra_info("peername")[1]
        self.status, self.before, self.deaf, self.answer_to = b"", b"", False, None
        self.prepared: dict[bytes, bytes] = {}

    def cut(self) -> None:
        """Break both ends at once."""
        for writer in (self.to_client, self.to_server):
            with contextlib.suppress(Exception):
                writer.transport.abort()

    async def run(self) -> None:
        """Pass on what is said until one end hangs up."""
        try:
            await asyncio.gather(self._there(), self._back())
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self.cut()

    async def _there(self) -> None:
        while said := await self.from_client.read(65536):
            await self.proxy.pause()
            meant = self._meant(said)
            trick = self.proxy.trick_for(self, meant) if self.status else None
            if trick and trick.how == "lose-commit":
                break
            if trick and trick.how == "hold":
                await asyncio.to_thread(trick.then, self.port)
            self.deaf = bool(trick and trick.how == "lose-answer")
            self.answer_to = trick if trick and trick.how == "hold-answer" else None
            self.to_server.write(said)
            await self.to_server.drain()
            self.before = b"" if b"BEGIN" in said[:40] else (self.before + meant)[-20_000:]
        self.cut()

    def _meant(self, said: bytes) -> bytes:
        """Return what is said, with the words of the statement where it only names one that was prepared before."""
        if said[:1] == b"P":
            name, words, *_ = said[5:].split(b"\0", 2)
            self.prepared[name] = words
        elif said[:1] == b"B":
            _, name, *_ = said[5:].split(b"\0", 2)
            return said[:1] + self.prepared.get(name, b"") + said[1:]
        return said

    async def _back(self) -> None:
        while said := await self.from_server.read(65536):
            await self.proxy.pause()
            if self.deaf:
                break
            if said[-6:-1] == READY:
                self.status = said[-1:]
            if trick := self.answer_to:
                self.answer_to = None
                await asyncio.to_thread(trick.then, self.port)
            self.to_client.write(said)
            await self.to_client.drain()
        self.cut()


class Proxy:
    """The proxy, in a thread of its own; `ports` names where each kind of client connects."""

    def __init__(self, socket_path: str, kinds: tuple[str, ...]):
        self.socket_path, self.kinds = socket_path, kinds
        self.ports: dict[str, int] = {}
        self.played: Counter = Counter()
        self._lines: set[Line] = set()
        self._tricks: dict[str, list[Trick]] = {kind: [] for kind in kinds}
        self._stalled_until = 0.0
        self._up = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> "Proxy":
        """Begin to listen; returns once it does."""
        self._thread.start()
        if not self._up.wait(10):
            raise RuntimeError("the proxy did not start")
        return self

    def stop(self) -> None:
        """Cut every line and listen no more."""
        if not self._thread.is_alive():
            return
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def play(self, kind: str, trick: Trick) -> None:
        """Play a trick on the next fitting statement of a kind of client."""
        self._loop.call_soon_threadsafe(self._tricks[kind].append, trick)

    @property
    def waiting(self) -> int:
        """Return how many tricks were not played yet."""
        return sum(map(len, self._tricks.values()))

    def forget(self) -> None:
        """Play no trick that has not been played yet."""
        self._loop.call_soon_threadsafe(lambda: [tricks.clear() for tricks in self._tricks.values()])

    def cut(self) -> None:
        """Break every connection."""
        self._loop.call_soon_threadsafe(lambda: [line.cut() for line in list(self._lines)])

    def stall(self, seconds: float) -> None:
        """Let nothing pass for a while."""
        self._stalled_until = self._loop.time() + seconds

    async def pause(self) -> None:
        """Wait while the proxy is stalled."""
        while (left := self._stalled_until - self._loop.time()) > 0:
            await asyncio.sleep(left)

    def trick_for(self, line: Line, said: bytes) -> Trick | None:
        """Return the trick that is to be played on a statement, and take it off the list."""
        tricks = self._tricks[line.kind]
        found = next((trick for trick in tricks if trick.fits(line, said)), None)
        if found:
            tricks.remove(found)
            self.played[found.how] += 1
        return found

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        for kind in self.kinds:
            server = self._loop.run_until_complete(asyncio.start_server(self._welcome(kind), "127.0.0.1", 0))
            self.ports[kind] = server.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))

    def _welcome(self, kind: str):
        async def serve(reader, writer):
            try:
                server = await asyncio.open_unix_connection(self.socket_path)
            except OSError:
                writer.transport.abort()
                return
            line = Line(self, kind, (reader, writer), server)
            self._lines.add(line)
            try:
                await line.run()
            finally:
                self._lines.discard(line)

        return serve
