#!/bin/sh
# Scores the record against ../shared/reports (record.json): once from the gold readings, so that only merging is judged, once from our own.
# usage: tools/score-records.sh [--explain]: --explain also names, for the storylines outside SPLIT, pairs that were missed or made up.
set -eu
cd "$(dirname "$0")/.."
reports=../shared/reports
[ -f ../shared/eval/score.py ] || { echo 'score-records: skipped, ../shared is not beside this checkout'; exit 0; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
figures() { python3 ../shared/eval/score.py --readings "$1" --records "$2" $reports | grep -E '^(reports|records|record)\b|precision' || true; }

mkdir "$tmp/gold" "$tmp/own"
find $reports -name '*.gold.json' | python3 -c '
import json, shutil, sys
for path in sys.stdin.read().split():
    id = json.load(open(path, encoding="utf-8"))["report"]["id"]
    shutil.copy(path, sys.argv[1] + "/" + id.replace("/", "__") + ".json")' "$tmp/gold"
build/chancery ingest --store "$tmp/gold.db" --reading "$tmp/gold" >"$tmp/log" 2>&1 || { cat "$tmp/log" >&2; exit 1; }
build/chancery export --store "$tmp/gold.db" records >"$tmp/gold.records"
echo '== the record from gold readings'
figures "$tmp/gold" "$tmp/gold.records"

for set in seeds real stories; do
  build/chancery ingest --store "$tmp/own.db" "$reports/$set" >"$tmp/log" 2>&1 || [ $? = 1 ] || { cat "$tmp/log" >&2; exit 1; }
done
build/chancery export --store "$tmp/own.db" readings --out "$tmp/own" >/dev/null
build/chancery export --store "$tmp/own.db" records >"$tmp/own.records"
echo '== the record from our own readings'
figures "$tmp/own" "$tmp/own.records"
if [ "${1-}" = --explain ]; then python3 tools/explain-records.py "$tmp/gold.records" $reports; fi
