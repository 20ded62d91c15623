#!/usr/bin/env python3
"""How near an analysis comes to a treebank, by the definitions of the CoNLL 2018 shared task; and how near found names come to given ones.

usage: evaluate.py [--fold] [--table] GOLD.conllu SYSTEM.conllu   Tokens, Sentences, Words, UPOS, UFeats, Lemmas, UAS, LAS, CLAS
       evaluate.py text GOLD                              the raw text to analyse
       evaluate.py names [--named] GOLD SYSTEM.conllu     exact spans and types of names (NE=B-PER ... in MISC)
       evaluate.py misses GOLD.conllu SYSTEM.conllu       where sentences and words are cut otherwise, most frequent first

Definitions (Zeman et al., CoNLL 2018 Shared Task, section 4): both files must hold the same characters, blanks aside. Tokens, sentences: the
same span of characters. Words: the same span, or, where a multiword token of either file lies, the longest common subsequence of
its forms in small letters. The other figures are over words so aligned: UPOS equal; UFeats: the universal features equal;
Lemmas equal (a gold lemma `_` is always right); UAS: the head is aligned with the gold head; LAS: and the relation equal, subtypes
cut off; CLAS: LAS over words whose relation is one of content. precision = right / system's, recall = right / gold's, F1 of both. The
aligned accuracy is over aligned words; with gold tokens all four are one. --fold compares lemmas in small letters with IO as IE, as the
program's lexicon spells them (and prints the exact figure as Lemmas=).

GOLD of `text` and `names`: a .conllu file, an .iob2 file of UNER (number, form, tag), a .conll file (form, tag), a folder of re3d
(documents.json, entities.json) or of FactRuEval (*.txt, *.spans, *.objects). Types are PER, ORG and LOC; others are left out.
Of nested spans the outermost counts. FactRuEval: a mention reaches from its first to its last span; LocOrg is LOC. --named leaves out
gold spans without a capital letter (re3d marks "the rebels" too).
"""
import argparse
import bisect
import collections
import glob
import json
import os
import sys
import unicodedata

UNIVERSAL = set("PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense Aspect Voice Evident "
                "Polarity Person Polite".split())
CONTENT = set("nsubj obj iobj csubj ccomp xcomp obl vocative expl dislocated advcl advmod discourse nmod appos nummod acl amod conj fixed "
              "flat compound list parataxis orphan goeswith reparandum root dep".split())
METRICS = ("Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS", "CLAS")


class Fault(Exception):
    pass


def bare(s):
    return "".join(c for c in s if unicodedata.category(c) != "Zs" and not c.isspace())


# ---- CoNLL-U ----

class Word:
    __slots__ = ("start", "end", "form", "lemma", "upos", "feats", "head", "deprel", "multi", "misc")

    def __init__(self, start, end, columns, multi):
        self.start, self.end, self.multi = start, end, multi
        self.form, self.lemma, self.upos, self.misc = columns[1], columns[2], columns[3], columns[9]
        self.feats = "|".join(sorted(f for f in columns[5].split("|") if f.split("=")[0] in UNIVERSAL))
        self.head = columns[6]  # then a Word, or None for the root
        self.deprel = columns[7].split(":")[0]


class Document:
    """characters: without blanks; tokens, sentences: (start, end); words: Word."""

    def __init__(self):
        self.characters, self.tokens, self.sentences, self.words = [], [], [], []

    def end_sentence(self, start, words):
        if not words:
            return
        self.sentences.append((start, len(self.characters)))
        for w in words:
            head = int(w.head) if w.head.isdigit() else 0
            if head > len(words):
                raise Fault("head %d in a sentence of %d words" % (head, len(words)))
            w.head = words[head - 1] if head else None
        for w in words:
            up, steps = w, 0
            while up is not None:
                up, steps = up.head, steps + 1
                if steps > len(words):
                    raise Fault("a cycle of heads at '%s'" % w.form)
        self.words += words


def load(path):
    d = Document()
    words, start, multi_left, number = [], 0, 0, 0
    multi = (0, 0)
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\r\n")
            if not line:
                d.end_sentence(start, words)
                words, start = [], len(d.characters)
                continue
            if line[0] == "#":
                continue
            c = line.split("\t")
            if len(c) != 10:
                raise Fault("%s:%d: %d columns" % (path, number, len(c)))
            if "." in c[0]:
                continue
            begin = len(d.characters)
            if "-" in c[0]:
                d.characters += bare(c[1])
                multi = (begin, len(d.characters))
                d.tokens.append(multi)
                a, b = map(int, c[0].split("-"))
                multi_left = b - a + 1
            elif multi_left:
                multi_left -= 1
                words.append(Word(multi[0], multi[1], c, True))
            else:
                text = bare(c[1])
                if not text:
                    raise Fault("%s:%d: an empty form" % (path, number))
                d.characters += text
                d.tokens.append((begin, len(d.characters)))
                words.append(Word(begin, len(d.characters), c, False))
    d.end_sentence(start, words)
    return d


