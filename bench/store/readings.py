#!/usr/bin/env python3
"""Readings that nobody wrote, for measuring the store: usage: readings.py N FOLDER [FIRST].

Writes N readings (one JSON file each, in folders of a thousand) of meetings, visits, calls and conferences among 190 states and five people of each, three
or four events a reading. Each happening is told by two to four readings of the days around it, with a field changed now and then, in an order that is not
that of the days. Reading number i is the same in every run, whatever N.
"""
import datetime
import json
import os
import random
import sys

STATES, PEOPLE, PER_DAY = 190, 5, 12
KINDS = ("meeting", "visit", "call", "conference", "signing")
START = datetime.date(2000, 1, 1)


def happening(h):
    r = random.Random(h)
    day = START + datetime.timedelta(days=h // PER_DAY % 9000)
    a, b = r.sample(range(STATES), 2)
    return {"kind": r.choice(KINDS), "day": day, "who": [(a, r.randrange(PEOPLE)), (b, r.randrange(PEOPLE))], "city": r.choice((a, b)),
            "topic": r.choice(("trade", "borders", "transit", "security", "grain", "water")) + " %d" % r.randrange(40)}


def person(state, k):
    return "Person%d Of%d" % (k, state)


def event(h, number, published, r):
    x = happening(h)
    day = x["day"] + datetime.timedelta(days=r.choice((0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))
    who = [{"name": person(s, k), "aliases": [person(s, k)], "type": "person", "role": "party", "of": "State%d" % s} for s, k in x["who"]]
    status = "held" if day < published else "scheduled"
    words = "%s and %s, %s on %s" % (who[0]["name"], who[1]["name"], x["kind"], day)
    return {"id": "e%d" % number, "kind": x["kind"], "status": status, "participants": who, "place": "City%d" % x["city"], "time": day.isoformat(),
            "format": ["bilateral"], "series": None, "ordinal": None, "topics": [x["topic"]], "documents": [], "attribution": None, "links": [],
            "evidence": [words], "confidence": 0.8}


def reading(i):
    r = random.Random(i * 7919 + 1)
    base = i * 1103515245 % (1 << 31)
    anchor = base % (9000 * PER_DAY)
    published = happening(anchor)["day"] + datetime.timedelta(days=r.randrange(-3, 3))
    events = [event((anchor + r.randrange(4)) % (9000 * PER_DAY), k + 1, published, r) for k in range(r.choice((3, 3, 4)))]
    names = {p["name"]: p for e in events for p in e["participants"]}
    people = [{"name": n, "aliases": [n], "post": "Minister", "of": p["of"], "id": None} for n, p in sorted(names.items())]
    return {"report": {"id": "made/%07d" % i, "lang": "en", "published": published.isoformat(), "published_basis": "given", "outlet": "Outlet%d" % (i % 50),
                       "title": None}, "people": people, "events": events, "statements": []}


def main():
    n, folder = int(sys.argv[1]), sys.argv[2]
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    for i in range(first, first + n):
        path = os.path.join(folder, "%04d" % (i // 1000))
        if i % 1000 == 0 or i == first:
            os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, "%07d.json" % i), "w") as f:
            json.dump(reading(i), f)


if __name__ == "__main__":
    main()
