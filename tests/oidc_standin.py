"""
A stand-in for an organisation's sign-in: the OpenID Connect authorization code flow, checked as a real one checks it.

Discovery, authorize, token, userinfo and keys, after OpenID Connect Core 1.0 and Discovery 1.0: the client's secret,
its return address, the code used once, PKCE (RFC 7636). `person` is who signs in next; `broken` answers 500 everywhere.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "moothall-tests", secrets.token_urlsafe(16)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OidcStandIn(ThreadingHTTPServer):
    """Signs in whoever `person` is: {"sub", "email", "email_verified", "name"}."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.person, self.broken, self.codes, self.tokens = {}, False, {}, {}

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def answer(self, status, said=None, location=""):
        content = json.dumps(said or {}).encode()
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self):
        here, url = self.server.address, urlsplit(self.path)
        if self.server.broken:
            return self.answer(500)
        if url.path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            known = {f"{name}_endpoint": f"{here}/{path}" for name, path in names.items()}
            return self.answer(200, {"issuer": here, "jwks_uri": f"{here}/keys", **known})
        if url.path == "/authorize":
            return self.authorize(dict(parse_qsl(url.query)))
        if url.path == "/userinfo":
            person = self.server.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            return self.answer(200, person) if person else self.answer(401, {"error": "invalid_token"})
        if url.path == "/keys":
            return self.answer(200, {"keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))]})
        return self.answer(404)

    def authorize(self, asked):
        right = asked.get("client_id") == CLIENT and asked.get("response_type") == "code"
        if not right or "openid" not in asked.get("scope", "") or asked.get("code_challenge_method") != "S256":
            return self.answer(400, {"error": "invalid_request"})
        return self.send_back(asked)

    def send_back(self, asked):
        code = secrets.token_urlsafe(8)
        self.server.codes[code] = asked | {"person": dict(self.server.person)}
        self.answer(302, location=f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def do_POST(self):
        given = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = self.server.codes.pop(given.get("code"), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET)
            or given.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]
        ):
            return self.answer(400, {"error": "invalid_grant"})
        return self.give_token(asked)

    def give_token(self, asked):
        token, now = secrets.token_urlsafe(8), int(time.time())
        self.server.tokens[token] = asked["person"]
        claims = {"iss": self.server.address, "aud": CLIENT, "iat": now, "exp": now + 60, "sub": asked["person"]["sub"]}
        id_token = jwt.encode(claims, KEY, algorithm="RS256")
        self.answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": id_token})


@contextmanager
def running():
    """Yield a stand-in that answers on a port of its own."""
    server = OidcStandIn()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
