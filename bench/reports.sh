#!/bin/sh
# Speed and memory of build/chancery on the reports beside the checkout (or the samples): all in one process, one from a cold start.
# usage: bench/reports.sh [OTHER]   OTHER: another build's chancery (with its pack beside it), timed in the same run as a ratio
set -eu
cd "$(dirname "$0")/.."
files=$(find ../shared/reports -name '*.txt' 2>/dev/null | sort)
[ -n "$files" ] || files=$(find samples -name '*.txt' | sort)
one=$(echo "$files" | head -n 1)

# Least of five wall times in milliseconds.
least() {
  best=
  for run in 1 2 3 4 5; do
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1 || :
    took=$((($(date +%s%N) - start) / 10000))
    if [ -z "$best" ] || [ $took -lt "$best" ]; then best=$took; fi
  done
  echo "$best" | awk '{ printf "%.2f", $1 / 100 }'
}

count=$(echo "$files" | wc -l)
bytes=$(cat $files | wc -c)
for program in build/chancery "$@"; do
  all=$(least "$program" read --json $files)
  peak=
  cold=$(least "$program" read --json "$one")
  if command -v /usr/bin/time >/dev/null 2>&1; then
    peak=$(/usr/bin/time -f %M "$program" read --json $files 2>&1 >/dev/null | tail -n 1)
  fi
  echo "$all $count $bytes $cold" | awk -v program="$program" -v peak="${peak:-?}" '{
    printf "%s: %d reports (%d bytes) in %s ms = %.0f reports/s; cold start %s ms; peak %s KiB\n", program, $2, $3, $1, $2 * 1000 / $1, $4, peak }'
done
