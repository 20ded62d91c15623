#!/usr/bin/env python3
"""Silver trees and names for Russian: what neural models of others make of the sentences that we train on.

usage: silver.py make CORPORA OUT.conllu     trees over the sentences that make_lexicon.py mapped (CORPORA/ru-train.conllu)
       silver.py names TRAIN.conllu OUT.conllu   the same with names (NE=) in those of its sentences that have none
       silver.py measure GOLD.conllu...      the parser's accuracy over gold tokens

A tool for retraining; the build does not run it. Needs `pip install slovnet natasha` (slovnet 0.6.0, navec 0.10.0, natasha 1.6.0): code
and models come with the packages under the MIT licence (Alexander Kukushkin and contributors). The words, tags and lemmas are
OpenCorpora's (CC BY-SA 3.0), so what is made here is CC BY-SA too.

Heads: the best head of every word where those form a tree with one root (`# decoded = greedy`), else the maximum spanning tree with one
root over the log-probabilities (`mst`). `# logp` is the mean log-probability of the heads, to keep the surer sentences. Labels
are UD v2 as the model gives them for the final heads, less some differences between treebanks (relabel). Tokens, UPOS, features and lemmas stay as they are in the input. Sentences of one
token, and those that also stand in a test file, are left out. CORPORA is the folder that prepare.sh filled.
"""
import os
import sys

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np
from natasha import NewsEmbedding, NewsNERTagger, NewsSyntaxParser

from corpora import read_conllu

BATCH = 16
TESTS = ("ru_taiga-r2.16-test", "ru_gsd-r2.16-test", "ru_pud-ud-test", "ru_taiga-r2.16-dev", "ru_gsd-r2.16-dev")


# ---- trees ----

def is_tree(heads):
    """heads[i] = 1-based head of word i + 1, 0 = root. One root, no cycle."""
    if sum(h == 0 for h in heads) != 1:
        return False
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for i in range(1, len(heads) + 1):
        path, j = [], i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j - 1]
        if state[j] == 1:
            return False
        for j in path:
            state[j] = 2
    return True


def find_cycle(head):
    n = len(head)
    colour = [0] * n
    for i in range(1, n):
        path, j = [], i
        while j > 0 and colour[j] == 0:
            colour[j] = 1
            path.append(j)
            j = head[j]
        if j > 0 and colour[j] == 1:
            return path[path.index(j):]
        for j in path:
            colour[j] = 2
    return None


def chu_liu_edmonds(score):
    """score[d][h], node 0 is the root; heads of the maximum spanning tree (head[0] = -1)."""
    n = len(score)
    s = score.copy()
    s[0, :] = -np.inf
    np.fill_diagonal(s, -np.inf)
    head = [-1] + [int(s[d].argmax()) for d in range(1, n)]
    cycle = find_cycle(head)
    if cycle is None:
        return head
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    total = sum(s[d, head[d]] for d in cycle)
    enter, leave = {}, {}
    for a, i in enumerate(rest):
        for b, j in enumerate(rest):
            small[a, b] = s[i, j]
        best = max(cycle, key=lambda h: s[i, h])
        small[a, m], leave[a] = s[i, best], best
        best = max(cycle, key=lambda d: s[d, i] - s[d, head[d]])
        small[m, a], enter[a] = total + s[best, i] - s[best, head[best]], best
    sub = chu_liu_edmonds(small)
    out = list(head)
    for a in range(1, m):
        out[rest[a]] = leave[a] if sub[a] == m else rest[sub[a]]
    out[enter[sub[m]]] = rest[sub[m]]
    return out


def spanning_tree(logp):
    """Heads with exactly one child of the root."""
    n = logp.shape[0]
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:, :] = logp
    head = chu_liu_edmonds(full)
    roots = [d for d in range(1, n + 1) if head[d] == 0]
    if len(roots) > 1:
        best = None
        for r in sorted(range(1, n + 1), key=lambda d: -full[d, 0])[:6]:
            s = full.copy()
            s[1:, 0] = -1e6
            s[r, 0] = full[r, 0]
            h = chu_liu_edmonds(s)
            total = sum(s[d, h[d]] for d in range(1, n + 1))
            if best is None or total > best[0]:
                best = (total, h)
        head = best[1]
    return head[1:]


