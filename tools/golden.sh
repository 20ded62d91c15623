#!/bin/sh
# Golden readings: tests/golden/NAME.txt and the samples must be read as tests/golden/NAME.json says. They are our own output, looked
# over, not readings made by hand: they show what a change changes. Confidences are left out of the comparison.
# usage: tools/golden.sh            compare (part of ./check)
#        tools/golden.sh --update   write the readings of the present build as the expected ones; look at git diff before committing
cd "$(dirname "$0")/.." || exit 2
. tests/lib.sh
normal() { python3 -m json.tool --sort-keys --no-ensure-ascii --indent 1 "$1" | grep -v '^ *"\(confidence\|score\)": '; }

for text in tests/golden/*.txt samples/*.txt samples/*.html; do
  name=$(basename "$text")
  want=tests/golden/${name%.*}.json
  status=0
  build/chancery read --json "$text" >"$scratch/got.json" 2>"$scratch/err" || status=$?
  if [ $status -gt 1 ] || ! normal "$scratch/got.json" >"$scratch/got"; then
    fail "golden $text: not read, status $status" "$scratch/err"
  elif [ "${1-}" = --update ]; then
    python3 -m json.tool --sort-keys --no-ensure-ascii --indent 1 "$scratch/got.json" >"$want"
    ok "golden $text: written"
  elif [ ! -f "$want" ]; then
    fail "golden $text: $want is missing (tools/golden.sh --update)"
  else
    normal "$want" >"$scratch/want"
    if diff -u "$scratch/want" "$scratch/got" >"$scratch/diff"; then ok "golden $text"; else fail "golden $text" "$scratch/diff"; fi
  fi
done
