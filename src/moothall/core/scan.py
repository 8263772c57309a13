"""
Virus scanning through ClamAV's daemon, where one is configured (MOOTHALL_CLAMD: a socket's path or host:port).

Speaks the daemon's INSTREAM command (clamd(8)). Where it is configured and does not answer, files are refused:
an unscanned file is never kept by accident.
"""

import socket
import struct

from django.conf import settings

from moothall.core.refusal import Refusal

CHUNK = 1 << 16


class FileInfected(Refusal):
    """Our virus scanner does not let that file in. Check your device, then send a clean copy."""

    status = 422


class ScannerAway(Refusal):
    """We cannot check files for viruses just now, so we cannot take yours. Send the rest, and add the file later."""

    status = 503


def check(content: bytes) -> None:
    """Pass clean content, or any where no scanner is configured. Raises FileInfected or ScannerAway."""
    address = getattr(settings, "MOOTHALL_CLAMD", "")
    if not address:
        return
    try:
        answer = ask(address, content)
    except OSError:
        raise ScannerAway() from None
    if answer.endswith("FOUND"):
        raise FileInfected()
    if not answer.endswith("OK"):
        raise ScannerAway()


def ask(address: str, content: bytes, *, seconds: float = 20) -> str:
    """Return the daemon's answer for these bytes: "stream: OK" or "stream: <name> FOUND". Raises OSError."""
    with _connect(address, seconds) as link:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            link.sendall(struct.pack("!L", len(part)) + part)
        link.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := link.recv(4096)):
            answer += part
    return answer.rstrip(b"\0").decode(errors="replace")


def _connect(address: str, seconds: float) -> socket.socket:
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=seconds)
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(seconds)
    link.connect(address)
    return link
