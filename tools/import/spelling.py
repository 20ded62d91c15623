#!/usr/bin/env python3
"""Write the rules by which names are spelt in another script, learnt from the names of data/world/persons.tsv.

Usage, from the repository root:  python3 tools/import/spelling.py [LANG]            writes both tables of LANG (ru)
                                  python3 tools/import/spelling.py --measure [LANG]  learns from four fifths of the people, measures on the others

Reads   data/world/persons.tsv, schemes.tsv             names in both scripts; which states are spelt alike
        data/language/LANG/latin.tsv                     letters, to see which may stand for which
        tools/import/spelling-LANG.tsv                   rules by hand (Palladius, letters with marks); they always win
Writes  data/language/LANG/spelling.tsv                  from Latin letters (docs/formats.md, "Spellings")
        data/language/LANG/latin-by-scheme.tsv           into Latin letters

Names are aligned letter by letter (expectation and maximisation, three rounds). A rule is kept where what is known of shorter
surroundings would give something else, at least two words speak for it and two more than against it, and half of all agree.
"""
import math
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tools'))
from tables import rows  # noqa: E402

SHAPES = [(1, 0), (1, 1), (1, 2), (2, 1), (3, 1), (4, 1)]
BEFORE, AHEAD = 2, 5
VOWELS = set("aeiouy'")


def read(lang):
    letters = {r['from']: r['to'] for r in rows(ROOT / f'data/language/{lang}/latin.tsv')}
    schemes, hyphens = {}, {}
    for r in rows(ROOT / 'data/world/schemes.tsv'):
        hyphens[r['scheme']] = r['hyphen']
        for s in r['states'].split(';'):
            schemes[s] = r['scheme']
    people = []
    for r in rows(ROOT / 'data/world/persons.tsv'):
        scheme = schemes.get(r['state'], 'any')
        a, b = r['name_en'].lower(), r[f'name_{lang}'].lower()
        if hyphens[scheme] == 'blank':
            a = a.replace('-', ' ')
        if a.count('-') == b.count('-'):
            a, b = a.replace('-', ' '), b.replace('-', ' ')
        a, b = a.split(), b.split()
        if len(a) == len(b):
            people.append((r['id'], scheme, a, b))
    hand = defaultdict(dict)
    for r in rows(ROOT / f'tools/import/spelling-{lang}.tsv'):
        hand[r['way'], r['scheme']][r['before'], r['from'] + r['after']] = (len(r['from']), r['to'])
    return letters, people, hand


def likeness(letters):
    def consonants(s):
        return any(c not in VOWELS for c in s)

    def near(a, b):
        x = ''.join(letters.get(c, c) for c in b)
        if not b:
            return 0.05
        return (1.0 if a[0] == x[:1] else 0.2) * (1.0 if consonants(a) == consonants(x) else 0.1)
    return near


def best_path(a, b, price):
    n, m = len(a), len(b)
    best = {(0, 0): (0.0, None)}
    for i in range(n):
        for j in range(m + 1):
            if (i, j) not in best:
                continue
            for x, y in SHAPES:
                if i + x <= n and j + y <= m:
                    s = best[i, j][0] + price(a[i:i + x], b[j:j + y])
                    if (i + x, j + y) not in best or s > best[i + x, j + y][0]:
                        best[i + x, j + y] = (s, (i, j))
    if (n, m) not in best:
        return None
    at, path = (n, m), []
    while best[at][1] is not None:
        i, j = best[at][1]
        path.append((a[i:at[0]], b[j:at[1]]))
        at = (i, j)
    return best[n, m][0] / max(n, 1), path[::-1]


def align(people, near):
    words = Counter((x, y) for _, _, a, b in people for x, y in zip(a, b) if abs(len(x) - len(y)) <= 4)
    memo, paths = {}, {}
    counts, total = None, 1

    def price(a, b):
        if (a, b) not in memo:
            memo[a, b] = math.log(near(a, b)) - 1.0 if counts is None else math.log((counts[a, b] + 0.02 * near(a, b)) / total)
        return memo[a, b]
    for _ in range(3):
        memo.clear()
        paths = {w: p for w in words for p in [best_path(*w, price)] if p}
        counts = Counter()
        for w, (_, path) in paths.items():
            for chunk in path:
                counts[chunk] += 1 + math.log(words[w])
        total = sum(counts.values())
    return {w: path for w, (s, path) in paths.items() if s > -5.5}


def turned(path):
    """The alignment seen from the other side: letters that nothing stands for go with those before."""
    out, lost = [], ''
    for a, b in path:
        if b:
            out.append((b, lost + a))
            lost = ''
        elif out:
            out[-1] = (out[-1][0], out[-1][1] + a)
        else:
            lost += a
    return out


