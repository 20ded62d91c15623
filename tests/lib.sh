# Shared by the parts of ./check. Every part prints one line per test, "ok NAME", "not ok NAME" or "skip NAME: reason", and lines that
# start with "#" to explain; ./check adds them up. Source it with the checkout as working directory.
set -u
export LC_ALL=C.UTF-8
# A sanitizer's finding must not look like exit status 1, "done with complaints".
export ASAN_OPTIONS=exitcode=99:detect_leaks=1:allocator_may_return_null=1 LSAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99:print_stacktrace=1

scratch=$(mktemp -d "${TMPDIR:-/tmp}/chancery-check.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

ok() { printf 'ok %s\n' "$1"; }
skip() { printf 'skip %s: %s\n' "$1" "$2"; }
# fail NAME [FILE]: with the file's first lines as explanation
fail() {
  printf 'not ok %s\n' "$1"
  [ -z "${2-}" ] || [ ! -f "$2" ] || head -n 40 "$2" | sed 's/^/#   /'
}
# expect NAME COMMAND...: ok where the command succeeds
expect() {
  name=$1
  shift
  if "$@" >"$scratch/expect.out" 2>&1; then ok "$name"; else fail "$name" "$scratch/expect.out"; fi
}
# refuse NAME COMMAND...: ok where the command fails with an exit status below 99 (no crash, no sanitizer)
refuse() {
  name=$1
  shift
  status=0
  "$@" >"$scratch/expect.out" 2>&1 || status=$?
  if [ $status -gt 0 ] && [ $status -lt 99 ]; then ok "$name"; else fail "$name" "$scratch/expect.out"; fi
}

# The reports that tests may read: those beside the checkout but for the storylines kept for validation, else our own samples.
report_texts() {
  if [ -d ../shared/reports ]; then
    find ../shared/reports -name '*.txt' | grep -vFf "$(kept_apart)" | sort
  fi
  find samples tests/golden -name '*.txt' | sort
}
kept_apart() {
  grep -v '^#' ../shared/reports/SPLIT 2>/dev/null | sed -n 's|^\(..*\)$|/\1/|p' >"$scratch/apart"
  [ -s "$scratch/apart" ] || echo /nothing-is-kept-apart/ >"$scratch/apart"
  echo "$scratch/apart"
}
