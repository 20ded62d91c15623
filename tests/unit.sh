#!/bin/sh
# Part of ./check: every tests/test_*.c, built with sanitizers; one test for each function that cmocka runs.
. tests/lib.sh
for source in tests/test_*.c; do
  name=$(basename "$source" .c)
  program=build-asan/tests/$name
  if [ ! -x "$program" ]; then
    fail "unit $name: not built (is it in tests/meson.build?)"
    continue
  fi
  set --
  case $name in
  test_pipeline | test_record | test_correct) set -- build-asan/chancery.pack ;;
  test_reading) set -- build-asan/chancery.pack tests/readings.tsv tests/readings-hard.tsv tests/readings-frames.tsv tests/readings-sources.tsv tests/readings-news.tsv ;;
  test_linking) set -- build-asan/chancery.pack tests/linking.tsv ;;
  esac
  status=0
  CMOCKA_MESSAGE_OUTPUT=TAP timeout 120 "$program" "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
  sed -n "s/^ok [0-9]* - \(.*\)/ok unit $name: \1/p; s/^not ok [0-9]* - \(.*\)/not ok unit $name: \1/p; s/^ok [0-9]* # SKIP \(.*\)/skip unit $name: \1/p" "$scratch/out" >"$scratch/lines"
  cat "$scratch/lines"
  if [ $status -ne 0 ]; then
    grep -q '^not ok' "$scratch/lines" || fail "unit $name: ended with status $status"
    grep -v '^ok ' "$scratch/out" | cat - "$scratch/err" | head -n 60 | sed 's/^/#   /'
  elif [ ! -s "$scratch/lines" ]; then
    fail "unit $name: ran no test"
  fi
done
