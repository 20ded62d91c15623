"""Reading of the corpora and their mapping to one tag scheme: UPOS and the features that ChMorph holds (src/report/report.h).

What is changed, and why:
- features that ChMorph has no field for are dropped (PronType, Variant ...);
- Animacy stays on nouns only, where the lexicon has it for every form;
- Russian: Voice=Mid for every verb in -sya, Act for other finite verbs, infinitives and converbs, because the treebanks disagree;
  Tense=Notpast of OpenCorpora becomes Fut (perfective) or Pres; its CONJ is split and its pronouns and determiners are renamed by
  the majority of the UD treebanks; its "to be" has no tag; participles that it calls adjectives take the verb's reading from the lexicon;
- English: Number and Person stay on third person singular verbs only (the others follow the subject); sentences with words that the
  treebanks cut at hyphens stand twice in the training file: as they are, and joined again as the tokenizer leaves them.
"""
import collections
import os
import re
import unicodedata

KEPT = ("Animacy", "Aspect", "Case", "Degree", "Gender", "Mood", "Number", "Person", "Tense", "VerbForm", "Voice")
CASES = {"Nom", "Gen", "Dat", "Acc", "Ins", "Loc"}
RENAME = {("Case", "Par"): "Gen", ("Case", "Voc"): "Nom", ("Number", "Ptan"): "Plur", ("Mood", "Sub"): "Cnd"}
ALLOWED = {
    "Animacy": {"Anim", "Inan"}, "Aspect": {"Imp", "Perf"}, "Case": CASES, "Degree": {"Pos", "Cmp", "Sup"},
    "Gender": {"Masc", "Fem", "Neut"}, "Mood": {"Ind", "Imp", "Cnd"}, "Number": {"Sing", "Plur"}, "Person": {"1", "2", "3"},
    "Tense": {"Past", "Pres", "Fut"}, "VerbForm": {"Fin", "Inf", "Part", "Conv", "Ger"}, "Voice": {"Act", "Pass", "Mid"},
}


class Token:
    """A word. head counts from 1, 0 = root, None = no tree; pos None = no tag; name is an IOB2 label, None = names not annotated."""
    __slots__ = ("form", "lemma", "pos", "feats", "space", "head", "rel", "name")

    def __init__(self, form, lemma, pos, feats, space=True, head=None, rel=None, name=None):
        self.form, self.lemma, self.pos, self.feats, self.space = form, lemma, pos, feats, space
        self.head, self.rel, self.name = head, rel, name


class Sentence(list):
    id = decoded = None


def read_conllu(path):
    """Sentences as lists of Token; words that a multi-word token was cut into stand alone."""
    sentence = Sentence()
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line:
                if sentence:
                    yield sentence
                sentence = Sentence()
            elif line.startswith("# sent_id = "):
                sentence.id = line[12:]
            elif line.startswith("# decoded = "):
                sentence.decoded = line[12:]
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    feats = dict(x.split("=", 1) for x in c[5].split("|")) if c[5] != "_" else {}
                    head = int(c[6]) if c[6].isdigit() else None
                    sentence.append(Token(c[1], c[2], c[3], feats, "SpaceAfter=No" not in c[9], head, c[7]))
    if sentence:
        yield sentence


# subtypes that the clause view can use; all others are dropped (src/report/report.h, ChRel)
SUBTYPES = {"nsubj:pass", "csubj:pass", "aux:pass", "acl:relcl", "obl:agent"}


def relation(rel):
    return rel if rel in SUBTYPES else rel.split(":")[0]


def clean(feats):
    out = {}
    for k, v in feats.items():
        v = v.split(",")[0]
        v = RENAME.get((k, v), v)
        if k in KEPT and v in ALLOWED[k]:
            out[k] = v
    return out


def tag(pos, feats):
    return "|".join([pos] + [k + "=" + feats[k] for k in sorted(feats)])


def fold(s):
    return unicodedata.normalize("NFC", s).lower().replace("\u0451", "\u0435").replace("\u2019", "'")


