"""Huiyin in the shape of a peer: installed, seeded, served and driven beside the others in one run.

python3 ../shared/bench/peers/bench.py bench --db postgres --n 100000 --clients 1,4   (from the project's root)
Workers are studio clerks of their community and open matters of their own community, as in the field. A search
looks through the whole district.
"""

import os
import random
import re
import sys
import urllib.parse
import uuid
from pathlib import Path

import peerlib
import texts

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "b" * 32
PASSWORD = "bench-pass"
COMMUNITIES = len(texts.COMMUNITIES)


def keeper_of(i, matter):
    """The worker who keeps a matter: one of the clerks of its community."""
    mine = range(matter["community"], texts.WORKERS, COMMUNITIES)
    return mine[i % len(mine)]


class Peer:
    dbs = ("postgres",)

    def __init__(self, bench, venv=None):
        self.b, self.venv = bench, venv or str(ROOT / ".venv")

    def install(self):
        if not Path(self.venv, "bin", "gunicorn").exists():
            self.b.sh(["make", "install"], cwd=str(ROOT))
        ask = "import huiyin, django, gunicorn; print(huiyin.__version__, django.__version__, gunicorn.__version__)"
        v = self.b.sh([self.venv + "/bin/python", "-c", ask]).split()
        return {"version": "Huiyin " + v[0], "stack": f"Django {v[1]}, gunicorn {v[2]} 2 gthread workers"}

    def env(self):
        return {
            "DATABASE_URL": f"postgres://bench@127.0.0.1:{self.b.pgport}/huiyin",
            "HUIYIN_STATE": self.b.path("state"),
            "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
            "PYTHONPATH": str(ROOT),
            "PEER_COMMON": str(Path(texts.__file__).parent),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def huiyin(self, *words):
        self.b.sh([self.venv + "/bin/python", "-m", "huiyin.config.command", *words], env=self.env())

    def seed(self, _db, n):
        self.b.pg_start()
        self.b.pg_db("huiyin")
        self.huiyin("prepare")
        self.b.sh([self.venv + "/bin/python", str(ROOT / "bench" / "seed.py"), str(n)], env=self.env())
        self.b.psql("VACUUM ANALYZE", "huiyin")
        self.b.psql("CHECKPOINT", "huiyin")
        return int(self.b.psql("select pg_database_size('huiyin')", "huiyin"))

    def serve(self, _db):
        port = peerlib.free_port()
        command = [self.venv + "/bin/python", "-m", "huiyin.config.command", "serve", "--bind", f"127.0.0.1:{port}"]
        served = self.b.start(command, "huiyin", env=self.env())
        peerlib.wait_port(port, 120, served)
        return [served], port

    def adapter(self, _db, n):
        return Adapter(n)


class Adapter:
    def __init__(self, n):
        self.n = n
        self.of_community = [[] for _ in range(COMMUNITIES)]
        # What can be replied to: accepted matters are answered; of new ones more is asked, when those are used up.
        self.accepted = [[] for _ in range(COMMUNITIES)]
        self.new = [[] for _ in range(COMMUNITIES)]
        for i in range(n):
            matter = texts.make(i)
            self.of_community[matter["community"]].append(i)
            if matter["status"] == "working":
                self.accepted[matter["community"]].append(i)
            elif matter["status"] == "open":
                self.new[matter["community"]].append(i)
        for mine in (*self.accepted, *self.new):
            random.Random(7).shuffle(mine)

    async def login(self, c):
        c.home = c.worker % COMMUNITIES
        c.officer = type(c.s)(c.s.port)
        await self._enter(c.s, f"worker{c.worker}")
        await self._enter(c.officer, "officer")

    async def _enter(self, session, username):
        session.cookies["csrftoken"] = TOKEN
        form = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": TOKEN}
        r = await session.post("/desk/login/", form)
        assert r.status == 302, (r.status, r.text[:500])

    def token(self, c):
        return c.s.cookies["csrftoken"]

    async def queue(self, c):
        r = await c.s.get("/desk/?list=mine")
        assert r.status == 200, (r.status, r.text[:300])
        rows = len(set(re.findall(r'href="/desk/appeal/(\d+)/"', r.text)))
        assert rows == 25 or self.n < 100000, rows

    async def case(self, c):
        i = c.rng.choice(self.of_community[c.home])
        r = await c.s.get(f"/desk/appeal/{i + 1}/")
        assert r.status == 200, r.status
        assert texts.make(i)["title"] in r.text, r.text[:300]

    async def search(self, c, term):
        """Hits in everything, as an officer of the district sees it; "more than 1,000" is reported as 1,001."""
        r = await c.officer.get("/desk/search/?words=" + urllib.parse.quote(term))
        assert r.status == 200, r.status
        more, exact = re.search(r"超过 (\d+) 件", r.text), re.search(r'role="status">(\d+) 件', r.text)
        assert more or exact, re.sub(r"\s+", " ", r.text)[:1500]
        return int(more[1]) + 1 if more else int(exact[1])

    async def create(self, c):
        m = texts.new_appeal(c.rng)
        form = {
            "key": str(uuid.UUID(int=c.rng.getrandbits(128), version=4)),
            "detail": m["body"],
            "area_id": 3 + c.home,
            "name": m["name"],
            "urgency": "normal",
            "channel": "room_visit",
            "persons_count": 1,
            "csrfmiddlewaretoken": self.token(c),
            "next": "open",
        }
        r = await c.s.post_multipart("/desk/register/", form)
        assert r.status == 302, (r.status, re.sub(r"\s+", " ", r.text)[-1500:])

    async def reply(self, c):
        if self.accepted[c.home]:
            i, verb = self.accepted[c.home].pop(), "answer_now"
            form = {"text": "现场查看情况属实，已转责任单位限期办理。", "result": "explained"}
        else:
            i, verb = self.new[c.home].pop(), "request_info"
            form = {"missing": "请说明具体位置和发生的时间。"}
        form |= {"seen_version": "1", "csrfmiddlewaretoken": self.token(c)}
        r = await c.s.post_multipart(f"/desk/appeal/{i + 1}/do/{verb}/", form)
        assert r.status == 302, (r.status, re.sub(r"\s+", " ", r.text)[-1500:])


if __name__ == "__main__":
    sys.exit(os.EX_USAGE)
