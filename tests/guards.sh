#!/bin/sh
# Part of ./check: house rules that a machine can see. Each guard is a function of a checkout's root that prints what it finds, one
# finding a line; each is first shown a copy with a fault put in, to prove that it can fail.
. tests/lib.sh

# Language belongs in data/: only ASCII in the code.
guard_ascii() { (cd "$1" && grep -rnP '[^\x00-\x7F]' src include); }

# No language code as a literal in the code, alone or as a part of a path; comments may show one. The codes are the folders of
# data/language.
guard_codes() {
  (cd "$1" && codes=$(ls data/language | paste -sd '|' -) && find src include -name '*.[ch]' | while read -r file; do
    gcc -fpreprocessed -dD -E -P -w "$file" 2>/dev/null | grep -oE "\"([^\"]*/)?($codes)(/[^\"]*)?\"" | sed "s|^|$file: |"
  done)
}

# A folder may include only its own headers and those of the folders that meson.build names for it. The build refuses others because each
# library sees only build/layers/FOLDER; here: no way round that.
guard_escapes() {
  (cd "$1" && grep -rnE '#include "(\.\.|/|src/)' src include)
  (cd "$1" && grep -rnE '#include <(sqlite3|jansson|libxml)' src | grep -vE '^src/(store/.*sqlite3|(intake|record|out|store|cli)/.*jansson|intake/.*libxml)')
}

# Libraries do not print, do not end the process; only src/cli does.
guard_prints() {
  (cd "$1" && grep -rnE '(^|[^_a-zA-Z])(printf|puts|putchar|perror|exit|_exit|_Exit|quick_exit|fprintf\(std(out|err)|vprintf) *\(' src --include='*.c' |
    grep -vE '^src/cli/|^[^:]*:[0-9]*: *(/?\*|//)')
  (cd "$1" && grep -rnE 'fprintf *\(std(out|err)' src --include='*.c' | grep -v '^src/cli/')
}

# No state outside the objects that callers hold: nothing in the writable sections of the libraries of build folder $1.
guard_state() {
  for library in "$1"/libch_*.a; do
    objdump -t "$library" 2>/dev/null | awk -v lib="$(basename "$library")" \
      '$3 == "O" && $4 ~ /^\.(data|bss|tdata|tbss)$/ { print lib ": writable: " $NF }'
  done
}

# Names that other folders can see begin with ch_.
guard_names() {
  for library in "$1"/libch_*.a; do
    nm --defined-only -g "$library" 2>/dev/null | awk -v lib="$(basename "$library")" 'NF == 3 && $3 !~ /^ch_/ { print lib ": external: " $3 }'
  done
}

# Every source named in a table of data/ is in data/LICENSES.md (as `key`).
guard_sources() {
  (cd "$1" && for table in data/world/*.tsv data/events/*.tsv; do
    awk -F '\t' -v table="$table" 'NR == 2 { sub(/^#: */, ""); for (i = 1; i <= NF; i++) if ($i == "source") c = i; next }
      c && !/^#/ && $c != "" && $c != "-" { n = split($c, keys, /; */); for (k = 1; k <= n; k++) print keys[k] "\t" table }' "$table"
  done | sort -u | while IFS="$(printf '\t')" read -r key table; do
    grep -qF "\`$key\`" data/LICENSES.md || echo "$table: source '$key' is not in data/LICENSES.md"
  done)
}