def write_conllu(path, sentences):
    n = 0
    with open(path, "w", encoding="utf-8") as f:
        for s in sentences:
            for i, t in enumerate(s, 1):
                feats = "|".join(k + "=" + t.feats[k] for k in sorted(t.feats)) or "_"
                tree = ("_", "_") if t.head is None else (t.head, relation(t.rel))
                misc = (["SpaceAfter=No"] if not t.space else []) + (["NE=" + t.name] if t.name else [])
                f.write("%d\t%s\t%s\t%s\t_\t%s\t%s\t%s\t_\t%s\n" % (i, t.form, t.lemma, t.pos or "_", feats if t.pos else "_", *tree,
                                                                     "|".join(misc) or "_"))
                n += 1
            f.write("\n")
    return n


# ---- Russian ----

REFLEXIVE = ("\u0441\u044f", "\u0441\u044c")
# prepositions with a vowel for the ear
PREPOSITIONS = {"\u0432\u043e": "\u0432", "\u0441\u043e": "\u0441", "\u043a\u043e": "\u043a", "\u043e\u0431": "\u043e", "\u043e\u0431\u043e": "\u043e",
                "\u0438\u0437\u043e": "\u0438\u0437", "\u043e\u0442\u043e": "\u043e\u0442", "\u043f\u043e\u0434\u043e": "\u043f\u043e\u0434"}
BE = "\u0431\u044b\u0442\u044c"


def ru_ud(t):
    """One token of a UD treebank."""
    f = clean(t.feats)
    pos = t.pos
    lemma = fold(t.lemma)
    if "VerbForm" not in f:
        f.pop("Mood", None)
    if t.feats.get("Variant") == "Short":
        f.pop("Case", None)
    if pos == "NUM" and t.form[:1].isdigit():
        f = {}
    if pos == "ADP":
        lemma = PREPOSITIONS.get(lemma, lemma)
    if pos not in ("NOUN", "PROPN"):
        f.pop("Animacy", None)
    if pos in ("VERB", "AUX"):
        if lemma == BE:
            f["Aspect"] = "Imp"
            f.pop("Degree", None)
        if "VerbForm" in f:
            if lemma.endswith(REFLEXIVE):
                f["Voice"] = "Mid"
            elif f["VerbForm"] != "Part":
                f["Voice"] = "Act"
            elif f.get("Voice") == "Mid":
                f["Voice"] = "Act"
        f.pop("Degree", None)
        if f.get("VerbForm") == "Part" and "Tense" not in f and f.get("Voice") == "Pass":
            f["Tense"] = "Past"
        if f.get("VerbForm") == "Conv":
            f["Tense"] = "Past" if f.get("Aspect") == "Perf" else "Pres"
        if f.get("Mood") == "Imp":
            f.pop("Tense", None)
    if pos == "ADV":
        f.setdefault("Degree", "Pos")
    if pos in ("DET", "ADP", "PRON", "NUM", "PART", "CCONJ", "SCONJ"):
        f.pop("Degree", None)
    if pos == "ADJ":
        f.setdefault("Degree", "Pos")
    if pos == "NUM":
        f.pop("Number", None)
    if f.get("Number") == "Plur" and pos in ("ADJ", "DET", "VERB", "AUX", "PRON"):
        f.pop("Gender", None)
    return Token(t.form, lemma, pos, f, t.space, t.head, t.rel, t.name)


# ---- English ----

def en_features(t, pos):
    f = clean(t.feats)
    if pos not in ("NOUN", "PROPN", "PRON"):
        f.pop("Gender", None)
    f.pop("Animacy", None)
    if pos in ("VERB", "AUX") and not (f.get("Person") == "3" and f.get("Number") == "Sing" and f.get("Tense") == "Pres"):
        f.pop("Person", None)
        f.pop("Number", None)
    if pos in ("VERB", "AUX") and f.get("Mood") == "Imp":
        f.pop("Person", None)
        f.pop("Number", None)
    if pos in ("ADV", "ADJ"):
        f.setdefault("Degree", "Pos")
        f.pop("Number", None)
    if pos in ("PUNCT", "SYM", "X", "NUM", "ADP", "CCONJ", "SCONJ", "PART", "INTJ"):
        f = {}
    return f


