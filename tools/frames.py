#!/usr/bin/env python3
"""Looks over the frames of all languages: what overlaps, what is unused, what one language has and another lacks.

usage: tools/frames.py [--data DIR]     the tables alone; exit status 1 where a trigger stands twice, so that a frame cannot be told
                                        from another, or a class of nouns is used by no frame
       tools/frames.py --used TEXT...   also read these texts with build/chancery and name the frames that carried no event in them

A trigger may stand in several frames where the words around it tell them apart: classes of nouns (column `what`) that do not meet, or
an object that must be a document or an actor (`needs-object`). Of frames that fit, the one with classes is taken, else the first.
"""
import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import tables

ROOT = Path(__file__).resolve().parents[1]


def cells(row, column):
    return [x.strip() for x in row.get(column, "").split(";") if x.strip() not in ("", "-")]


def told_apart(a, b, words):
    """Can what stands around the same trigger tell frame a from frame b?"""
    if "void" in cells(a, "flags") or "void" in cells(b, "flags"):
        return False
    x, y = cells(a, "what"), cells(b, "what")
    if bool(x) != bool(y):
        return True
    if x:
        return True  # nouns that both have are reported once, by class
    fits = [r["object"] if "needs-object" in cells(r, "flags") else "" for r in (a, b)]
    return fits[0] != fits[1]


def look_over(folder):
    """Faults of the tables of one language, as lines; and its frames."""
    frames = list(tables.rows(folder / "frames.tsv"))
    words = defaultdict(set)
    for row in tables.rows(folder / "classes.tsv"):
        words[row["name"]] |= set(cells(row, "words"))
    faults = []
    seen = defaultdict(list)
    for f in frames:
        own = cells(f, "trigger")
        for t, n in Counter(own).items():
            if n > 1:
                faults.append(f"{f['id']}: '{t}' stands {n} times")
        for t in set(own):
            for other in seen[f["pos"], t]:
                if not told_apart(other, f, words):
                    faults.append(f"'{t}' of {f['id']} is never reached: {other['id']} has it")
                for c in cells(f, "what"):
                    for d in cells(other, "what"):
                        both = words[c] & words[d]
                        if both:
                            some = ", ".join(sorted(both)[:4])
                            faults.append(f"'{t}' + {some}: {other['id']} ({d}) comes before {f['id']} ({c})")
            seen[f["pos"], t].append(f)
    used = {c for f in frames for c in cells(f, "what")}
    faults += [f"class '{c}' is used by no frame" for c in words if c not in used]
    return sorted(set(faults)), frames


def rules_of(texts):
    """How many events each rule carried in these texts."""
    count = Counter()
    for text in texts:
        out = subprocess.run([ROOT / "build" / "chancery", "read", "--json", text], capture_output=True, check=False).stdout
        for e in json.loads(out or b"{}").get("events", []):
            count[(e.get("why", {}).get("kind") or {}).get("rule")] += 1
    return count


def main():
    ap = argparse.ArgumentParser(usage=__doc__)
    ap.add_argument("--data", type=Path, default=ROOT / "data")
    ap.add_argument("--used", nargs="+", metavar="TEXT")
    args = ap.parse_args()
    folders = sorted(p.parent for p in (args.data / "language").glob("*/frames.tsv"))
    faulty, names = False, {}
    for folder in folders:
        faults, frames = look_over(folder)
        names[folder.name] = frames
        faulty |= bool(faults)
        for line in faults:
            print(f"{folder.name}: {line}")
    bare = {code: {f["id"].removeprefix(code + ".") for f in frames} for code, frames in names.items()}
    everywhere = set.union(*bare.values()) if bare else set()
    for code in bare:
        lacking = sorted(everywhere - bare[code])
        if lacking:
            print(f"{code}: note: no row for {', '.join(lacking)}")
    if args.used:
        count = rules_of(args.used)
        for code, frames in names.items():
            idle = [f["id"] for f in frames if not count[f["id"]] and "void" not in cells(f, "flags")]
            print(f"{code}: note: {len(idle)} of {len(frames)} frames carried no event: {', '.join(idle)}")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
