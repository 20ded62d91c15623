#!/usr/bin/env python3
"""Writes docs/coverage.md: what data/world has, by state and post. Run after a change of the tables.

usage: tools/coverage.py
"""
from collections import Counter, defaultdict
from pathlib import Path

import tables

ROOT = Path(__file__).resolve().parents[1]
WORLD = ROOT / "data" / "world"
FROM, TO = 1990, 2026


def rows(name):
    return list(tables.rows(WORLD / name))


def years(t):
    """First and last year of a tenure, as far as it is known."""
    first = int(t["from"][:4])
    last = TO if t["to"] == "" else first + 1 if t["to"] == ".." else int(t["to"][:4])
    return first, last


def main():
    posts, states, holders = {r["id"]: r for r in rows("posts.tsv")}, rows("states.tsv"), rows("holders.tsv")
    persons, bodies, places = rows("persons.tsv"), rows("bodies.tsv"), rows("places.tsv")
    columns = ["head of state", "head of government", "foreign affairs", "defence"]

    def column(post):
        p = posts[post]
        if p["rank"] == "4" and p["portfolio"] in ("foreign", "external"):
            return "foreign affairs"
        if p["rank"] == "4" and p["portfolio"] == "defence":
            return "defence"
        if p["rank"] == "1" and p["of"] in ("state",) or post in ("o-king", "o-queen", "o-emir", "o-sultan", "o-emperor", "o-pope"):
            return "head of state"
        if post in ("o-pm", "o-chancellor"):
            return "head of government"
        return None

    known, others, count = defaultdict(set), Counter(), Counter()
    for t in holders:
        c = column(t["post"])
        count[t["of"]] += 1
        if c:
            first, last = years(t)
            known[t["of"], c].update(range(max(first, FROM), min(last, TO) + 1))
            others[t["of"], c] += 1
    out = ["# What the tables of the world cover", "",
           "Made by `tools/coverage.py` from `data/world`; do not edit. Sources: `data/LICENSES.md`.", "",
           "| table | rows |", "|---|---|"]
    for name, table in (("states and territories", states), ("places", places), ("bodies", bodies), ("outlets", rows("outlets.tsv")), ("posts", list(posts)),
                        ("persons", persons), ("tenures", holders), ("series of events", rows("series.tsv")), ("their instances", rows("instances.tsv")),
                        ("memberships", rows("members.tsv") if (WORLD / "members.tsv").exists() else []),
                        ("treaties and other documents", rows("documents.tsv") if (WORLD / "documents.tsv").exists() else []),
                        ("former names of places", rows("renames.tsv") if (WORLD / "renames.tsv").exists() else [])):
        out.append(f"| {name} | {len(table):,} |")
    out += ["", f"Persons with an English name: {sum(bool(p['name_en']) for p in persons):,}; with a Russian one: {sum(bool(p['name_ru']) for p in persons):,}.",
            f"Places with a Russian name: {sum(bool(p['name_ru']) for p in places):,} (towns: {sum(bool(p['name_ru']) and p['type'] == 'town' for p in places):,} of "
            f"{sum(p['type'] == 'town' for p in places):,}).",
            "Tenures by source: " + ", ".join(f"{s} {n:,}" for s, n in Counter(t["source"] for t in holders).most_common()) + ".", "",
            "## Tenures by post", "", "| post | tenures |", "|---|---|"]
    for post, n in Counter(t["post"] for t in holders).most_common(40):
        out.append(f"| {posts[post]['name_en']} (`{post}`) | {n:,} |")
    out += ["", f"## Years {FROM}-{TO} in which a holder is known, by state", "",
            f"Of {TO - FROM + 1} years (fewer for states that are younger or gone). In brackets the number of tenures. `gaps`: years without a foreign minister.", "",
            "| state | " + " | ".join(columns) + " | all tenures | gaps |", "|---|" + "---|" * (len(columns) + 2)]
    for s in sorted(states, key=lambda s: s["name_en"]):
        first = max(FROM, int(s["from"][:4])) if s.get("from") else FROM
        last = min(TO, int(s["to"][:4])) if s.get("to") else TO
        missing = [y for y in range(first, last + 1) if y not in known[s["id"], "foreign affairs"]]
        gaps, i = [], 0
        while i < len(missing):
            k = i
            while k + 1 < len(missing) and missing[k + 1] == missing[k] + 1:
                k += 1
            gaps.append(str(missing[i]) if i == k else f"{missing[i]}-{missing[k]}")
            i = k + 1
        cells = [f"{len(known[s['id'], c])} ({others[s['id'], c]})" if others[s["id"], c] else "" for c in columns]
        out.append(f"| {s['name_en']} | " + " | ".join(cells) + f" | {count[s['id']]} | {', '.join(gaps)} |")
    (ROOT / "docs" / "coverage.md").write_text("\n".join(out) + "\n", encoding="utf-8")


main()
