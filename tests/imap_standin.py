"""A stand-in for a mail server's IMAP: one mailbox, the few commands we send, answered as RFC 9051 says.

`drop_after_fetch` ends the connection when a letter was handed over and before it is moved, as a lost line does.
"""

import re
import socketserver
import threading
from contextlib import contextmanager

USER, PASSWORD = "help@marchshire.example", "s3cret pass"


class ImapStandIn(socketserver.ThreadingTCPServer):
    """Holds letters by number, in folders."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, letters, *, moves=True):
        super().__init__(("127.0.0.1", 0), Session)
        self.folders = {"INBOX": dict(enumerate(letters, 1))}
        self.moves, self.drop_after_fetch = moves, False

    @property
    def address(self):
        user, password = USER.replace("@", "%40"), PASSWORD.replace(" ", "%20")
        return f"imap://{user}:{password}@127.0.0.1:{self.server_address[1]}/INBOX"


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, rest = line.partition(" ")
            words = rest.split(" ")
            verb = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
            answer = getattr(self, f"do_{verb.replace(' ', '_')}", self.unknown)(rest)
            if answer is None:
                return
            self.say(f"{tag} {answer}")
            if verb == "LOGOUT":
                return

    def unknown(self, rest):
        return "BAD no such command"

    def do_CAPABILITY(self, rest):
        self.say("* CAPABILITY IMAP4rev1 UIDPLUS" + (" MOVE" if self.server.moves else ""))
        return "OK done"

    def do_LOGIN(self, rest):
        return "OK done" if rest == f'LOGIN {USER} "{PASSWORD}"' else "NO wrong password"

    def do_SELECT(self, rest):
        self.say(f"* {len(self.server.folders['INBOX'])} EXISTS")
        return "OK done"

    def do_CREATE(self, rest):
        name = rest.split(" ", 1)[1]
        known = name in self.server.folders
        self.server.folders.setdefault(name, {})
        return "NO it is there" if known else "OK done"

    def do_UID_SEARCH(self, rest):
        self.say("* SEARCH " + " ".join(str(number) for number in self.server.folders["INBOX"]))
        return "OK done"

    def do_UID_FETCH(self, rest):
        number, what = re.match(r"UID FETCH (\d+) \((.+)\)$", rest).groups()
        letter = self.server.folders["INBOX"][int(number)]
        if what == "RFC822.SIZE":
            size = getattr(letter, "size", len(letter))
            self.say(f"* 1 FETCH (UID {number} RFC822.SIZE {size})")
            return "OK done"
        content = letter.partition(b"\n\n")[0] + b"\n\n" if "HEADER" in what else letter
        self.say(f"* 1 FETCH (UID {number} {what.replace('.PEEK', '')} {{{len(content)}}}")
        self.wfile.write(content + b")\r\n")
        return "OK done"

    def do_UID_MOVE(self, rest):
        number, folder = rest.split(" ")[2:]
        if self.server.drop_after_fetch:
            self.connection.close()
            return None
        self.server.folders[folder][int(number)] = self.server.folders["INBOX"].pop(int(number))
        return "OK done"

    def do_UID_COPY(self, rest):
        number, folder = rest.split(" ")[2:]
        self.server.folders[folder][int(number)] = self.server.folders["INBOX"][int(number)]
        return "OK done"

    def do_UID_STORE(self, rest):
        self.server.deleted = int(rest.split(" ")[2])
        return "OK done"

    def do_UID_EXPUNGE(self, rest):
        self.server.folders["INBOX"].pop(self.server.deleted)
        return "OK done"

    def do_LOGOUT(self, rest):
        self.say("* BYE")
        return "OK done"


@contextmanager
def running(letters, **how):
    """Run one, for the length of a block."""
    server = ImapStandIn(letters, **how)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
