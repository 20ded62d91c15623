#!/usr/bin/env python3
"""Measures article extraction on tests/pages: word F1 of the text, and how often title, day, outlet, author and language are right.
usage: pages.py [--each] [PROGRAM]     --each: also a line for each page, and with --wrong words too many and too few
PROGRAM: build/chancery. The last line is the mean: "f1 0.000 title 0.000 published 0.000 outlet 0.000 author 0.000 lang 0.000"."""
import collections, glob, json, os, re, subprocess, sys

FIELDS = ["title", "published", "outlet", "author", "lang"]


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def read(program, page):
    out = subprocess.run([program, "dump", "--after=intake", page], capture_output=True, text=True, encoding="utf-8").stdout
    head, _, text = out.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
    return fields, text


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    program = args[0] if args else "build/chancery"
    pages = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "pages")
    total, right, known = 0.0, collections.Counter(), collections.Counter()
    names = sorted(glob.glob(os.path.join(pages, "*.json")))
    for name in names:
        gold = json.load(open(name, encoding="utf-8"))
        fields, text = read(program, name[:-5] + ".html")
        want, got = words("\n".join(gold["text"])), words(text)
        both = sum((want & got).values())
        f1 = 2 * both / max(1, sum(want.values()) + sum(got.values()))
        total += f1
        wrong = []
        for f in FIELDS:
            if gold[f]:
                known[f] += 1
                right[f] += fields.get(f, "") == gold[f]
                if fields.get(f, "") != gold[f]:
                    wrong.append("%s=%s" % (f, fields.get(f, "")))
        if "--each" in sys.argv:
            print("%-12s %.3f  %s" % (os.path.basename(name)[:-5], f1, " ".join(wrong)))
        if "--wrong" in sys.argv:
            print("   +", " ".join((got - want).elements())[:600], "\n   -", " ".join((want - got).elements())[:600])
    print("f1 %.3f " % (total / len(names)) + " ".join("%s %.3f" % (f, right[f] / max(1, known[f])) for f in FIELDS))


if __name__ == "__main__":
    main()