def en_plain(sentence):
    """With the treebank's own words."""
    return [Token(t.form, fold(t.lemma), t.pos, en_features(t, t.pos), t.space, t.head, t.rel, t.name) for t in sentence]


def en_ud(sentence):
    """With the words that the treebank cuts at hyphens joined, as the program's tokenizer leaves them."""
    out, groups = [], []
    i = 0
    while i < len(sentence):
        t = sentence[i]
        group = [t]
        while (not group[-1].space and i + len(group) + 1 < len(sentence) and sentence[i + len(group)].form in ("-", "\u2010", "\u2011")
               and not sentence[i + len(group)].space and group[-1].form[-1:].isalpha()
               and sentence[i + len(group) + 1].form[:1].isalnum()):
            group += sentence[i + len(group):i + len(group) + 2]
        pos, lemma, form = group[-1].pos, fold(group[-1].lemma), "".join(x.form for x in group)
        adjective = False
        if len(group) > 1:
            lemma = fold("".join(x.form for x in group[:-1])) + lemma
            nxt = sentence[i + len(group)] if i + len(group) < len(sentence) else None
            adjective = nxt is not None and nxt.pos in ("NOUN", "PROPN", "ADJ") and pos in ("NOUN", "NUM", "VERB", "ADV") and all(
                x.pos != "PROPN" for x in group)
        if adjective:
            pos, f, lemma = "ADJ", {"Degree": "Pos"}, fold(form)
        else:
            f = en_features(group[-1], pos)
        out.append(Token(form, lemma, pos, f, group[-1].space, name=group[0].name))
        groups.append((i, i + len(group)))
        i += len(group)
    # heads: a joined word hangs where the first of its parts hangs that hangs outside
    at = {}
    for k, (a, b) in enumerate(groups):
        for x in range(a, b):
            at[x + 1] = k + 1
    for k, (a, b) in enumerate(groups):
        for x in range(a, b):
            t = sentence[x]
            if t.head is not None and (t.head == 0 or at[t.head] != k + 1):
                out[k].head, out[k].rel = (at[t.head] if t.head else 0), t.rel
                if out[k].pos == "ADJ" and len(groups) and b - a > 1 and t.rel == "compound":
                    out[k].rel = "amod"
                break
    return out


def headline(sentence):
    """The sentence as a headline: without articles, auxiliaries "be" and the last full stop, where no word hangs on them; None where
    nothing falls away."""
    governors = {t.head for t in sentence}
    keep = [k for k, t in enumerate(sentence) if k + 1 in governors or not (
        t.rel == "det" and fold(t.form) in ("the", "a", "an") or t.rel in ("aux", "aux:pass") and t.lemma == "be" or
        t.rel == "punct" and k + 1 == len(sentence) and t.form == ".")]
    if len(keep) > len(sentence) - 2 or len(keep) < 3:
        return None
    at = {k + 1: n + 1 for n, k in enumerate(keep)}
    at[0] = 0
    out = []
    for k in keep:
        t = sentence[k]
        out.append(Token(t.form, t.lemma, t.pos, t.feats, t.space, at[t.head], t.rel, t.name))
    first = out[0]
    out[0] = Token(first.form[:1].upper() + first.form[1:], first.lemma, first.pos, first.feats, first.space, first.head, first.rel, first.name)
    for a, b in zip(out, out[1:]):
        if b.name and b.name[0] == "I" and (not a.name or a.name[2:] != b.name[2:]):
            b.name = "B" + b.name[1:]
    return out


