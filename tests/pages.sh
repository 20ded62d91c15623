#!/bin/sh
# Part of ./check: articles taken out of the pages in tests/pages (made by make.py there), measured by tools/pages.py, against floors; and
# that the measure can fail.
. tests/lib.sh
command -v python3 >/dev/null 2>&1 || { skip pages 'no python3' && exit 0; }
python3 tools/pages.py build/chancery >"$scratch/figures" 2>&1
# at_least FIGURE FLOOR
at_least() {
  if tr ' ' '\n' <"$scratch/figures" | awk -v name="$1" -v floor="$2" 'last == name { seen = 1; bad = $0 < floor } { last = $0 } END { exit !seen || bad }'; then
    ok "pages $1 at least $2"
  else
    fail "pages $1 at least $2" "$scratch/figures"
  fi
}
at_least f1 0.97
for field in title published outlet author lang; do at_least $field 0.9; done
# with no program to read pages every figure is 0
python3 tools/pages.py false >"$scratch/figures" 2>&1
expect 'pages: the measure can fail' grep -q '^f1 0.000 title 0.000' "$scratch/figures"
# classes and ids gone from every page: the text must do
mkdir "$scratch/bare" "$scratch/bare/tests" "$scratch/bare/tools"
cp -R tests/pages "$scratch/bare/tests/" && cp tools/pages.py "$scratch/bare/tools/"
LC_ALL=C sed -i -E 's/ (class|id)=("[^"]*"|[a-z]+)//g' "$scratch"/bare/tests/pages/*.html
python3 "$scratch/bare/tools/pages.py" build/chancery >"$scratch/figures" 2>&1
at_least f1 0.85
# reports of no diplomacy (tests/offtopic: recipes, sport, local crime, markets ...) should read to nothing
build/chancery read --json tests/offtopic/*.txt 2>/dev/null | python3 -c '
import json, sys
readings = [json.loads(line) for line in sys.stdin]
events = sum(len(r["events"]) for r in readings)
fine = len(readings) == 12 and events == 0
print("%s pages: off-topic: %d events in %d reports, none in 12" % ("ok" if fine else "not ok", events, len(readings)))'