# ---- alignment ----

def common_subsequence(a, b):
    """Pairs of a longest common subsequence of the words' forms in small letters."""
    x, y = [w.form.lower() for w in a], [w.form.lower() for w in b]
    best = [[0] * (len(y) + 1) for _ in range(len(x) + 1)]
    for i in range(len(x) - 1, -1, -1):
        for j in range(len(y) - 1, -1, -1):
            best[i][j] = best[i + 1][j + 1] + 1 if x[i] == y[j] else max(best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(x) and j < len(y):
        if x[i] == y[j]:
            yield a[i], b[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def beyond(words, i, end):
    """Does word i lie behind a stretch that ends at `end`?"""
    if i >= len(words):
        return True
    return words[i].start >= end if words[i].multi else words[i].end > end


def multiword_stretch(g, s, i, j):
    """From the words i and j, one of which is part of a multiword token: the first words of both in the stretch, and those behind it."""
    if g[i].multi:
        end = g[i].end
        j += not s[j].multi and s[j].start < g[i].start
    else:
        end = s[j].end
        i += not g[i].multi and g[i].start < s[j].start
    first = i, j
    while not beyond(g, i, end) or not beyond(s, j, end):
        if i < len(g) and (j >= len(s) or g[i].start <= s[j].start):
            end = max(end, g[i].end) if g[i].multi else end
            i += 1
        else:
            end = max(end, s[j].end) if s[j].multi else end
            j += 1
    return first, i, j


def align(gold, system):
    """Pairs (gold word, system word)."""
    g, s = gold.words, system.words
    i = j = 0
    pairs = []
    while i < len(g) and j < len(s):
        if g[i].multi or s[j].multi:
            (a, b), i, j = multiword_stretch(g, s, i, j)
            pairs += common_subsequence(g[a:i], s[b:j])
        elif (g[i].start, g[i].end) == (s[j].start, s[j].end):
            pairs.append((g[i], s[j]))
            i, j = i + 1, j + 1
        elif g[i].start <= s[j].start:
            i += 1
        else:
            j += 1
    return pairs


class Score:
    def __init__(self, gold, system, right, aligned=None):
        self.gold, self.system, self.right, self.aligned = gold, system, right, aligned
        self.precision = right / system if system else 0.0
        self.recall = right / gold if gold else 0.0
        self.f1 = 2 * right / (gold + system) if gold + system else 0.0
        self.accuracy = None if aligned is None else right / aligned if aligned else 0.0


def spans(gold, system):
    return Score(len(gold), len(system), len(set(gold) & set(system)))


def fold(s):
    return s.lower().replace("\u0451", "\u0435")


def evaluate(gold, system):
    if gold.characters != system.characters:
        at = next((i for i, (a, b) in enumerate(zip(gold.characters, system.characters)) if a != b),
                  min(len(gold.characters), len(system.characters)))
        raise Fault("the texts differ from character %d on: '%s' and '%s'" %
                    (at, "".join(gold.characters[at:at + 20]), "".join(system.characters[at:at + 20])))
    pairs = align(gold, system)
    to_gold = {id(s): g for g, s in pairs}
    n, m, both = len(gold.words), len(system.words), len(pairs)

    def heads(g, s):
        return (s.head is None and g.head is None) or (s.head is not None and g.head is not None and to_gold.get(id(s.head)) is g.head)

    def score(right):
        return Score(n, m, sum(1 for g, s in pairs if right(g, s)), both)
    out = {
        "Tokens": spans(gold.tokens, system.tokens), "Sentences": spans(gold.sentences, system.sentences), "Words": Score(n, m, both),
        "UPOS": score(lambda g, s: g.upos == s.upos), "UFeats": score(lambda g, s: g.feats == s.feats),
        "Lemmas": score(lambda g, s: g.lemma == "_" or g.lemma == s.lemma),
        "Folded": score(lambda g, s: g.lemma == "_" or fold(g.lemma) == fold(s.lemma)),
        "UAS": score(heads), "LAS": score(lambda g, s: heads(g, s) and g.deprel == s.deprel),
    }
    out["CLAS"] = Score(sum(w.deprel in CONTENT for w in gold.words), sum(w.deprel in CONTENT for w in system.words),
                        sum(1 for g, s in pairs if g.deprel in CONTENT and heads(g, s) and g.deprel == s.deprel),
                        sum(1 for g, s in pairs if g.deprel in CONTENT))
    return out


def print_scores(scores, folded, table):
    names = list(METRICS)
    if folded:
        scores = dict(scores, Lemmas=scores["Folded"], **{"Lemmas=": scores["Lemmas"]})
        names.insert(names.index("Lemmas") + 1, "Lemmas=")
    if table:
        print("\t".join("%.2f" % (100 * scores[x].f1) for x in names))
        return
    print("%-10s %9s %9s %9s %9s" % ("", "precision", "recall", "F1", "aligned"))
    for x in names:
        s = scores[x]
        aligned = "" if s.accuracy is None else "%9.2f" % (100 * s.accuracy)
        print(("%-10s %9.2f %9.2f %9.2f %s" % (x, 100 * s.precision, 100 * s.recall, 100 * s.f1, aligned)).rstrip())


def print_misses(gold, system):
    """Ends of sentences and words that only one side has, with the text around."""
    text = "".join(gold.characters)
    for what, g, s in (("sentence", gold.sentences, system.sentences), ("word", [(w.start, w.end) for w in gold.words],
                                                                         [(w.start, w.end) for w in system.words])):
        ge, se = {e for _, e in g}, {e for _, e in s}
        for side, ends in (("missed", ge - se), ("made", se - ge)):
            print("# %s ends %s: %d" % (what, side, len(ends)))
            around = 1 if what == "word" else 24
            counts = collections.Counter()
            for e in ends:
                if what == "word":
                    # the word of the other side that reaches over the end
                    other = s if side == "missed" else g
                    a, b = other[max(0, bisect.bisect_left(other, (e, 0)) - 1)]
                    counts[text[a:e] + " | " + text[e:b]] += 1
                else:
                    counts[text[max(0, e - around):e] + " | " + text[e:e + around]] += 1
            for t, c in counts.most_common():
                print("%s\t%s\t%d\t%s" % (what, side, c, t))


# ---- names ----

def plain(s):
    """Without blanks, controls and the invisible marks that a reader may drop (soft hyphens, marks of direction, joiners)."""
    return "".join(c for c in s if unicodedata.category(c) not in ("Zs", "Cc", "Cf", "Zl", "Zp") and not c.isspace())


TYPES = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "ORGANISATION": "ORG", "ORGANIZATION": "ORG", "LOC": "LOC", "LOCATION": "LOC",
         "LOCORG": "LOC"}


def outermost(found):
    """Of (start, end, type) those that lie in no other; of two with one extent the first."""
    kept, reach = [], -1
    for start, end, kind in sorted(found, key=lambda x: (x[0], -x[1])):
        if end > reach:
            kept.append((start, end, kind))
            reach = end
    return kept


def from_tags(rows):
    """Spans over characters from (form, tag); B-, I- and O, with an I- that continues nothing taken as B- (IOB1 too)."""
    at, begun, kind, out = 0, 0, None, []
    for form, tag in rows:
        mark, _, t = tag.partition("-")
        if kind and (mark != "I" or t != kind):
            out.append((begun, at, kind))
            kind = None
        if mark in ("B", "I") and not kind:
            begun, kind = at, t
        at += len(plain(form))
    if kind:
        out.append((begun, at, kind))
    return out


def tagged_rows(path):
    """(form, tag) of a file with names; a pair of None ends a sentence."""
    with open(path, encoding="utf-8") as f:
        covered = 0
        for line in f:
            line = line.rstrip("\r\n")
            c = line.split("\t") if "\t" in line else line.split()
            if not c:
                covered = 0
                yield None, None
            elif line.startswith("#") and (path.endswith("iob2") or path.endswith("conllu")):
                continue
            elif path.endswith("conllu"):
                if "." in c[0]:
                    continue
                tag = next((x[3:] for x in c[9].split("|") if x.startswith("NE=")), "O")
                if "-" in c[0]:
                    # the parts of a multiword token have no characters of their own: share its text out, all to the first
                    a, b = map(int, c[0].split("-"))
                    covered, whole = b - a + 1, c[1]
                elif covered:
                    covered -= 1
                    form = c[1] if whole.startswith(c[1]) else ""
                    yield (whole if covered == 0 else form), tag
                    whole = whole[len(form):]
                else:
                    yield c[1], tag
            elif path.endswith("iob2"):
                yield c[1], c[2]
            else:
                yield c[0], c[-1]


def offsets(text):
    """For every character the number of those before it that are no blanks, and the text without blanks."""
    before, out = [], []
    for c in text:
        before.append(len(out))
        out += plain(c)
    return before + [len(out)], "".join(out)


def re3d_documents(folder):
    entities = collections.defaultdict(list)
    with open(os.path.join(folder, "entities.json"), encoding="utf-8-sig") as f:
        for line in f:
            if line.strip():
                e = json.loads(line)
                entities[e["documentId"]].append((e["begin"], e["end"], e["type"]))
    with open(os.path.join(folder, "documents.json"), encoding="utf-8-sig") as f:
        for line in f:
            if line.strip():
                d = json.loads(line)
                yield d["text"], entities[d["_id"]]


def facts_documents(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        base = path[:-4]
        span, found = {}, []
        with open(base + ".spans", encoding="utf-8") as f:
            for line in f:
                c = line.split()
                if c:
                    span[c[0]] = (int(c[2]), int(c[2]) + int(c[3]))
        with open(base + ".objects", encoding="utf-8") as f:
            for line in f:
                c = line.split("#")[0].split()
                if len(c) > 2:
                    parts = [span[x] for x in c[2:]]
                    found.append((min(p[0] for p in parts), max(p[1] for p in parts), c[1]))
        with open(path, encoding="utf-8", newline="") as f:
            yield f.read(), found


def folder_documents(folder):
    if os.path.exists(os.path.join(folder, "documents.json")):
        return re3d_documents(folder)
    return facts_documents(folder)


def names_of(path, named=False):
    """(characters, spans)"""
    if not os.path.isdir(path):
        rows = [r for r in tagged_rows(path) if r[0] is not None]
        text = "".join(plain(form) for form, _ in rows)
        found = from_tags(rows)
    else:
        text, found = "", []
        for document, entities in folder_documents(path):
            before, characters = offsets(document)
            for start, end, kind in entities:
                if 0 <= start < end <= len(document):
                    found.append((len(text) + before[start], len(text) + before[end], kind))
            text += characters
    found = [(a, b, TYPES[k.upper()]) for a, b, k in found if k.upper() in TYPES and a < b]
    if named:
        found = [(a, b, k) for a, b, k in found if any(c.isupper() for c in text[a:b])]
    return text, outermost(found)


def score_names(gold_path, system_path, named=False):
    text, gold = names_of(gold_path, named)
    other, system = names_of(system_path)
    if text != other:
        at = next((i for i, (a, b) in enumerate(zip(text, other)) if a != b), min(len(text), len(other)))
        raise Fault("the texts differ from character %d on: '%s' and '%s'" % (at, text[at:at + 20], other[at:at + 20]))
    out = {}
    for kind in ("PER", "ORG", "LOC"):
        out[kind] = spans([x for x in gold if x[2] == kind], [x for x in system if x[2] == kind])
    out["all"] = spans(gold, system)
    out["spans alone"] = spans([x[:2] for x in gold], [x[:2] for x in system])
    return out


# ---- raw text ----

def print_text(path, out):
    """What the analysis is given: the sentences' texts in one line a paragraph; a blank line before a new document or paragraph."""
    if os.path.isdir(path):
        for document, _ in folder_documents(path):
            out.write(document.strip() + "\n\n")
        return
    begun, blank, space, text, rows = False, False, "", None, []

    def end():
        nonlocal begun, blank, space, text, rows
        if rows:
            if text is None:
                text = "".join(form + ("" if glued else " ") for form, glued in rows).rstrip()
            out.write(("\n\n" if blank else space) if begun else "")
            out.write(text)
            space, begun, blank = "" if rows[-1][1] else " ", True, False
        text, rows = None, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\r\n")
            c = line.split("\t")
            if not line:
                end()
            elif line.startswith("# newdoc") or line.startswith("# newpar"):
                blank = True
            elif line.startswith("# text = "):
                text = line[9:]
            elif line[0] != "#" or len(c) > 1 or path.endswith(".conll"):
                rows.append((c[1] if len(c) > 2 else line.split()[0], len(c) == 10 and "SpaceAfter=No" in c[9]))
        end()
    out.write("\n")


def main(argv):
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    parser.add_argument("--fold", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--named", action="store_true")
    parser.add_argument("files", nargs="+")
    a = parser.parse_intermixed_args(argv)
    command = a.files.pop(0) if a.files[0] in ("text", "names", "misses") else "score"
    if len(a.files) != (1 if command == "text" else 2):
        parser.error("wrong number of files")
    try:
        if command == "text":
            print_text(a.files[0], sys.stdout)
        elif command == "names":
            for kind, s in score_names(a.files[0], a.files[1], a.named).items():
                print("%-12s gold %5d system %5d right %5d  P %6.2f R %6.2f F1 %6.2f" %
                      (kind, s.gold, s.system, s.right, 100 * s.precision, 100 * s.recall, 100 * s.f1))
        elif command == "misses":
            print_misses(load(a.files[0]), load(a.files[1]))
        else:
            print_scores(evaluate(load(a.files[0]), load(a.files[1])), a.fold, a.table)
    except (Fault, OSError) as e:
        print("evaluate: %s" % e, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