def read_names(path):
    """UNER: sentence id -> (forms, IOB2 labels)."""
    out, name, rows = {}, None, []
    with open(path, encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                name = line[12:]
            elif not line:
                if rows:
                    out[name] = ([r[1] for r in rows], [r[2] for r in rows])
                rows = []
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    rows.append(c)
    return out


def add_names(sentences, names):
    """Lays the names over the sentences of the same words and, where it exists, the same id; returns on how many."""
    n = 0
    by_words = {tuple(forms): (forms, labels) for forms, labels in names.values()}
    for s in sentences:
        forms, labels = names.get(s.id) or by_words.get(tuple(t.form for t in s), ((), ()))
        if forms and list(forms) == [t.form for t in s]:
            for t, label in zip(s, labels):
                t.name = label if label[2:] in ("PER", "ORG", "LOC") else "O"
            n += 1
    return n


def read_wikigold(path):
    """Words and names (IOB1) without tags or trees; MISC is left out."""
    out, s, last = [], Sentence(), "O"
    with open(path, encoding="utf-8") as f:
        for line in f:
            c = line.split()
            if not c or c[0] == "-DOCSTART-":
                if s:
                    out.append(s)
                s, last = Sentence(), "O"
                continue
            kind = c[-1][2:]
            label = "O" if kind not in ("PER", "ORG", "LOC") else ("I-" if last[2:] == kind and c[-1][0] == "I" else "B-") + kind
            s.append(Token(c[0], "_", None, {}, name=label))
            last = label
    if s:
        out.append(s)
    return out


WNUT = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}


def read_labelled(path, kinds=None):
    """Words and names (IOB2, tab separated) without tags or trees; `kinds`: its types -> ours, others are no names. Names of accounts
    (@word, or "@" and a word) are neither names nor none."""
    out, s, at = [], Sentence(), False
    with open(path, encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) < 2 or not c[0].strip():
                if s:
                    out.append(s)
                s, at = Sentence(), False
                continue
            mark, _, kind = c[1].partition("-")
            kind = kinds.get(kind) if kinds else kind
            account = at or c[0].startswith("@")
            at = c[0] == "@"
            s.append(Token(c[0], "_", None, {}, name=None if account else mark + "-" + kind if kind else "O"))
    if s:
        out.append(s)
    for s in out:
        for a, b in zip([None] + s, s):
            if b.name and b.name[0] == "I" and (not a or not a.name or a.name[2:] != b.name[2:]):
                b.name = "B" + b.name[1:]
    return out


GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
# words before a name of a person that UNER does not count as parts of it
TITLES = set("president mr mr. mrs mrs. ms ms. dr dr. doctor professor prof prof. senator sen sen. rep rep. general gen gen. prime minister "
             "vice secretary judge justice captain capt capt. colonel col col. sir lord lady queen king prince princess governor gov gov. "
             "chancellor ambassador director chairman officer sgt sgt. lt lt. major sister brother father reverend rev rev.".split())
GUM_JOINS = {"of", "the", "and", "for", "&", "de", "'s"}


