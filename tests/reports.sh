#!/bin/sh
# Part of ./check: every report text that tests may read is read under sanitizers (with the stage checks on), a smaller set under
# valgrind. Readings must be JSON; their content is judged elsewhere (tools/golden.sh, the score).
. tests/lib.sh
program=build-asan/chancery

read_one() {
  status=0
  "$program" read --json "$1" >"$scratch/one.json" 2>"$scratch/one.err" || status=$?
  if [ $status -gt 1 ]; then
    echo "exit status $status" >>"$scratch/one.err"
    fail "asan $1" "$scratch/one.err"
  elif python3 -m json.tool "$scratch/one.json" >/dev/null 2>>"$scratch/one.err"; then
    ok "asan $1"
    cat "$scratch/one.json" >>"$scratch/each.json"
  else
    fail "asan $1: not JSON" "$scratch/one.err"
  fi
}

report_texts >"$scratch/list"
: >"$scratch/each.json"
while read -r text; do read_one "$text"; done <"$scratch/list"
[ -d ../shared/reports ] || skip 'asan ../shared/reports' 'not beside this checkout'

# All in one process: one object a line, and the same readings as one by one (nothing left behind by one report for the next).
status=0
# shellcheck disable=SC2046 # names without blanks
"$program" read --json $(cat "$scratch/list") >"$scratch/all.jsonl" 2>"$scratch/all.err" || status=$?
if [ $status -le 1 ] && python3 - "$scratch/all.jsonl" "$scratch/each.json" "$(wc -l <"$scratch/list")" >>"$scratch/all.err" 2>&1 <<'PY'; then
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
text, each, at, decoder = open(sys.argv[2], encoding="utf-8").read(), [], 0, json.JSONDecoder()
while at < len(text):
    reading, end = decoder.raw_decode(text, at)
    each.append(reading)
    at = end + 1
if len(lines) != int(sys.argv[3]):
    sys.exit(f"{len(lines)} lines for {sys.argv[3]} reports")
differ = [a["report"]["id"] for a, b in zip(lines, each) if a != b]
if differ or len(each) != len(lines):
    sys.exit(f"read otherwise in one process: {differ}")
PY
  ok 'asan all reports in one process'
else
  fail "asan all reports in one process: status $status" "$scratch/all.err"
fi

# valgrind over the release build: uninitialised memory, which the sanitizers do not see
if command -v valgrind >/dev/null; then
  awk 'NR % 12 == 1' "$scratch/list" >"$scratch/few"
  status=0
  # shellcheck disable=SC2046
  valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite build/chancery read --json $(cat "$scratch/few") \
    >/dev/null 2>"$scratch/valgrind" || status=$?
  if [ $status -le 1 ]; then ok "valgrind $(wc -l <"$scratch/few") reports"; else fail "valgrind: status $status" "$scratch/valgrind"; fi
  status=0
  valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite build/chancery ingest --store "$scratch/v.db" samples \
    >/dev/null 2>"$scratch/valgrind" || status=$?
  if [ $status -le 1 ]; then ok 'valgrind ingest samples'; else fail "valgrind ingest samples: status $status" "$scratch/valgrind"; fi
else
  skip valgrind 'not installed'
fi
