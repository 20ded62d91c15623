#!/bin/sh
# usage: layers.sh BUILD FOLDER BELOW...: makes BUILD/layers/FOLDER, the only include folder of src/FOLDER: links to itself and to the
# folders below it. An #include of any other folder then fails to compile.
set -eu
build=$1 own=$2
shift 2
src=$(cd "$(dirname "$0")/../src" && pwd)
dir=$build/layers/$own
rm -rf "$dir"
mkdir -p "$dir"
for folder in "$own" "$@"; do ln -s "$src/$folder" "$dir/$folder"; done