def read_gum_names(path):
    """GUM's entities as far as they tell of names: sentence id -> labels, None where they do not tell. A run of words tagged as proper
    names that holds the head of a person, organisation or place is a name; words of no such tag are none; the rest stays open."""
    out, sid, rows, entities, stack = {}, None, [], [], []
    with open(path, encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                stack = []
            elif line.startswith("# sent_id = "):
                sid = line[12:]
            elif not line:
                if rows:
                    out[sid] = gum_labels(rows, entities)
                # entities do not reach over sentences but where they are broken: those are left out
                rows, entities, stack = [], [], []
            elif line[0] != "#" and line.split("\t")[0].isdigit():
                c = line.split("\t")
                at = len(rows)
                rows.append((c[1], c[4]))
                found = next((m[7:] for m in c[9].split("|") if m.startswith("Entity=")), "")
                for opened, rest in re.findall(r"(\()([^()]*)|[^()]*\)", found):
                    if opened:
                        stack.append((at, rest.split("-")))
                closes = found.count(")")
                for _ in range(min(closes, len(stack))):
                    first, parts = stack.pop()
                    heads = parts[4] if len(parts) > 4 and re.fullmatch(r"[0-9,]+", parts[4]) else parts[5] if len(parts) > 5 else ""
                    if len(parts) > 1 and re.fullmatch(r"[0-9,]+", heads):
                        entities.append((first, at + 1, parts[1], first + int(heads.split(",")[0]) - 1))
    return out


def gum_labels(rows, entities):
    proper = [tag in ("NNP", "NNPS") for _, tag in rows]
    labels = [None if p else "O" for p in proper]
    for first, end, kind, head in sorted(entities, key=lambda e: e[1] - e[0]):  # the innermost first, the wider over them
        kind = GUM_KINDS.get(kind)
        if not kind or not first <= head < end or not proper[head]:
            continue
        a, b = head, head + 1
        joins = GUM_JOINS if kind != "PER" else ()
        while a > first and (proper[a - 1] or a - 1 > first and rows[a - 1][0].lower() in joins and proper[a - 2]):
            a -= 1
        while b < end and (proper[b] or b + 1 < end and rows[b][0].lower() in joins and proper[b + 1]):
            b += 1
        while kind == "PER" and a + 1 < b and rows[a][0].lower() in TITLES:
            labels[a], a = "O", a + 1
        for k in range(a, b):
            labels[k] = ("I-" if k > a else "B-") + kind
        if b < len(rows) and labels[b] and labels[b][0] == "I":
            labels[b] = "B" + labels[b][1:]
    return labels


def add_gum_names(sentences, names):
    n = 0
    for s in sentences:
        labels = names.get(s.id)
        if labels and len(labels) == len(s):
            for t, label in zip(s, labels):
                t.name = label
            n += 1
    return n


FACTRUEVAL = {"Person": ("PER", ("name", "surname", "patronymic", "nickname")), "Org": ("ORG", ("org_name",)),
              "Location": ("LOC", ("loc_name",)), "LocOrg": ("LOC", ("loc_name",))}


def read_factrueval(folder, fold=None, of=5):
    """Words and names of FactRuEval's development half, by proper names alone (no descriptions), as UNER has them; `fold`: only the
    texts of this fifth, or with ~fold those of all others."""
    out = []
    books = sorted(int(n[5:-7]) for n in os.listdir(folder) if n.endswith(".tokens"))
    for number, book in enumerate(books):
        if fold is not None and (number % of == (fold if fold >= 0 else ~fold)) != (fold >= 0):
            continue
        base = os.path.join(folder, "book_%d" % book)
        sentences, at = [Sentence()], {}
        with open(base + ".tokens", encoding="utf-8") as f:
            for line in f:
                c = line.split()
                if not c:
                    if sentences[-1]:
                        sentences.append(Sentence())
                    continue
                at[int(c[0])] = (len(sentences) - 1, len(sentences[-1]))
                sentences[-1].append(Token(c[3], "_", None, {}, name="O"))
        spans = {}
        with open(base + ".spans", encoding="utf-8") as f:
            for line in f:
                c = line.split("#")[0].split()
                if c:
                    spans[int(c[0])] = (c[1], int(c[4]), int(c[5]))
        names = []
        with open(base + ".objects", encoding="utf-8") as f:
            for line in f:
                c = line.split("#")[0].split()
                if not c or c[1] not in FACTRUEVAL:
                    continue
                kind, kinds = FACTRUEVAL[c[1]]
                tokens = set()
                for x in map(int, c[2:]):
                    if x in spans and spans[x][0] in kinds:
                        tokens |= set(range(spans[x][1], spans[x][1] + spans[x][2]))
                tokens = [at[t] for t in sorted(tokens) if t in at]
                if tokens and tokens[0][0] == tokens[-1][0]:
                    names.append((tokens[-1][1] - tokens[0][1] + 1, tokens[0][0], tokens[0][1], kind))
        for n, s, first, kind in sorted(names, reverse=True):
            part = sentences[s][first:first + n]
            if n <= 12 and all(t.name == "O" for t in part):
                for k, t in enumerate(part):
                    t.name = ("I-" if k else "B-") + kind
        out += [s for s in sentences if s]
    return out
