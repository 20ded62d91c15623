#!/usr/bin/env python3
"""UDPipe 1 (ufal.udpipe from PyPI) trained on the files that ours are trained on, and run on the same tests.

usage: udpipe.py train tagger|parser OUT.model ITERATIONS TRAIN.conllu...
       udpipe.py run TAGGER.model PARSER.model GOLD.conllu OUT.conllu     gold tokens, predicted tags; prints tokens a second
"""
import sys
import time

import ufal.udpipe as udpipe

# Modest settings, so that a night's job becomes one of half an hour: docs/measured.md has 3 iterations of the taggers, 3 and 5 of the
# parsers. Forms of more than 255 bytes end its training ("Should encode value 569 in one byte"): sentences with such are left out. The defaults of UDPipe 1.2's models are 20 iterations of the tagger and
# 10 to 30 of the parser with a hidden layer of 200 and embeddings from raw text
TAGGER = "iterations=%d;models=1;templates_1=tagger"
PARSER = ("iterations=%d;embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;embedding_deprel=20;"
          "learning_rate=0.02;learning_rate_final=0.001;l2=0.5;hidden_layer=100;batch_size=10;transition_system=projective;"
          "transition_oracle=static;structured_interval=0")


def sentences(path):
    """Sentences without what UDPipe has no use for: the language's own tags, enhanced graphs."""
    reader = udpipe.InputFormat.newConlluInputFormat()
    text = []
    with open(path, encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if len(c) == 10:
                if "." in c[0]:
                    continue
                c[4], c[8] = "_", "_"
                line = "\t".join(c) + "\n"
            text.append(line)
    reader.setText("".join(text))
    error = udpipe.ProcessingError()
    while True:
        s = udpipe.Sentence()
        if not reader.nextSentence(s, error):
            break
        yield s
    if error.occurred():
        sys.exit(path + ": " + error.message)


def train(what, out, iterations, paths):
    data = udpipe.Sentences()
    for path in paths:
        for s in sentences(path):
            if all(len(w.form.encode()) < 200 for w in s.words):
                data.append(s)
    error = udpipe.ProcessingError()
    none = udpipe.Trainer.NONE
    tagger = TAGGER % iterations if what == "tagger" else none
    parser = PARSER % iterations if what == "parser" else none
    start = time.time()
    model = udpipe.Trainer.train("morphodita_parsito", data, udpipe.Sentences(), none, tagger, parser, error)
    if error.occurred():
        sys.exit(error.message)
    with open(out, "wb") as f:
        f.write(model)
    print("%s: %d sentences, %d iterations, %.0f s" % (out, len(data), iterations, time.time() - start))


def run(tagger_path, parser_path, gold, out):
    tagger, parser = udpipe.Model.load(tagger_path), udpipe.Model.load(parser_path)
    writer = udpipe.OutputFormat.newConlluOutputFormat()
    error = udpipe.ProcessingError()
    data = list(sentences(gold))
    tokens = 0
    start = time.time()
    for s in data:
        tagger.tag(s, "", error)
        parser.parse(s, "", error)
        tokens += s.words.size() - 1
    took = time.time() - start
    if error.occurred():
        sys.exit(error.message)
    with open(out, "w", encoding="utf-8") as f:
        for s in data:
            f.write(writer.writeSentence(s))
    print("udpipe\t%s\t%.0f tokens/s" % (gold, tokens / took))


if __name__ == "__main__":
    if len(sys.argv) > 5 and sys.argv[1] == "train":
        train(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5:])
    elif len(sys.argv) == 6 and sys.argv[1] == "run":
        run(*sys.argv[2:])
    else:
        sys.exit(__doc__)
