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
  else
    fail "asan $1: not JSON" "$scratch/one.err"
  fi
}

report_texts >"$scratch/list"
while read -r text; do read_one "$text"; done <"$scratch/list"
[ -d ../shared/reports ] || skip 'asan ../shared/reports' 'not beside this checkout'

# All in one process: one object a line, as many lines as reports, and nothing left behind by one report for the next.
status=0
# shellcheck disable=SC2046 # names without blanks
"$program" read --json $(cat "$scratch/list") >"$scratch/all.jsonl" 2>"$scratch/all.err" || status=$?
if [ $status -le 1 ] && [ "$(wc -l <"$scratch/all.jsonl")" = "$(wc -l <"$scratch/list")" ]; then
  ok 'asan all reports in one process'
else
  fail "asan all reports in one process: status $status, $(wc -l <"$scratch/all.jsonl") lines" "$scratch/all.err"
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
