#!/bin/sh
# Scores build/chancery against the gold readings of ../shared/reports: a table for each set, then stories and real together against
# tests/floor.txt (lines "MEASURE FIGURE"; events.filled is its F1, events.found.precision the precision of events.found). Exit status 1
# where a figure is more than 0.01 below its floor. Raise the floor when the figures rise.
set -eu
cd "$(dirname "$0")/.."
score() { python3 ../shared/eval/score.py --command 'build/chancery read --json {}' "$@"; }
for set in seeds stories real; do
  echo "== reports/$set"
  score "../shared/reports/$set"
done
tools/score-records.sh
score --json ../shared/reports/stories ../shared/reports/real | python3 -c '
import json, sys
figures = json.load(sys.stdin)
now = {"events.filled": figures["events.filled"][2], "events.found.precision": figures["events.found"][0]}
low = False
print("== stories and real together, against tests/floor.txt")
for line in open("tests/floor.txt", encoding="utf-8"):
    if line.strip() and not line.startswith("#"):
        name, floor = line.split()
        below = now[name] < float(floor) - 0.01
        low = low or below
        print(f"{name:24}{now[name]:9.3f}  floor {float(floor):.3f}", "BELOW" if below else "")
sys.exit(low)'
