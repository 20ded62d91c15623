"""Reading of the corpora and their mapping to one tag scheme: UPOS and the features that ChMorph holds (src/report/report.h).

What is changed, and why:
- features that ChMorph has no field for are dropped (PronType, Variant ...);
- Animacy stays on nouns only, where the lexicon has it for every form;
- Russian: Voice=Mid for every verb in -sya, Act for other finite verbs, infinitives and converbs, because the treebanks disagree;
  Tense=Notpast of OpenCorpora becomes Fut (perfective) or Pres; its CONJ is split and its pronouns and determiners are renamed by
  the majority of the UD treebanks; "to be" is AUX; participles that it calls adjectives take the verb's reading from the lexicon;
- English: Number and Person stay on third person singular verbs only (the others follow the subject); words that the treebanks cut at
  hyphens are joined again, as the tokenizer does not cut them.
"""
import collections
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
    __slots__ = ("form", "lemma", "pos", "feats", "space")

    def __init__(self, form, lemma, pos, feats, space=True):
        self.form, self.lemma, self.pos, self.feats, self.space = form, lemma, pos, feats, space


def read_conllu(path):
    """Sentences as lists of Token; words that a multi-word token was cut into stand alone."""
    sentence = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line:
                if sentence:
                    yield sentence
                sentence = []
            elif line[0] != "#":
                c = line.split("\t")
                if c[0].isdigit():
                    feats = dict(x.split("=", 1) for x in c[5].split("|")) if c[5] != "_" else {}
                    sentence.append(Token(c[1], c[2], c[3], feats, "SpaceAfter=No" not in c[9]))
                elif "-" in c[0] and sentence is not None:
                    pass
    if sentence:
        yield sentence


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
                f.write("%d\t%s\t%s\t%s\t_\t%s\t_\t_\t_\t%s\n" % (i, t.form, t.lemma, t.pos, feats, "_" if t.space else "SpaceAfter=No"))
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
            pos = "AUX"
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
    return Token(t.form, lemma, pos, f, t.space)


# ---- English ----

def en_ud(sentence):
    out = []
    i = 0
    while i < len(sentence):
        t = sentence[i]
        # join what the treebank cut at hyphens
        group = [t]
        while (not group[-1].space and i + len(group) + 1 < len(sentence) and sentence[i + len(group)].form in ("-", "\u2010", "\u2011")
               and not sentence[i + len(group)].space and group[-1].form[-1:].isalpha()
               and sentence[i + len(group) + 1].form[:1].isalnum()):
            group += sentence[i + len(group):i + len(group) + 2]
        f = clean(group[-1].feats)
        pos, lemma, form = group[-1].pos, fold(group[-1].lemma), "".join(x.form for x in group)
        if len(group) > 1:
            lemma = fold("".join(x.form for x in group[:-1])) + lemma
            nxt = sentence[i + len(group)] if i + len(group) < len(sentence) else None
            if nxt is not None and nxt.pos in ("NOUN", "PROPN", "ADJ") and pos in ("NOUN", "NUM", "VERB", "ADV") and all(
                    x.pos != "PROPN" for x in group):
                pos, f, lemma = "ADJ", {"Degree": "Pos"}, fold(form)
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
        out.append(Token(form, lemma, pos, f, group[-1].space))
        i += len(group)
    return out