# Relative links of the documents lead somewhere.
guard_links() {
  (cd "$1" && for page in *.md docs/*.md data/*.md tests/*/*.md samples/*.md; do
    [ -f "$page" ] || continue
    grep -oE '\]\([^)# ]+' "$page" | sed 's/^](//' | grep -vE '^(https?|mailto):' | while read -r target; do
      [ -e "$(dirname "$page")/$target" ] || echo "$page: no such file: $target"
    done
  done)
}

# guard NAME FINDINGS-COMMAND...: ok where nothing is found
guard() {
  name=$1
  shift
  "$@" >"$scratch/found" 2>&1 || :
  if [ -s "$scratch/found" ]; then fail "guard $name" "$scratch/found"; else ok "guard $name"; fi
}
# proves NAME FINDINGS-COMMAND...: ok where something is found
proves() {
  name=$1
  shift
  "$@" >"$scratch/found" 2>&1 || :
  if [ -s "$scratch/found" ]; then ok "guard $name can fail"; else fail "guard $name can fail: it found nothing"; fi
}

copy() {
  rm -rf "$scratch/copy"
  mkdir -p "$scratch/copy"
  cp -R src include data "$scratch/copy/"
}
inject() { # FILE TEXT...: appends a line to a file of the copy
  file=$scratch/copy/$1
  shift
  printf "$@" >>"$file"
}

copy
inject src/when/when.c '/* \320\274\320\260\321\200\321\202\320\260 */\n'
proves 'only ASCII in src' guard_ascii "$scratch/copy"
for code in $(ls data/language | head -n 1) $(ls data/language | tail -n 1); do
  copy
  inject src/when/when.c 'const char *ch_fault(void) { return "%s"; }\n' "$code"
  proves "no language code in src ($code)" guard_codes "$scratch/copy"
  copy
  inject src/when/when.c 'const char *ch_fault(void) { return "language/%s/fold.tsv"; }\n' "$code"
  proves "no language code in src ($code, in a path)" guard_codes "$scratch/copy"
done
copy
inject src/when/when.c '#include "../names/names.h"\n'
proves 'no include past the layers' guard_escapes "$scratch/copy"
copy
inject src/when/when.c '#include <sqlite3.h>\n'
proves 'no SQL outside store' guard_escapes "$scratch/copy"
copy
inject src/when/when.c 'void ch_fault(void) { exit(1); }\n'
proves 'no printing, no exit in libraries' guard_prints "$scratch/copy"
mkdir -p "$scratch/lib"
printf 'int fault = 1; int *ch_fault(void); int *ch_fault(void) { return &fault; }\n' >"$scratch/lib/fault.c"
(cd "$scratch/lib" && gcc -c fault.c && ar rcs libch_fault.a fault.o)
proves 'no state in libraries' guard_state "$scratch/lib"
proves 'external names' guard_names "$scratch/lib"
copy
printf '#! states 1\n#: id\tsource\nqq\tnowhere\n' >"$scratch/copy/data/world/fault.tsv"
proves 'sources of data' guard_sources "$scratch/copy"
mkdir -p "$scratch/copy/docs"
printf '[x](no-such-file.md)\n' >"$scratch/copy/docs/fault.md"
proves 'links of documents' guard_links "$scratch/copy"

guard 'only ASCII in src' guard_ascii .
guard 'no language code in src' guard_codes .
guard 'no include past the layers, no library outside its folder' guard_escapes .
guard 'no printing, no exit in libraries' guard_prints .
guard 'no state in libraries' guard_state build
guard 'external names' guard_names build
guard 'sources of data' guard_sources .
guard 'links of documents' guard_links .

# The layers: what a folder may include compiles, what it may not does not; and the libraries are compiled with that folder alone.
compile() { # FOLDER HEADER: exit status of compiling an include of HEADER as a file of FOLDER
  printf '#include "%s"\n' "$2" >"$scratch/layer.c"
  gcc -std=gnu17 -fsyntax-only -I"build/layers/$1" "$scratch/layer.c" >"$scratch/layer.err" 2>&1
}
for pair in when:world/world.h names:report/report.h store:out/out.h pipeline:when/when.h; do
  expect "layer: src/${pair%%:*} may include ${pair#*:}" compile "${pair%%:*}" "${pair#*:}"
done
for pair in when:names/names.h names:when/when.h language:names/names.h events:discourse/discourse.h base:model/pack.h model:report/report.h \
  world:names/names.h when:pipeline/pipeline.h when:store/store.h out:store/store.h; do
  refuse "layer: src/${pair%%:*} must not include ${pair#*:}" compile "${pair%%:*}" "${pair#*:}"
done
sed -n 's/^ *"command": "//p' build/compile_commands.json | grep 'libch_' | grep -E ' -I\.\./(src|include)[ /]' >"$scratch/wide" || :
if [ -s "$scratch/wide" ]; then fail 'layer: libraries see only their layer' "$scratch/wide"; else ok 'layer: libraries see only their layer'; fi

# Warnings only: rooms to divide.
find src train tests fuzz bench include -name '*.[ch]' -exec awk 'FNR == 1 { start = 0 } FNR == 801 { print "# over 800 lines: " FILENAME }
  /^\{/ { start = FNR } /^\}/ && start { if (FNR - start > 61) print "# " FNR - start - 1 " lines in one function: " FILENAME ":" start; start = 0 }' {} +
