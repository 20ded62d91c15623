#!/bin/sh
# usage: prepare.sh CORPORA OUT [SILVER.conllu]: unpacks the treebanks, names and the lexicon of the folder CORPORA (README there) into OUT, then
# makes the lexicons and the mapped training files. SILVER: trees over the sentences of OpenCorpora, made by another parser, with
# "# decoded = greedy" over those to be used.
set -eu
corpora=$1 out=$2 silver=${3-}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out/factrueval"
for f in "$corpora"/ud-english-ewt/*.xz "$corpora"/ud-english-gum-ccsubset/*.conllu.xz "$corpora"/ud-russian/*.conllu.xz \
  "$corpora"/ud-pud-en-ru/*.xz "$corpora"/ru-opencorpora-unamb/*.conllu.xz "$corpora"/ru-morph-lexicon/*.tsv.xz \
  "$corpora"/en-ner-small/wikigold.conll.xz "$corpora"/en-ner-small/wnut17-*.xz; do
  name=$(basename "$f" .xz)
  [ -s "$out/$name" ] || xz -dkc "$f" >"$out/$name"
done
cp "$corpora"/ru-ner-factrueval2016/devset/book_*.tokens "$corpora"/ru-ner-factrueval2016/devset/book_*.spans \
  "$corpora"/ru-ner-factrueval2016/devset/book_*.objects "$out/factrueval/"
[ -z "$silver" ] || cp "$silver" "$out/ru-silver.conllu"
for code in en ru; do python3 "$here/make_lexicon.py" "$code" "$out" "$here/../models"; done
