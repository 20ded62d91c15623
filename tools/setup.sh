#!/bin/sh
# Makes this checkout ready to run: installs the Debian packages that are missing, configures and builds. Shared by ./demo and ./check.
# usage: tools/setup.sh            build/       the release build
#        tools/setup.sh --tests    and build-asan/ (address and undefined-behaviour sanitizers, unit tests), build-fuzz/ (libFuzzer)
# Steps that are already done cost less than a second. Needs a Debian 12 with root or sudo where a package is missing.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

build_packages='gcc libc6-dev meson ninja-build pkg-config libxxhash-dev libutf8proc-dev libxml2-dev libjansson-dev libsqlite3-dev'
build_packages="$build_packages zlib1g-dev libzstd-dev libcurl4-openssl-dev"
test_packages='libcmocka-dev clang libclang-rt-14-dev valgrind python3 python3-icalendar python3-jsonschema'
tests=no
case "${1-}" in
'') ;;
--tests) tests=yes ;;
*) echo "usage: tools/setup.sh [--tests]" >&2 && exit 2 ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }

# Prints those of the named packages that are not installed.
missing() {
  have=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
  for package in "$@"; do
    printf '%s\n' "$have" | grep -qxF "$package" || printf '%s ' "$package"
  done
}

install_packages() {
  need=$(missing "$@")
  [ -n "$need" ] || return 0
  say "installing $need"
  root=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { say "these packages are missing, and installing needs root or sudo: $need" && exit 1; }
    root='sudo DEBIAN_FRONTEND=noninteractive'
  fi
  $root apt-get update -qq >&2
  # shellcheck disable=SC2086 # lists of words
  $root apt-get install -y -qq --no-install-recommends $need >&2
}

# configure FOLDER OPTION...: once, and again when a test or fuzz source has come that the folder does not know.
configure() {
  folder=$1
  shift
  if [ -f "$folder/build.ninja" ]; then
    for source in tests/test_*.c fuzz/fuzz_*.c; do
      case "$folder:$source" in build-asan:tests/* | build-fuzz:fuzz/*) ;; *) continue ;; esac
      [ ! -f "$source" ] || grep -qF "../$source" "$folder/build.ninja" || { meson setup --reconfigure "$folder" >/dev/null && break; }
    done
    return 0
  fi
  say "configuring $folder"
  rm -rf "$folder"
  meson setup "$folder" "$@" >"$folder.log" 2>&1 || { cat "$folder.log" >&2 && rm -f "$folder.log" && exit 1; }
  mv "$folder.log" "$folder/setup.log"
}

# build FOLDER [TARGET...]
build() {
  folder=$1
  ninja -C "$@" --quiet >"$folder/build.log" 2>&1 || { cat "$folder/build.log" >&2 && say "the build in $folder failed" && exit 1; }
}

# shellcheck disable=SC2086 # lists of words
if [ $tests = yes ]; then install_packages $build_packages $test_packages; else install_packages $build_packages; fi

configure build --buildtype=release
build build
[ $tests = yes ] || exit 0

configure build-asan --buildtype=debugoptimized -Db_ndebug=false -Db_sanitize=address,undefined -Db_lundef=false -Dtests=true -Dwerror=false \
  -Dc_args=-fno-sanitize-recover=all
build build-asan
# Only the fuzz targets and what they link are built with clang.
CC=clang configure build-fuzz --buildtype=debugoptimized -Db_ndebug=false -Db_sanitize=address,undefined -Db_lundef=false -Dfuzz=true -Dwerror=false \
  -Dc_args='-fsanitize=fuzzer-no-link -fno-sanitize-recover=all'
if grep -q '^build fuzzers:' build-fuzz/build.ninja; then build build-fuzz fuzzers; fi
