#!/bin/sh
# Part of ./check: every fuzz target for FUZZ_SECONDS (10) under sanitizers, from its seeds in fuzz/corpus/NAME and with a dictionary
# fuzz/NAME.dict where there is one. A finding is left in build-fuzz/ for repair; add it to the seeds.
. tests/lib.sh
seconds=${FUZZ_SECONDS:-10}
run_one() {
  name=$1
  program=build-fuzz/fuzz/fuzz_$name
  if [ ! -x "$program" ]; then
    fail "fuzz $name: not built (is it in fuzz/meson.build?)"
    return
  fi
  mkdir -p "$scratch/$name"
  set -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=16384 -verbosity=0 -print_final_stats=1 -artifact_prefix="build-fuzz/$name-"
  [ ! -f "fuzz/$name.dict" ] || set -- "$@" -dict="fuzz/$name.dict"
  [ ! -d "fuzz/corpus/$name" ] || seeds=fuzz/corpus/$name
  # shellcheck disable=SC2086 # perhaps none
  if ASAN_OPTIONS=detect_leaks=1 "$program" "$@" "$scratch/$name" ${seeds-} >"$scratch/$name.log" 2>&1; then
    ok "fuzz $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/$name.log") runs in $seconds s"
  else
    fail "fuzz $name" "$scratch/$name.log"
  fi
}
for source in fuzz/fuzz_*.c; do
  if [ ! -f "$source" ]; then
    skip fuzz 'no targets'
    break
  fi
  name=$(basename "$source" .c)
  run_one "${name#fuzz_}" >"$scratch/$name.result" &
  # two at a time
  jobs=$((${jobs:-0} + 1))
  if [ $((jobs % 2)) -eq 0 ]; then wait; fi
done
wait
cat "$scratch"/*.result 2>/dev/null || :
