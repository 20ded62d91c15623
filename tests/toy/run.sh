#!/bin/sh
# Part of ./check: an invented language passes the whole pipeline from data alone (README.md here).
cd "$(dirname "$0")/../.." || exit 2
. tests/lib.sh
toy=tests/toy
pack=$scratch/toy.pack
program=build-asan/chancery

if ! "$program" pack --data $toy/data --models $toy/models -o "$pack" >"$scratch/pack.out" 2>&1; then
  fail 'toy: the pack compiles' "$scratch/pack.out"
  exit 1
fi
ok 'toy: the pack compiles'
for text in "$toy"/reports/*.txt; do
  name=$(basename "$text" .txt)
  status=0
  CHANCERY_PACK=$pack "$program" read --json "$text" >"$scratch/$name.json" 2>"$scratch/err" || status=$?
  if [ $status -gt 1 ]; then fail "toy: $name is read: status $status" "$scratch/err"; else ok "toy: $name is read"; fi
done
python3 - "$scratch" $toy/expected.tsv <<'PY'
import json, sys
folder, expected = sys.argv[1:]
for line in open(expected, encoding="utf-8"):
    if line.startswith("#") or not line.strip():
        continue
    report, kind, status, who, place, time = line.rstrip("\n").split("\t")
    name = f"toy: {report}: {kind} {status}"
    try:
        reading = json.load(open(f"{folder}/{report}.json", encoding="utf-8"))
    except (OSError, ValueError):
        print(f"not ok {name}")
        continue
    if reading["report"]["lang"] != "qq":
        print(f"# language {reading['report']['lang']}")
    fits = [e for e in reading["events"] if e["kind"] == kind and e["status"] == status
            and (who == "-" or set(who.split(";")) <= {p["name"] for p in e["participants"]})
            and (place == "-" or e["place"] == place) and (time == "-" or e["time"] == time)]
    print(f"{'ok' if fits else 'not ok'} {name}")
    if not fits:
        for e in reading["events"]:
            print("#   read:", e["kind"], e["status"], [p["name"] for p in e["participants"]], e["place"], e["time"])
PY
# The languages that the toy pack lacks are not known: nothing falls back on them.
CHANCERY_PACK=$pack "$program" read --json samples/02-agency-ru.txt >"$scratch/other.json" 2>"$scratch/err" || :
if grep -q '"events": \[\]' "$scratch/other.json" && ! grep -q 'Sanitizer' "$scratch/err"; then
  ok 'toy: a report in a language that the pack lacks has no events'
else
  fail 'toy: a report in a language that the pack lacks has no events' "$scratch/err"
fi

# Adding a language is adding a folder: with it beside the others, their readings stay as they were, and its own reports are known.
cp -R data "$scratch/data" && cp -R $toy/data/language/qq "$scratch/data/language/qq"
if build/chancery pack --data "$scratch/data" --models models -o "$scratch/more.pack" >"$scratch/pack.out" 2>&1; then
  ok 'toy: the pack compiles with one more language'
  for text in samples/*.txt; do
    build/chancery read --json "$text" >"$scratch/before.json" 2>/dev/null || :
    CHANCERY_PACK=$scratch/more.pack build/chancery read --json "$text" >"$scratch/after.json" 2>/dev/null || :
    if diff "$scratch/before.json" "$scratch/after.json" >"$scratch/diff"; then
      ok "toy: $text is read as before with one more language"
    else
      fail "toy: $text is read as before with one more language" "$scratch/diff"
    fi
  done
  CHANCERY_PACK=$scratch/more.pack build/chancery read --json $toy/reports/held.txt >"$scratch/held.json" 2>/dev/null || :
  if grep -q '"lang": "qq"' "$scratch/held.json"; then ok 'toy: its reports are known beside others'; else fail 'toy: its reports are known beside others' "$scratch/held.json"; fi
else
  fail 'toy: the pack compiles with one more language' "$scratch/pack.out"
fi
