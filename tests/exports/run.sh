#!/bin/sh
# Part of ./check: what 'chancery export' writes, read by readers that are not ours. happenings.jsonl holds made-up happenings (the first
# ones after storylines of ../shared/reports) that show every field, every kind of time, and JSON that is no happening at all.
cd "$(dirname "$0")/../.." || exit 2
. tests/lib.sh
: "${CHANCERY_CLI:=$(pwd)/build-asan/chancery}"
here=tests/exports
happenings=$here/happenings.jsonl
unset CHANCERY_STORE CHANCERY_PACK
# Debian's Python: the one that has Debian's packages
python=/usr/bin/python3
[ -x $python ] || python=python3

# export FORMAT [OPTION...]: into $scratch/FORMAT
export_to() {
  format=$1
  shift
  expect "exports: $format is written" "$CHANCERY_CLI" export "$format" --input $happenings --out "$scratch/$format" "$@"
}
for format in $("$CHANCERY_CLI" export no-such-format 2>&1 | sed 's/.*there are: .*readings, //; s/,//g'); do
  export_to "$format"
  [ -e "$scratch/$format" ] || continue
  "$CHANCERY_CLI" export "$format" --input $happenings --out "$scratch/again" >/dev/null 2>&1
  expect "exports: $format is the same again" diff -r "$scratch/$format" "$scratch/again"
  rm -rf "$scratch/again"
done
expect 'exports: pairs are written' "$CHANCERY_CLI" export polecat --dyads --input $happenings --out "$scratch/polecat-dyads"
refuse 'exports: a format without pairs' "$CHANCERY_CLI" export csv --dyads --input $happenings --out "$scratch/none"
# words ==> codes: a happening for each row
"$python" - $here/deeds.tsv >"$scratch/deeds.jsonl" <<'PY'
import json, sys
for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    if not line.startswith("#"):
        kind, status, quote, _ = line.rstrip("\n").split("\t")
        print(json.dumps({"id": f"d-{number}", "kind": kind, "status": status, "time": "2020-01-01", "evidence": [{"quote": quote}],
                          "participants": [{"name": "France", "type": "state", "role": "actor", "id": "fr"}]}))
PY
"$CHANCERY_CLI" export polecat --input "$scratch/deeds.jsonl" --out "$scratch/deeds" >/dev/null 2>&1 || fail 'exports: deeds are coded'
expect 'exports: JSON Lines come back as they went' sh -c \
  "'$CHANCERY_CLI' export jsonl --input '$scratch/jsonl' | cmp - '$scratch/jsonl'"
refuse 'exports: a line that is no JSON' sh -c "echo '{' | '$CHANCERY_CLI' export jsonl --input -"
refuse 'exports: a line that is no object' sh -c "echo '[]' | '$CHANCERY_CLI' export jsonl --input -"

PYTHONDONTWRITEBYTECODE=1 "$python" $here/check.py $happenings "$scratch" data || fail 'exports: the checks ran to the end'