def lookup(rules, word, i):
    for seen in range(BEFORE + AHEAD + 2, 0, -1):
        for former in range(0, min(BEFORE, i, seen - 1) + 1):
            rule = rules.get((word[i - former:i], word[i:i + seen - former])) if i - former + seen <= len(word) else None
            if rule:
                return rule
    return None


def learn(words, hand, least):
    counts = defaultdict(Counter)
    for (a, _), (weight, path) in words.items():
        word, i = '^' + a + '$', 1
        for x, y in path:
            for former in range(0, min(BEFORE, i) + 1):
                for ahead in range(len(x), min(AHEAD, len(word) - i) + 1):
                    counts[word[i - former:i], word[i:i + ahead]][len(x), y] += weight
            i += len(x)
    rules = {}
    for key in sorted(counts, key=lambda k: (len(k[0]) + len(k[1]), len(k[0]), k)):
        c = counts[key]
        label, n = max(c.items(), key=lambda x: (x[1], x[0]))
        known = lookup(rules, key[0] + key[1], len(key[0]))
        alone = len(key[0]) + len(key[1]) == 1
        if known != label and '-' not in key[0] + key[1] and (
                alone or (n >= least and n - c.get(known, 0) >= least and 2 * n >= sum(c.values()))):
            rules[key] = label
    rules.update(hand)
    return rules


def spell(rules, general, word):
    word, i, out = '^' + word + '$', 1, ''
    while i < len(word) - 1:
        take, to = lookup(rules, word, i) or lookup(general, word, i) or (1, word[i])
        out += to
        i += take
    return out


def table(people, paths, scheme, way):
    words = {}
    for _, s, a, b in people:
        if scheme not in ('any', s):
            continue
        for x, y in zip(a, b):
            if (x, y) in paths:
                key, path = ((x, y), paths[x, y]) if way == 'own' else ((y, x), turned(paths[x, y]))
                words[key] = (min(words[key][0] + 0.5, 3) if key in words else 1, path)
    return words


def learn_all(people, paths, hand, way):
    names = sorted({s for _, s, _, _ in people} - {'any'})
    out = {'any': learn(table(people, paths, 'any', way), hand[way, 'any'], 3)}
    for s in names:
        out[s] = learn(table(people, paths, s, way), hand[way, s], 2)
    return out


def measure(people, paths, hand, letters):
    held = {p for p, _, _, _ in people if zlib.crc32(p.encode()) % 5 == 0}
    for way in ('own', 'latin'):
        rules = learn_all([p for p in people if p[0] not in held], paths, hand, way)
        good, plain, every = Counter(), Counter(), Counter()
        own = {}
        for k, v in letters.items():
            own.setdefault(v, k)
        for p, s, a, b in people:
            if p not in held:
                continue
            if way == 'latin':
                a, b = b, a
            every[s] += 1
            good[s] += [spell(rules.get(s, {}), rules['any'], x) for x in a] == b
            plain[s] += [''.join((letters if way == 'latin' else own).get(c, c) for c in x) for x in a] == b
        for s in sorted(every):
            print(f'{way:6}{s:12}{every[s]:5} people, whole names right: {good[s] / every[s]:.2f}; letter by letter {plain[s] / every[s]:.2f}')
        n = sum(every.values())
        print(f'{way:6}{"all":12}{n:5} people, whole names right: {sum(good.values()) / n:.3f}; letter by letter {sum(plain.values()) / n:.3f}')


def write(path, rules, text):
    with path.open('w', encoding='utf-8') as out:
        out.write(f'#! spelling 1\n#: scheme\tbefore\tfrom\tafter\tto\n# {text} Written by tools/import/spelling.py.\n')
        for scheme in sorted(rules):
            for (former, ahead), (take, to) in sorted(rules[scheme].items()):
                out.write(f'{scheme}\t{former}\t{ahead[:take]}\t{ahead[take:]}\t{to}\n')


def main():
    args = [a for a in sys.argv[1:] if a != '--measure']
    lang = args[0] if args else 'ru'
    letters, people, hand = read(lang)
    paths = align(people, likeness(letters))
    if '--measure' in sys.argv:
        measure(people, paths, hand, letters)
        return
    write(ROOT / f'data/language/{lang}/spelling.tsv', learn_all(people, paths, hand, 'own'),
          'Names in Latin letters as this language writes them.')
    write(ROOT / f'data/language/{lang}/latin-by-scheme.tsv', learn_all(people, paths, hand, 'latin'),
          'Names in this language as their own states write them in Latin letters.')


if __name__ == '__main__':
    main()