# ---- the parser ----

class Parser:
    def __init__(self):
        parser = NewsSyntaxParser(NewsEmbedding())
        self.encoder, self.model = parser.infer.encoder, parser.infer.model
        self.encoder.batch_size = BATCH
        self.labels = parser.infer.decoder.rels_vocab

    def parse(self, sentences):
        """Lists of forms -> (heads, labels, "greedy" or "mst", mean log-probability), in the same order."""
        for k in range(0, len(sentences), BATCH):
            part = sentences[k:k + BATCH]
            (inp,) = list(self.encoder(part))
            x = self.model.encoder(self.model.emb(inp.word_id, inp.shape_id), inp.pad_mask)
            scores = self.model.head(x)
            width = scores.shape[1]
            found = []
            heads = np.zeros((len(part), width), dtype=np.int64)
            for i, words in enumerate(part):
                n = len(words)
                s = scores[i, :n, :n + 1].astype(np.float64)
                s[np.arange(n), np.arange(1, n + 1)] = -1e9
                logp = s - s.max(-1, keepdims=True)
                logp -= np.log(np.exp(logp).sum(-1, keepdims=True))
                h, way = [int(a) for a in logp.argmax(-1)], "greedy"
                if not is_tree(h):
                    h, way = spanning_tree(logp), "mst"
                heads[i, :n] = h
                found.append((h, way, float(logp[np.arange(n), h].mean())))
            labels = self.model.rel(x, heads)
            for i, (h, way, logp) in enumerate(found):
                best = []
                for d, head in enumerate(h):
                    # the root carries `root` and nothing else does
                    for label in np.argsort(-labels[i, d]):
                        name = self.labels.decode(int(label))
                        if name != "<pad>" and (name == "root") == (head == 0):
                            best.append(name)
                            break
                yield h, best, way, logp


def relabel(pos, heads, labels):
    """Where the newer treebanks name an arc otherwise than the model's training data did: names of several words, determiners, participles
    before and after their noun."""
    out = list(labels)
    for i, (h, label) in enumerate(zip(heads, labels)):
        if h == 0:
            continue
        if label == "appos" and pos[i] == pos[h - 1] == "PROPN" and h == i:
            out[i] = "flat"
        elif label == "amod" and pos[i] == "DET":
            out[i] = "det"
        elif label == "amod" and pos[i] == "VERB":
            out[i] = "acl"
        elif label == "punct" and pos[i] not in ("PUNCT", "SYM", "X"):
            out[i] = "parataxis"
    return out


# ---- names ----

def blocks(path):
    """The sentences of a training file, each a list of lines."""
    lines = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line:
                lines.append(line)
            elif lines:
                yield lines
                lines = []
    if lines:
        yield lines


def words(lines):
    return [i for i, line in enumerate(lines) if line.split("\t")[0].isdigit()]


def label(part, infer):
    """Names of slovnet (PER, ORG, LOC in IOB2) into the last column of sentences without any; sorted by length, so that it pads little."""
    bare = [lines for lines in part if not any("NE=" in line for line in lines)]
    bare.sort(key=len)
    forms = [[lines[i].split("\t")[1] for i in words(lines)] for lines in bare]
    for lines, labels in zip(bare, infer.decoder(infer.process(infer.encoder(forms)))):
        for i, name in zip(words(lines), labels):
            cells = lines[i].split("\t")
            cells[9] = "|".join([x for x in cells[9].split("|") if x != "_"] + ["NE=" + name])
            lines[i] = "\t".join(cells)
    return len(bare)


