#!/usr/bin/env python3
"""Makes models/CODE.lexicon (docs/formats.md) and the mapped training files.

usage: make_lexicon.py ru|en CORPORA MODELS
CORPORA: the folder that train/prepare.sh filled. Writes MODELS/CODE.lexicon and CORPORA/CODE-{train,dev,test*}.conllu.
"""
import collections
import os
import sys

from corpora import *

def common(a, b):
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return n


class Lexicon:
    """Rows of the file; tags are numbered by first use."""

    def __init__(self):
        self.tags, self.stems, self.pars, self.forms = {}, collections.defaultdict(set), {}, {}
        self.guess = collections.defaultdict(collections.Counter)

    def tag(self, t):
        return self.tags.setdefault(t, len(self.tags))

    def lexeme(self, rows):
        """rows: (form, lemma, tag) of one word; False where they share no stem."""
        words = {r[0] for r in rows} | {r[1] for r in rows}
        n = min(common(min(words), max(words)), min(len(w) for w in words))
        if n < 2:
            for form, lemma, t in rows:
                self.form(form, lemma, t)
            return
        stem = min(words)[:n]
        par = tuple(sorted({(form[n:], lemma[n:], self.tag(t)) for form, lemma, t in rows}))
        self.stems[stem].add(self.pars.setdefault(par, len(self.pars)))

    def form(self, form, lemma, t):
        rows = self.forms.setdefault(form, [])
        if (lemma, self.tag(t)) not in rows:
            rows.append((lemma, self.tag(t)))

    def guess_from(self, form, lemma, t, longest, mark="", weight=1):
        n = common(form, lemma)
        for k in range(min(longest, len(form) - 1) + 1):
            if len(form) - k > n:
                continue
            # the ending must hold all that changes
            self.guess[mark + form[len(form) - k:]][(self.tag(t), len(form) - n, lemma[n:])] += weight

    def write(self, path, note, least, keep, share):
        with open(path, "w", encoding="utf-8") as f:
            f.write("#! lexicon-model 1\n#: row\tkey\tvalue\n# %s\n" % note)
            for t, n in self.tags.items():
                f.write("tag\t%d\t%s\n" % (n, t))
            for par, n in self.pars.items():
                f.write("par\t%d\t%s\n" % (n, " ".join("%s:%s:%d" % p for p in par)))
            for stem in sorted(self.stems):
                f.write("stem\t%s\t%s\n" % (stem, " ".join(map(str, sorted(self.stems[stem])))))
            for form in sorted(self.forms):
                f.write("form\t%s\t%s\n" % (form, " ".join("%s:%d" % p for p in self.forms[form])))
            for end in sorted(self.guess):
                total = sum(self.guess[end].values())
                if total < least:
                    continue
                best = [(c, g) for g, c in self.guess[end].items() if c >= share * total]
                best.sort(key=lambda x: (-x[0], x[1]))
                if best:
                    f.write("guess\t%s\t%s\n" % (end or "*", " ".join("%d:%d:%s:%d" % (g[0], g[1], g[2], max(1, 255 * c // total))
                                                                     for c, g in best[:keep])))


# ---- Russian ----

OC = {
    "nomn": ("Case", "Nom"), "gent": ("Case", "Gen"), "gen1": ("Case", "Gen"), "gen2": ("Case", "Gen"), "datv": ("Case", "Dat"),
    "accs": ("Case", "Acc"), "acc2": ("Case", "Acc"), "ablt": ("Case", "Ins"), "loct": ("Case", "Loc"), "loc1": ("Case", "Loc"),
    "loc2": ("Case", "Loc"), "voct": ("Case", "Nom"), "sing": ("Number", "Sing"), "plur": ("Number", "Plur"),
    "masc": ("Gender", "Masc"), "femn": ("Gender", "Fem"), "neut": ("Gender", "Neut"), "perf": ("Aspect", "Perf"),
    "impf": ("Aspect", "Imp"), "past": ("Tense", "Past"), "pres": ("Tense", "Pres"), "futr": ("Tense", "Fut"),
    "1per": ("Person", "1"), "2per": ("Person", "2"), "3per": ("Person", "3"), "anim": ("Animacy", "Anim"), "inan": ("Animacy", "Inan"),
    "actv": ("Voice", "Act"), "pssv": ("Voice", "Pass"),
}
PROPER = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"}


def oc_tag(grams, lemma, abbreviation_ok=True):
    """OpenCorpora grammemes to (UPOS, features); None where left out."""
    g = set(grams)
    pos = grams[0]
    f = dict(OC[x] for x in grams if x in OC)
    if g & {"Erro", "Dist", "V-be", "V-en", "V-ie", "V-bi", "Vpre", "V-ej", "Litr", "Af-p", "Cmp2", "Infr", "voct"}:
        return None
    if pos == "NOUN":
        return ("PROPN" if g & PROPER else "NOUN"), f
    f.pop("Animacy", None)
    if pos in ("ADJF", "ADJS"):
        if f.get("Number") == "Plur":
            f.pop("Gender", None)
        if "Apro" in g:
            return "DET", f
        f["Degree"] = "Sup" if "Supr" in g else "Pos"
        return "ADJ", f
    if pos == "COMP":
        return "ADV", {"Degree": "Cmp"}
    reflexive = lemma.endswith(REFLEXIVE)
    verb = "AUX" if lemma == BE else "VERB"
    if pos in ("VERB", "INFN", "GRND", "PRTF", "PRTS"):
        if pos == "VERB":
            f["VerbForm"] = "Fin"
            f["Mood"] = "Imp" if "impr" in g else "Ind"
            if "impr" in g:
                f["Person"] = "1" if "incl" in g else "2"
                f.pop("Tense", None)
        elif pos == "INFN":
            f["VerbForm"] = "Inf"
        elif pos == "GRND":
            f["VerbForm"] = "Conv"
            f["Tense"] = "Past" if f.get("Aspect") == "Perf" else "Pres"
        else:
            f["VerbForm"] = "Part"
        if pos in ("PRTF", "PRTS"):
            if reflexive:
                f["Voice"] = "Mid"
        else:
            f["Voice"] = "Mid" if reflexive else "Act"
        if f.get("Number") == "Plur":
            f.pop("Gender", None)
        return verb, f
    if pos == "NUMR":
        f.pop("Number", None)
        return "NUM", f
    simple = {"NPRO": "PRON", "ADVB": "ADV", "PRED": "ADV", "PREP": "ADP", "PRCL": "PART", "INTJ": "INTJ", "CONJ": "CCONJ"}
    if pos not in simple:
        return None
    if pos in ("ADVB", "PRED"):
        return "ADV", {"Degree": "Pos"}
    if pos != "NPRO":
        f = {}
    if f.get("Number") == "Plur":
        f.pop("Gender", None)
    return simple[pos], f


def ru_paradigms(folder):
    pars = []
    with open(os.path.join(folder, "par.tsv"), encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")[1:]
            pars.append([tuple(c.split("|")) for c in cells])
    return pars


def ru_lexemes(folder):
    """(grammemes of the lemma, rows) of every lexeme."""
    pars = ru_paradigms(folder)
    with open(os.path.join(folder, "lex.tsv"), encoding="utf-8") as file:
        for line in file:
            lemma, par, _ = line.rstrip("\n").split("\t")
            slots = pars[int(par)]
            first = slots[0]
            stem = lemma[len(first[0]):len(lemma) - len(first[1])] if first[1] else lemma[len(first[0]):]
            grams = first[2].replace(" ", ",").split(",")
            if "Abbr" in grams and len(lemma) == 1:
                continue
            flemma = fold(lemma)
            # a surname's or patronymic's feminine has a nominative of its own
            feminine = None
            if grams[0] == "NOUN" and "masc" in grams or "Surn" in grams or "Patr" in grams:
                for p, s, t in slots:
                    tg = t.replace(" ", ",").split(",")
                    if {"femn", "sing", "nomn"} <= set(tg):
                        feminine = fold(p + stem + s)
                        break
            ordinal = None
            if "Anum" not in grams:
                for p, s, t in slots:
                    tg = t.replace(" ", ",").split(",")
                    if {"ADJF", "Anum", "masc", "sing", "nomn"} <= set(tg):
                        ordinal = fold(p + stem + s)
                        break
            rows = set()
            for p, s, t in slots:
                tg = t.replace(" ", ",").split(",")
                m = oc_tag(tg, flemma)
                if m is None:
                    continue
                l = flemma
                if feminine and "femn" in tg and tg[0] == "NOUN":
                    l = feminine
                if ordinal and "Anum" in tg:
                    l = ordinal
                rows.add((fold(p + stem + s), l, tag(*m), p != ""))
            yield grams, flemma, sorted(rows)


BE_PRESENT = {"\u0435\u0441\u0442\u044c", "\u0441\u0443\u0442\u044c"}
CLOSED = {"ADP", "CCONJ", "SCONJ", "DET", "PRON", "PART", "AUX", "NUM"}


def ru_lexicon(folder):
    lex = Lexicon()
    proper = {"Name": 1, "Surn": 6, "Patr": 1, "Geox": 3}
    for grams, lemma, rows in ru_lexemes(folder):
        plain = [(f, l, t) for f, l, t, prefixed in rows if not prefixed]
        if plain:
            lex.lexeme(plain)
        for f, l, t, prefixed in rows:
            if prefixed:
                lex.form(f, l, t)
        if len(lemma) < 4 or "Abbr" in grams:
            continue
        weight = sum(proper.get(g, 0) for g in grams)
        for f, l, t in plain:
            if t.startswith("PROPN"):
                if weight:
                    lex.guess_from(f, l, t, 4, "^", weight)
            elif grams[0] in ("NOUN", "ADJF", "INFN", "ADVB") and "Apro" not in grams:
                lex.guess_from(f, l, t, 4)
    return lex


def analyses(lex):
    """form -> list of (lemma, tag) for every form; built once for the mapping."""
    tags = {n: t for t, n in lex.tags.items()}
    ends = collections.defaultdict(list)
    by_end = {n: par for par, n in lex.pars.items()}

    def look(form):
        out = [(l, tags[t]) for l, t in lex.forms.get(form, ())]
        for k in range(2, len(form) + 1):
            for n in lex.stems.get(form[:k], ()):
                for e, l, t in by_end[n]:
                    if e == form[k:]:
                        out.append((form[:k] + l, tags[t]))
        return out
    return look


def split_tag(t):
    p = t.split("|")
    return p[0], dict(x.split("=") for x in p[1:])


def ru_map_opencorpora(s, look, majority):
    """One sentence of ru-opencorpora-unamb."""
    out = []
    for t in s:
        f = clean({k: v for k, v in t.feats.items() if k != "Tense"})
        tense, lemma, form, pos = t.feats.get("Tense"), fold(t.lemma), fold(t.form), t.pos
        if tense:
            future = f.get("Aspect") == "Perf" or (lemma == BE and form not in BE_PRESENT)
            f["Tense"] = tense if tense == "Past" else ("Fut" if future else "Pres")
        if pos == "NOUN" and "Case" not in f and any("Case=Loc" in x for l, x in look(form)):
            f["Case"] = "Loc"  # its second locative has lost the case
        if pos == "X":
            pos = "SYM" if not any(c.isalpha() for c in t.form) else "X"
        if pos == "ADJ" and "Variant" in t.feats:
            f.pop("Case", None)
        if pos == "ADJ":
            # a participle in disguise?
            want = {k: f.get(k) for k in ("Case", "Number", "Gender")}
            readings = [(l, split_tag(x)) for l, x in look(form)]
            same = [(l, p, g) for l, (p, g) in readings if all(g.get(k) == v for k, v in want.items())]
            if same and all(p != "ADJ" for l, p, g in same):
                for l, p, g in same:
                    if g.get("VerbForm") == "Part":
                        lemma, pos, f = l, "VERB", dict(g)
                        break
        if pos in ("CONJ", "DET", "PRON", "ADV", "PART", "ADJ"):
            pos2 = majority.get((lemma, pos))
            if pos2:
                pos = pos2
        if pos == "CONJ":
            pos = "CCONJ"
        u = ru_ud(Token(t.form, lemma, pos, f, True))
        if u.lemma == BE and u.pos in ("VERB", "AUX"):
            u.pos = "AUX"
        out.append(u)
    return out


def ru_doubt(oc, gold):
    """Takes the tags from those words of OpenCorpora on which its scheme and the treebanks' differ in a way that no mapping can tell:
    numbers (years are adjectives), foreign and unknown words, capitalised nouns inside sentences, closed-class words of which the
    treebanks have several readings or another one."""
    seen = collections.defaultdict(collections.Counter)
    closed = CLOSED | {"ADV", "INTJ", "SYM"}
    for s in gold:
        for t in s:
            seen[fold(t.form)][t.pos] += 1
    masked = 0
    for s in oc:
        for i, t in enumerate(s):
            c = seen.get(fold(t.form), {})
            total = sum(c.values()) if c else 0
            unlike = total >= 3 and t.pos and c[t.pos] < 0.98 * total and (t.pos in closed or any(c[p] > 0.02 * total for p in closed))
            if (t.form[0].isdigit() or t.pos in ("X", "SYM") or unlike or
                    (t.pos == "NOUN" and i > 0 and t.form[0].isupper() and s[i - 1].pos != "PUNCT")):
                masked += t.pos is not None
                t.pos = None
    return masked


def ru_main(folder, models):
    path = lambda n: os.path.join(folder, n)
    lex = ru_lexicon(folder)
    look = analyses(lex)
    test_texts = {" ".join(t.form for t in s) for n in ("ru_taiga-r2.16-test", "ru_gsd-r2.16-test") for s in read_conllu(path(n + ".conllu"))}
    ud = []
    for n in ("ru_taiga-r2.7-train", "ru_taiga-r2.16-dev", "ru_gsd-r2.16-dev"):
        ud.append([[ru_ud(t) for t in s] for s in read_conllu(path(n + ".conllu")) if " ".join(t.form for t in s) not in test_texts])
    taiga, taiga_dev, gsd = ud
    # how the treebanks name a closed-class word; the newer files (dev) count more
    names = collections.defaultdict(collections.Counter)
    for weight, part in ((1, taiga), (3, taiga_dev), (3, gsd)):
        for s in part:
            for t in s:
                names[t.lemma][t.pos] += weight
    majority = {}
    for lemma, c in names.items():
        pos, n = c.most_common(1)[0]
        if n >= 5 and n >= 0.6 * sum(c.values()):
            for old in ("CONJ", "DET", "PRON", "ADV", "PART", "ADJ"):
                if pos in CLOSED or (pos == "ADV" and old in ("ADV", "PART", "CONJ")):
                    majority[(lemma, old)] = pos
    conj = {l: c for l, c in names.items()}
    for l, c in conj.items():
        best = max(("CCONJ", "SCONJ"), key=lambda p: c[p])
        if c[best]:
            majority[(l, "CONJ")] = best
    oc = [ru_map_opencorpora(s, look, majority) for s in read_conllu(path("unamb_sent_14_6.conllu"))]
    # the last third of the Taiga dev file and the last fifth of the GSD dev file are held out for tuning
    cut, gsd_cut = len(taiga_dev) * 2 // 3, len(gsd) * 4 // 5
    held = taiga_dev[cut:], gsd[gsd_cut:]
    gsd = gsd[:gsd_cut]
    # readings of closed-class words as the treebanks have them, beside the lexicon's
    seen = collections.defaultdict(collections.Counter)
    for s in oc + taiga + taiga_dev[:cut] + gsd:
        for t in s:
            if t.pos in ("PUNCT", "SYM", "X") or not t.form[0].isalpha():
                continue
            seen[fold(t.form)][(t.lemma, tag(t.pos, t.feats))] += 1
    in_ud = collections.defaultdict(collections.Counter)
    for s in taiga + taiga_dev[:cut] + gsd:
        for t in s:
            in_ud[fold(t.form)][(t.lemma, tag(t.pos, t.feats))] += 1
    added = 0
    for form, c in seen.items():
        have = look(form)
        total = sum(c.values())
        closed = [(r, n) for r, n in c.items() if r[1].split("|")[0] in CLOSED]
        missing = [(r, n) for r, n in c.items() if r not in have]
        function_word = sum(n for r, n in closed) >= 0.5 * total and (total >= 4)
        if function_word:
            # the corpora decide; rare readings of rare words are slips
            rows = [r for r, n in c.most_common() if n >= 2 and n >= 0.004 * total]
            rows += [r for r in have if r[1].split("|")[0] in CLOSED and r not in rows and r[1].startswith(("AUX", "DET", "PRON|", "NUM"))
                     and r[1].split("|")[0] in {x[1].split("|")[0] for x in rows}]
            lex.forms.pop(form, None)
            for l, t in rows:
                lex.form(form, l, t)
            added += 1
        elif have:
            kept, changed = list(have), False
            for (l, t), n in missing:
                rivals = [h for h in kept if h[1] == t]
                ud = in_ud[form]
                better = ud[(l, t)] >= 2 and not any(ud[h] for h in rivals)
                if (n < 3 or n < 0.05 * total) and not (better and rivals):
                    continue
                changed = True
                if rivals and (better or n >= 2 * sum(c[h] for h in rivals)):
                    kept = [h for h in kept if h[1] != t]
                if (l, t) not in kept:
                    kept.append((l, t))
            if changed:
                for l, t in kept:
                    lex.form(form, l, t)
        elif total >= 2:
            for (l, t), n in c.most_common():
                if n >= 2:
                    lex.form(form, l, t)
    # "to be" is an auxiliary in every form
    lex.write(os.path.join(models, "ru.lexicon"), "Made by train/make_lexicon.py from the OpenCorpora lexicon (CC BY-SA 3.0), its "
              "disambiguated corpus (CC BY-SA 3.0), UD Russian Taiga and GSD dev (CC BY-SA 4.0); published under CC BY-SA 4.0.", 12, 24, 0.01)
    print("ru: %d tags, %d paradigms, %d stems, %d forms" % (len(lex.tags), len(lex.pars), len(lex.stems), len(lex.forms)))
    trees = ru_silver(path("ru-silver.conllu"))
    for s in oc:
        tree = trees.get(tuple(t.form for t in s))
        for k, t in enumerate(s):
            if tree:
                t.head, t.rel = tree[k]
            if t.lemma == BE and t.pos == "AUX":
                # what OpenCorpora does not tell apart
                t.pos = None if not tree else "AUX" if t.rel.split(":")[0] in ("cop", "aux") else "VERB"
    print("ru words without tag:", ru_doubt(oc, taiga + taiga_dev[:cut] + gsd))
    names = os.path.join(folder, "factrueval")
    print("ru train tokens", write_conllu(path("ru-train.conllu"), oc + 3 * (taiga + taiga_dev[:cut] + gsd) + 2 * read_factrueval(names, ~0)))
    write_conllu(path("ru-test-factrueval.conllu"), read_factrueval(names, 0))
    print("ru gold tokens", write_conllu(path("ru-gold.conllu"), taiga + taiga_dev[:cut] + gsd))
    print("ru dev tokens", write_conllu(path("ru-dev.conllu"), held[0] + held[1] + read_factrueval(names, 0)))
    for n, f in (("taiga", "ru_taiga-r2.16-test"), ("gsd", "ru_gsd-r2.16-test"), ("pud", "ru_pud-ud-test")):
        part = list(read_conllu(path(f + ".conllu")))
        if n == "pud":
            print("ru names on sentences:", add_names(part, read_names(path("uner_ru_pud-test.iob2"))))
        write_conllu(path("ru-test-%s.conllu" % n), [[ru_ud(t) for t in s] for s in part])


def ru_silver(path):
    """Trees made by another parser: forms of the sentence -> (head, relation) of each word. Only those that were trees as the parser
    gave them: the others are right on a tenth fewer arcs."""
    if not os.path.exists(path):
        return {}
    return {tuple(t.form for t in s): [(t.head, t.rel) for t in s] for s in read_conllu(path)
            if s.decoded == "greedy" and all(t.head is not None for t in s)}


# ---- English ----

VOWELS = "aeiou"


def en_third(v):
    if v.endswith(("s", "x", "z", "ch", "sh", "o")):
        return v + "es"
    if v.endswith("y") and v[-2:-1] not in VOWELS:
        return v[:-1] + "ies"
    return v + "s"


def en_doubles(v):
    """Is the last consonant doubled before -ed and -ing? (one-syllable words; the others are in the list of exceptions)"""
    return len(v) > 2 and v[-1] not in VOWELS + "wxy" and v[-2] in VOWELS and v[-3] not in VOWELS and sum(c in VOWELS for c in v) == 1


def en_past(v):
    if v.endswith("e"):
        return v + "d"
    if v.endswith("y") and v[-2:-1] not in VOWELS:
        return v[:-1] + "ied"
    return v + v[-1] + "ed" if en_doubles(v) else v + "ed"


def en_ing(v):
    if v.endswith("ie"):
        return v[:-2] + "ying"
    if v.endswith("e") and not v.endswith(("ee", "oe", "ye")) and len(v) > 2:
        return v[:-1] + "ing"
    return v + v[-1] + "ing" if en_doubles(v) else v + "ing"


FIN = "VERB|Mood=Ind|Tense=Past|VerbForm=Fin"
PAST = ("VERB|Tense=Past|VerbForm=Part", "VERB|Tense=Past|VerbForm=Part|Voice=Pass")


def en_verb(v, past=None, part=None):
    rows = [(v, "VERB|VerbForm=Inf"), (v, "VERB|Mood=Ind|Tense=Pres|VerbForm=Fin"), (v, "VERB|Mood=Imp|VerbForm=Fin"),
            (en_third(v), "VERB|Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
            (en_ing(v), "VERB|Tense=Pres|VerbForm=Part"), (en_ing(v), "VERB|VerbForm=Ger")]
    for p in past or [en_past(v)]:
        rows.append((p, FIN))
    for p in part or past or [en_past(v)]:
        rows += [(p, PAST[0]), (p, PAST[1])]
    return rows


def en_main(folder, models):
    path = lambda n: os.path.join(folder, n)
    load = lambda n: [en_ud(s) for s in read_conllu(path(n + ".conllu"))]
    train = load("en_ewt-ud-train") + load("gum-cc-train")
    lex = Lexicon()
    seen = collections.defaultdict(collections.Counter)
    for s in train:
        for t in s:
            if t.pos not in ("PUNCT", "SYM") and (t.form[0].isalpha() or t.form[0] in "'\u2019"):
                seen[fold(t.form)][(t.lemma, tag(t.pos, t.feats))] += 1
    verbs, nouns, adjectives, past, part, plural = (collections.defaultdict(collections.Counter) for _ in range(6))
    total = collections.Counter()
    for form, c in seen.items():
        for (lemma, t), n in c.items():
            pos = t.split("|")[0]
            total[lemma] += n
            if not lemma.isalpha():
                continue
            if pos == "VERB":
                verbs[lemma][form] += n
                if t == FIN:
                    past[lemma][form] += n
                elif t in PAST:
                    part[lemma][form] += n
            elif pos == "NOUN":
                nouns[lemma][form] += n
                if "Number=Plur" in t:
                    plural[lemma][form] += n
            elif pos == "ADJ":
                adjectives[lemma][form] += n
    generated = collections.defaultdict(list)
    def most(c, least=0.2):
        n = sum(c.values())
        return [f for f, k in c.most_common(2) if k >= least * n]
    english = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "language", "en")
    irregular = en_irregular(os.path.join(english, "irregular.tsv"))
    for v in sorted(set(verbs) | set(irregular)):
        if sum(verbs[v].values()) < 2 and v not in irregular:
            continue
        p, q = irregular.get(v, (None, None))
        if not p:
            p = most(past[v]) if past[v] else None
            q = most(part[v]) if part[v] else None
            p, q = p or q, q or p
            if p and all(not f.startswith(v[:1]) for f in p):
                p = q = None
        for f, t in en_verb(v, p, q):
            generated[f].append((v, t))
    for n in nouns:
        if sum(nouns[n].values()) < 2 or len(n) < 3:
            continue
        generated[n].append((n, "NOUN|Number=Sing"))
        for f in (most(plural[n]) or [en_third(n)]):
            generated[f].append((n, "NOUN|Number=Plur"))
    for a in adjectives:
        if sum(adjectives[a].values()) >= 2:
            generated[a].append((a, "ADJ|Degree=Pos"))
    for pos, lemma in en_lemmas(os.path.join(english, "lemmas.tsv")):
        if pos == "VERB" and lemma not in verbs:
            for f, t in en_verb(lemma, *irregular.get(lemma, (None, None))):
                generated[f].append((lemma, t))
        elif pos == "NOUN":
            generated[lemma].append((lemma, "NOUN|Number=Sing"))
            generated[en_third(lemma)].append((lemma, "NOUN|Number=Plur"))
        elif pos == "ADJ":
            generated[lemma].append((lemma, "ADJ|Degree=Pos"))
        elif pos == "ADV":
            generated[lemma].append((lemma, "ADV|Degree=Pos"))
    # British spellings
    for f in [f for f in generated if "iz" in f]:
        for lemma, t in generated[f]:
            if t.startswith("VERB") and lemma.endswith("ize") and len(lemma) > 6:
                k = f.rindex("iz")
                generated[f[:k] + "is" + f[k + 2:]].append((lemma[:-2] + "se", t))
    for form in sorted(set(seen) | set(generated)):
        c = seen.get(form, collections.Counter())
        n = sum(c.values())
        rows = [r for r, k in c.most_common() if k >= 2 and k >= 0.004 * n or n < 8 and k >= 0.2 * n]
        # one lemma for a tag: the most frequent
        kept, tags = [], set()
        for r in rows:
            if r[1] not in tags:
                kept.append(r)
                tags.add(r[1])
        closed = sum(k for r, k in c.items() if r[1].split("|")[0] in CLOSED | {"ADP", "INTJ"}) > 0.6 * n if n else False
        for r in generated.get(form, ()):
            if r[1] not in tags and not (closed and n >= 30):
                kept.append(r)
                tags.add(r[1])
        if n == 1 and not generated.get(form) and not any(r[1].startswith("PROPN") for r in kept):
            pass
        for lemma, t in kept:
            lex.form(form, lemma, t)
    for s in train:
        for t in s:
            if not t.form.isalpha() or t.pos in CLOSED or t.pos in ("X", "INTJ", "SYM", "PUNCT") or len(t.form) < 3:
                continue
            f = fold(t.form)
            if sum(seen[f].values()) <= 8:
                lex.guess_from(f, t.lemma, tag(t.pos, t.feats), 4, "^" if t.pos == "PROPN" else "")
    lex.write(os.path.join(models, "en.lexicon"), "Made by train/make_lexicon.py from UD English EWT (CC BY-SA 4.0) and UD English GUM "
              "(freely licensed genres, CC BY 4.0); published under CC BY-SA 4.0.", 4, 16, 0.01)
    print("en: %d tags, %d forms" % (len(lex.tags), len(lex.forms)))
    raw, ewt = [], 0
    for n, names in (("en_ewt-ud-train", "uner_en_ewt-train.early2022.iob2"), ("gum-cc-train", None)):
        part = list(read_conllu(path(n + ".conllu")))
        if names:
            print("en names on sentences:", add_names(part, read_names(path(names))))
            ewt = len(part)
        else:
            print("en entities on sentences:", add_gum_names(part, read_gum_names(path(n + ".conllu"))))
        raw += part
    out, last = [], 0
    for i, s in enumerate(raw):
        last = len(out) if i == ewt else last
        plain, joined = en_plain(s), en_ud(s)
        out += [plain] if len(plain) == len(joined) else [plain, joined]
        short = headline(joined) if sum(map(len, (t.form for t in s))) % 4 == 0 else None  # one in four
        out += [short] if short else []
    out += read_wikigold(path("wikigold.conll")) + read_labelled(path("wnut17-train.conll"), WNUT) + read_labelled(path("wnut17-dev.conll"), WNUT)
    if os.path.exists(path("btc.conll")):
        out += read_labelled(path("btc.conll"))
    print("en train tokens", write_conllu(path("en-train.conllu"), out))
    # for the last epochs: the names of one scheme alone, UNER's; what the others call a name differs
    for s in out[last:]:
        for t in s:
            t.name = None
    write_conllu(path("en-train-last.conllu"), out)
    dev = []
    for n, names in (("en_ewt-ud-dev", "uner_en_ewt-dev.iob2"), ("gum-cc-dev", None)):
        part = list(read_conllu(path(n + ".conllu")))
        if names:
            add_names(part, read_names(path(names)))
        dev += [en_plain(s) for s in part]
    print("en dev tokens", write_conllu(path("en-dev.conllu"), dev))
    for n, f, names in (("ewt", "en_ewt-ud-test", "uner_en_ewt-test.iob2"), ("gum", "gum-cc-test", None), ("pud", "en_pud-ud-test", None)):
        part = list(read_conllu(path(f + ".conllu")))
        if names:
            add_names(part, read_names(path(names)))
        write_conllu(path("en-test-%s.conllu" % n), [en_plain(s) for s in part])


def en_lemmas(path):
    """(part of speech, lemma) pairs from data/language/en/lemmas.tsv."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#") and line.strip():
                pos, lemmas = line.rstrip("\n").split("\t")
                for lemma in lemmas.split(" "):
                    yield pos, lemma


def en_irregular(path):
    """verb -> (past forms, participles) from data/language/en/irregular.tsv."""
    out = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            verb, past, part = line.rstrip("\n").split("\t")
            out[verb] = (past.split(";"), part.split(";"))
    return out


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("ru", "en"):
        sys.exit(__doc__)
    (ru_main if sys.argv[1] == "ru" else en_main)(sys.argv[2], sys.argv[3])
