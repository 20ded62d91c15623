#!/usr/bin/env python3
"""usage: explain-records.py RECORDS REPORTS: what a record made of gold readings has otherwise than REPORTS/**/record.json, for the
storylines outside SPLIT: happenings that were torn apart or run together, other statuses, times, histories, conflicts."""
import json, sys
from pathlib import Path

found = json.load(open(sys.argv[1], encoding="utf-8"))
reports = Path(sys.argv[2])
split = [line for line in (reports / "SPLIT").read_text().split("\n") if line and line[0] != "#"]
of = {m: r for r in found for m in r["members"]}
hidden = tuple(name + "/" for name in split)
gold = []
for path in sorted(reports.rglob("record.json")):
    if path.parent.name not in split:
        gold += json.loads(path.read_text(encoding="utf-8"))
same = {frozenset(g) for g in json.loads((reports / "same.json").read_text(encoding="utf-8"))}
events = {}
for path in reports.rglob("*.gold.json"):
    if path.parent.name not in split:
        d = json.loads(path.read_text(encoding="utf-8"))
        events.update({f"{d['report']['id']}:{e['id']}": e for e in d["events"]})
gold_of = {m: r for r in gold for m in r["members"]}


def line(m):
    e = events.get(m)
    return f"      {m} {e['kind']} {e['status']} {e['time']} {e['place']} {e.get('series')} {e.get('ordinal')} {[p['name'] for p in e['participants']][:5]}" if e else "      " + m


def steps(r):
    s = [h["status"] for h in r["history"]]
    return [x for i, x in enumerate(s) if not i or x != s[i - 1]]


for g in gold:
    parts = {}
    for m in g["members"]:
        parts.setdefault(of[m]["id"], []).append(m)
    if len(parts) > 1:
        print("TORN", g["id"], g["label"])
        for p in parts.values():
            print("    --")
            print("\n".join(map(line, p)))
    best = max((of[m] for m in g["members"]), key=lambda r: len(set(r["members"]) & set(g["members"])))
    if len(g["members"]) > 1:
        for field in ("status", "time", "place"):
            if best[field] != g[field]:
                print("FIELD", g["id"], g["label"], field, best[field], "for", g[field])
        if steps(best) != steps(g):
            print("HISTORY", g["id"], g["label"], steps(best), "for", steps(g))
    have, want = {c["field"] for c in best["conflicts"]}, {c["field"] for c in g["conflicts"]}
    if want - have:
        print("CONFLICT missed", g["label"], g["conflicts"])
for r in found:
    members = [m for m in r["members"] if not m.startswith(hidden)]
    if len({gold_of[m]["label"] for m in members if m in gold_of}) > 1:
        print("RUN TOGETHER", r["id"])
        print("\n".join(line(m) + f"   = {gold_of[m]['label'] if m in gold_of else None}" for m in members))
    if r["conflicts"] and members and not any(gold_of.get(m, {}).get("conflicts") for m in members):
        print("CONFLICT made up", r["label"], r["conflicts"])
