#!/bin/sh
# clang-tidy (.clang-tidy) over the C files, and clang-format as a dry run. Slow, so not a part of ./check.
# usage: tools/tidy.sh [FILE...]      default: every file of src/ and train/
# Exit status 1 where clang-tidy finds something; differences of format are only counted.
set -eu
cd "$(dirname "$0")/.."
command -v clang-tidy >/dev/null && command -v clang-format >/dev/null || { echo 'tidy: apt-get install clang-tidy clang-format' >&2 && exit 2; }
[ -f build/compile_commands.json ] || tools/setup.sh
# shellcheck disable=SC2046 # names without blanks
[ $# -gt 0 ] || set -- $(find src train -name '*.c' | sort)
status=0
printf '%s\n' "$@" | xargs -P 2 -n 4 clang-tidy --quiet -p build || status=1
# shellcheck disable=SC2046
printf 'clang-format: %s places differ\n' "$(clang-format --dry-run "$@" 2>&1 | grep -c 'warning:' || :)"
exit $status
