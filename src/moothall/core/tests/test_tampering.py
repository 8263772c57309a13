"""A vandal with the owner's rights tampers in every way we could think of; the verifier finds each."""

import random

from moothall.core.seals import Head, Signer, entry_leaf
from moothall.core.tests.conftest import COUNTY, DISTRICT, SECOND
from moothall.core.verify import COLUMNS, verify


def text(rng):
    return "".join(rng.choice("abcdefghijklmnop") for _ in range(8))


def flip(value: bytes, rng) -> bytes:
    place = rng.randrange(len(value))
    return value[:place] + bytes([value[place] ^ (1 << rng.randrange(8))]) + value[place + 1 :]


class Vandal:
    """Tampers with the database as its owner, every trigger off; each way returns what it did."""

    def __init__(self, conn, rng, data):
        self.conn, self.rng, self.data = conn, rng, data
        self.sealed = self.column("select entry_id from core_auditleaf order by 1")
        self.whole = self.column(
            "select entry_id from core_auditpayload p where data is not null "
            "and exists (select from core_auditleaf l where l.entry_id = p.entry_id) order by 1"
        )
        self.seals = self.column("select id from core_auditseal order by 1")

    def column(self, query, *args):
        return [row[0] for row in self.conn.execute(query, args)]

    def one(self, query, *args):
        return self.conn.execute(query, args).fetchone()

    def change_a_word(self):
        column = self.rng.choice(["actor", "purpose", "action", "object"])
        self.conn.execute(
            f"update core_auditentry set {column} = %s where id = %s", (text(self.rng), self.rng.choice(self.sealed))
        )

    def change_a_moment(self):
        column, by = self.rng.choice(["at", "recorded_at"]), self.rng.choice(["1 microsecond", "-3 days", "2 hours"])
        self.conn.execute(
            f"update core_auditentry set {column} = {column} + %s::interval where id = %s",
            (by, self.rng.choice(self.sealed)),
        )

    def move_to_another_body(self):
        table = self.rng.choice(["core_auditentry", "core_auditleaf", "core_auditseal", "core_auditpayload"])
        key = {"core_auditentry": "id", "core_auditseal": "id"}.get(table, "entry_id")
        which = self.rng.choice(self.seals if table == "core_auditseal" else self.sealed)
        more = ", number = number + 500" if table in ("core_auditleaf", "core_auditseal") else ""
        more += ", size = size + 500" if table == "core_auditseal" else ""
        self.conn.execute(
            f"update {table} set body_id = {COUNTY + DISTRICT} - body_id{more} where {key} = %s", (which,)
        )

    def change_a_payload(self):
        which = self.rng.choice(self.whole)
        if self.rng.random() < 0.5:
            self.conn.execute("update core_auditpayload set data = %s where entry_id = %s", (text(self.rng), which))
        else:
            salt = flip(self.one("select salt from core_auditpayload where entry_id = %s", which)[0], self.rng)
            self.conn.execute("update core_auditpayload set salt = %s where entry_id = %s", (salt, which))

    def change_a_payload_and_its_commitment(self):
        which, salt, data = self.rng.choice(self.whole), self.rng.randbytes(32), text(self.rng)
        self.conn.execute("update core_auditpayload set salt = %s, data = %s where entry_id = %s", (salt, data, which))
        self.conn.execute(
            "update core_auditentry set commitment = sha256(%s || convert_to(%s, 'UTF8')) where id = %s",
            (salt, data, which),
        )

    def change_an_entry_and_its_leaf(self):
        which = self.rng.choice(self.sealed)
        self.conn.execute("update core_auditentry set actor = %s where id = %s", (text(self.rng), which))
        self.reseal(which)

    def reseal(self, which):
        columns = self.one(f"select {COLUMNS} from core_auditentry e where id = %s", which)
        self.conn.execute("update core_auditleaf set hash = %s where entry_id = %s", (entry_leaf(columns), which))

    def erase_without_a_record(self):
        erasure = self.rng.choice([None, self.rng.choice(self.sealed)])
        self.conn.execute(
            "update core_auditpayload set data = null, salt = null, erasure_id = %s where entry_id = %s",
            (erasure, self.rng.choice(self.whole)),
        )

    def drop_a_row(self):
        table = self.rng.choice(["core_auditentry", "core_auditleaf", "core_auditpayload", "core_auditseal"])
        key = {"core_auditentry": "id", "core_auditseal": "id"}.get(table, "entry_id")
        which = self.rng.choice(self.seals if table == "core_auditseal" else self.sealed)
        self.conn.execute(f"delete from {table} where {key} = %s", (which,))

    def drop_an_entry_whole(self):
        which = self.rng.choice(self.sealed)
        body, number = self.one("select body_id, number from core_auditleaf where entry_id = %s", which)
        for table, key in (("entry", "id"), ("leaf", "entry_id"), ("payload", "entry_id")):
            self.conn.execute(f"delete from core_audit{table} where {key} = %s", (which,))
        self.conn.execute(
            "update core_auditleaf set number = number - 1 where body_id = %s and number > %s", (body, number)
        )

    def cut_off_the_end(self):
        seal = self.rng.choice(self.seals)
        body, number, size = self.one("select body_id, number, size from core_auditseal where id = %s", seal)
        before = self.one(
            "select coalesce(max(size), 0) from core_auditseal where body_id = %s and number < %s", body, number
        )
        gone = self.column(
            "delete from core_auditleaf where body_id = %s and number >= %s returning entry_id", body, before[0]
        )
        self.conn.execute("delete from core_auditentry where id = any(%s)", (gone,))
        self.conn.execute("delete from core_auditpayload where entry_id = any(%s)", (gone,))
        self.conn.execute("delete from core_auditseal where body_id = %s and number >= %s", (body, number))
        assert size > before[0]

    def swap_two_leaves(self):
        body = self.rng.choice([COUNTY, DISTRICT])
        one, two = self.rng.sample(self.column("select number from core_auditleaf where body_id = %s", body), 2)
        place = "case number when %s then %s when %s then %s end"
        self.conn.execute(
            f"update core_auditleaf set number = -1 - ({place}) where body_id = %s and number in (%s, %s)",
            (one, two, two, one, body, one, two),
        )
        self.conn.execute("update core_auditleaf set number = -1 - number where number < 0")

    def swap_two_entries(self):
        one, two = self.rng.sample(self.sealed, 2)
        for which, other in ((one, -two), (two, -one)):
            self.conn.execute("update core_auditleaf set entry_id = %s where entry_id = %s", (other, which))
        self.conn.execute("update core_auditleaf set entry_id = -entry_id where entry_id < 0")

    def forge_an_entry(self):
        salt, body = self.rng.randbytes(32), self.rng.choice([COUNTY, DISTRICT])
        (number,) = self.one(
            "insert into core_auditentry (body_id, at, recorded_at, actor, purpose, action, object, commitment) values "
            "(%s, now(), now() - interval '1 day', 'staff:7', '', 'case.closed', 'case:1', "
            "sha256(%s || convert_to('{}', 'UTF8'))) returning id",
            body,
            salt,
        )
        self.conn.execute("insert into core_auditpayload values (%s, %s, %s, '{}', null)", (number, body, salt))
        if self.rng.random() < 0.6:
            (place,) = self.one("select max(number) + 1 from core_auditleaf where body_id = %s", body)
            if self.rng.random() < 0.5:
                place = self.rng.randrange(place)
                shift = "update core_auditleaf set number = number + %s where body_id = %s and number >= %s"
                self.conn.execute(shift, (900, body, place))
                self.conn.execute(shift, (-899, body, 900))
            self.conn.execute("insert into core_auditleaf values (%s, %s, %s, '')", (number, body, place))
            self.reseal(number)

    def spoil_a_seal(self):
        column = self.rng.choice(["root", "previous", "signature", "key", "at", "size", "number"])
        which = self.rng.choice(self.seals)
        (value,) = self.one(f"select {column} from core_auditseal where id = %s", which)
        if isinstance(value, bytes):
            value = flip(value, self.rng)
        elif isinstance(value, str):
            value = text(self.rng)
        else:
            value = value + (SECOND if column == "at" else 50)
        self.conn.execute(f"update core_auditseal set {column} = %s where id = %s", (value, which))

    def seal_anew_with_another_key(self):
        seal = self.rng.choice(self.seals)
        row = self.one(
            "select body_id, number, size, root, previous, (extract(epoch from at) * 1000000)::bigint "
            "from core_auditseal where id = %s",
            seal,
        )
        head = Signer(self.data / "elsewhere").sign(Head(*row[:3], flip(row[3], self.rng), *row[4:]))
        self.conn.execute(
            "update core_auditseal set root = %s, hash = %s, key = %s, signature = %s where id = %s",
            (head.root, head.hash(), head.key, head.signature, seal),
        )


TOOLS = {"column", "one", "reseal"}
WAYS = sorted(name for name in vars(Vandal) if not name.startswith("_") and name not in TOOLS)


def test_a_thousand_random_tamperings_are_all_found(trail):
    conn, data = trail
    for table in ("entry", "leaf", "seal"):
        conn.execute(f"alter table core_audit{table} disable trigger user")
    missed = []
    for seed in range(1000):
        rng = random.Random(seed)
        with conn.transaction(force_rollback=True):
            vandal, way = Vandal(conn, rng, data), WAYS[seed % len(WAYS)]
            getattr(vandal, way)()
            if verify(conn, data, (COUNTY, DISTRICT)).sound:
                missed.append((seed, way))
    assert missed == []
    assert verify(conn, data, (COUNTY, DISTRICT)).sound