def names(train, path, batch=2000):
    infer = NewsNERTagger(NewsEmbedding()).infer
    sentences = list(blocks(train))
    made = sum(label(sentences[k:k + batch], infer) for k in range(0, len(sentences), batch))
    with open(path, "w", encoding="utf-8") as f:
        for lines in sentences:
            f.write("\n".join(lines) + "\n\n")
    print("%d of %d sentences" % (made, len(sentences)))


# ---- the commands ----

def key(sentence):
    return "".join(t.form for t in sentence).lower()


def make(folder, path):
    corpus = sum(1 for _ in read_conllu(os.path.join(folder, "unamb_sent_14_6.conllu")))
    seen = set()
    for name in TESTS:
        file = os.path.join(folder, name + ".conllu")
        seen |= {key(s) for s in read_conllu(file)}
    sentences = []
    for s in read_conllu(os.path.join(folder, "ru-train.conllu")):
        if len(sentences) == corpus:
            break
        sentences.append(s)
    kept = [s for s in sentences if len(s) > 1 and key(s) not in seen]
    count = {"greedy": 0, "mst": 0}
    left = 0
    with open(path, "w", encoding="utf-8") as f:
        parser = Parser()
        for s, (heads, labels, way, logp) in zip(kept, parser.parse([[t.form for t in s] for s in kept])):
            if not is_tree(heads):
                left += 1
                continue
            labels = relabel([t.pos for t in s], heads, labels)
            count[way] += 1
            f.write("# decoded = %s\n# logp = %.4f\n" % (way, logp))
            for i, (t, h, r) in enumerate(zip(s, heads, labels), 1):
                feats = "|".join(k + "=" + t.feats[k] for k in sorted(t.feats)) or "_"
                f.write("%d\t%s\t%s\t%s\t_\t%s\t%d\t%s\t_\t_\n" % (i, t.form, t.lemma, t.pos, feats, h, r))
            f.write("\n")
            if sum(count.values()) % 1000 == 0:
                f.flush()
                print("\r%d of %d" % (sum(count.values()), len(kept)), end="", file=sys.stderr)
    print("\n%d greedy, %d mst, %d no tree, %d short or in a held-out file" % (count["greedy"], count["mst"], left, corpus - len(kept)))


def gold_trees(path):
    rows = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) == 10 and c[0].isdigit():
                rows.append((c[1], int(c[6]), c[7].split(":")[0], c[3]))
            elif not line.strip() and rows:
                yield rows
                rows = []
    if rows:
        yield rows


def measure(paths):
    parser = Parser()
    for path in paths:
        gold = list(gold_trees(path))
        n, right, labelled = {}, {}, {}
        slips = {}
        for s, (heads, labels, way, _) in zip(gold, parser.parse([[w[0] for w in s] for s in gold])):
            labels = relabel([w[3] for w in s], heads, labels)
            for (_, h, r, _), head, label in zip(s, heads, labels):
                label = label.split(":")[0]
                for group in (way, "all"):
                    n[group] = n.get(group, 0) + 1
                    right[group] = right.get(group, 0) + (h == head)
                    labelled[group] = labelled.get(group, 0) + (h == head and r == label)
                if h == head and r != label:
                    slips[(r, label)] = slips.get((r, label), 0) + 1
        for group in sorted(n):
            print("%s\t%s\ttokens %d\tUAS %.2f\tLAS %.2f" % (os.path.basename(path), group, n[group], 100 * right[group] / n[group],
                                                        100 * labelled[group] / n[group]))
        print("  labels under right heads:", ", ".join("%s>%s %d" % (a, b, c) for (a, b), c in sorted(slips.items(), key=lambda x: -x[1])[:8]))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "make":
        make(sys.argv[2], sys.argv[3])
    elif len(sys.argv) == 4 and sys.argv[1] == "names":
        names(sys.argv[2], sys.argv[3])
    elif len(sys.argv) > 2 and sys.argv[1] == "measure":
        measure(sys.argv[2:])
    else:
        sys.exit(__doc__)
