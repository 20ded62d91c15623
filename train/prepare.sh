#!/bin/sh
# usage: prepare.sh CORPORA OUT: unpacks the treebanks and the lexicon of the folder CORPORA (README there) into OUT, then makes the
# lexicons and the mapped training files.
set -eu
corpora=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"
for f in "$corpora"/ud-english-ewt/*.conllu.xz "$corpora"/ud-english-gum-ccsubset/*.conllu.xz "$corpora"/ud-russian/*.conllu.xz \
  "$corpora"/ru-opencorpora-unamb/*.conllu.xz "$corpora"/ru-morph-lexicon/*.tsv.xz; do
  name=$(basename "$f" .xz)
  [ -s "$out/$name" ] || xz -dkc "$f" >"$out/$name"
done
for code in en ru; do python3 "$here/make_lexicon.py" "$code" "$out" "$here/../models"; done
