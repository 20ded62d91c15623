#!/usr/bin/env python3
"""Do the visitors of the US government's table of state visits resolve to the right person and state?

usage: tools/visits.py [-v] [CORPORA]        (default: shared/corpora beside the checkout; -v: prints every row)

Each row since 1990 becomes a sentence ("President X of Y visited Washington.") read as of its first day. It counts as right where the
person is one of the tables who held a post of that state on that day; else its cause is counted: the name is not in the tables,
it is, but not in office for the state on the day, or the text was not linked to it.
"""
import re
import subprocess
import sys
import tarfile
import unicodedata
import xml.etree.ElementTree as XML
import json
from collections import Counter, defaultdict
from pathlib import Path

from tables import rows

ROOT = Path(__file__).resolve().parents[1]
ARGS = [a for a in sys.argv[1:] if a != "-v"]
CORPORA = Path(ARGS[0]) if ARGS else ROOT.parent / "shared" / "corpora"


def fold(s):
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c))
    return re.sub(r"[^a-z ]+", "", s.lower().replace("-", " ")).strip()


def span(edtf, last):
    return {4: edtf + ("-12-31" if last else "-01-01"), 7: edtf + ("-31" if last else "-01")}.get(len(edtf), edtf)


STATES = {}
for r in rows(ROOT / "data/world/states.tsv"):
    for n in [r["name_en"], *r["also_en"].split(";")]:
        STATES.setdefault(fold(n), r["id"])
STATES.update({"peoples republic of china": "cn", "republic of korea": "kr", "holy see": "va", "vatican": "va", "serbia and montenegro": "rs", "burma": "mm",
               "federal republic of germany": "de", "czech and slovak federal republic": "cz", "macedonia": "mk", "republic of congo brazzaville": "cg"})
HELD = defaultdict(list)
for r in rows(ROOT / "data/world/holders.tsv"):
    HELD[r["person"]].append(r)
NAMES = defaultdict(set)
for r in rows(ROOT / "data/world/persons.tsv"):
    for n in [r["name_en"], *r["also_en"].split(";")]:
        if n:
            NAMES[fold(n).split()[-1]].add(r["id"])


def in_office(person, state, day):
    for t in HELD[person]:
        end = span(t["to"], True) if t["to"] not in ("", "..") else "9999"
        if t["of"] == state and span(t["from"], False) <= day <= end:
            return True
    return False


def read(text, day):
    out = subprocess.run([str(ROOT / "build/chancery"), "read", "--json", "--published", day, "-"], input=text, capture_output=True, text=True)
    return json.loads(out.stdout) if out.stdout else {}


def main():
    verbose, causes, total = "-v" in sys.argv, Counter(), 0
    tables = []
    with tarfile.open(CORPORA / "us-visits-travels" / "tables.tar.xz") as tar:
        for m in sorted(tar.getmembers(), key=lambda m: m.name):
            if re.match(r"(\./)?visits/.*\.xml$", m.name):
                tables.append(XML.parse(tar.extractfile(m)).getroot())
    for visit in (v for t in tables for v in t.iter("visit")):
        day, who, of = (" ".join((visit.findtext(k) or "").split()) for k in ("start-date", "visitor", "from"))
        if day < "1990" or not who or not of:
            continue
        total += 1
        state = STATES.get(fold(of)) or STATES.get(fold(of.split(",")[0]))
        reading = read(f"{who} of {of} visited Washington on a working visit.\n", day)
        ids = [p.get("id") for p in reading.get("people", [])] + [p.get("id") for e in reading.get("events", []) for p in e["participants"] if p.get("type") == "person"]
        if not state:
            cause = "no such state in the tables"
        elif any(i and in_office(i, state, day) for i in ids):
            if verbose:
                print(f"{day}\t{of}\t{who}\tright\t{next(i for i in ids if i and in_office(i, state, day))}")
            continue
        else:
            surname = [w for w in fold(re.sub(r"\(.*?\)", "", who)).split() if w not in ("i", "ii", "iii", "iv", "jr")]
            there = NAMES.get(surname[-1], set()) if surname else set()
            if not there:
                cause = "name not in the tables"
            elif not any(in_office(i, state, day) for i in there):
                cause = "in the tables, not in office for that state on the day"
            elif any(ids):
                cause = "linked to another person"
            else:
                cause = "not linked"
        causes[cause] += 1
        if verbose:
            print(f"{day}\t{of}\t{who}\t{cause}\t{[i for i in ids if i]}")
    wrong = sum(causes.values())
    print(f"{total} visits since 1990, {total - wrong} resolved to the right person and state: {(total - wrong) / total:.3f}")
    for cause, n in causes.most_common():
        print(f"{n:6}  {cause}")


main()
