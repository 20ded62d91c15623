#!/bin/sh
# Part of ./check: texts made to make a reader slow, deep or large. Each is read at 1 MB by the release build, which must end with a known
# status within HOSTILE_SECONDS (20; near linear work takes one or two) and 2 GB of address space, and at 60 kB under sanitizers.
. tests/lib.sh
limit=${HOSTILE_SECONDS:-20}

# make NAME BYTES: writes $scratch/NAME of about so many bytes
cat >"$scratch/make.py" <<'PY'
import random, sys
name, size, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
samples = b"".join(open(f, "rb").read() for f in sys.argv[4:])
english, russian = open(sys.argv[4], "rb").read(), open(sys.argv[5], "rb").read()
random.seed(1)
fill = lambda unit: (unit * (size // len(unit) + 1))[:size]
flat = lambda text: text.replace(b".", b",").replace(b"\n", b" ")
texts = {
    "one-word": lambda: fill(b"a"), "one-cyrillic-word": lambda: fill("ж".encode()), "capitals": lambda: fill(b"A"),
    "initials": lambda: fill(b"A. B. "), "blanks": lambda: fill(b" "), "lines": lambda: fill(b"\n"), "digits": lambda: fill(b"12 "),
    "dates": lambda: fill(b"12 March 2026, "), "months": lambda: fill(b"March "), "dashes": lambda: fill("— ".encode()), "hyphens": lambda: fill(b"a-"),
    "dots": lambda: fill(b"."), "open-quotes": lambda: fill("«".encode()), "quotes": lambda: fill(b'" a '), "brackets": lambda: fill(b"("),
    "one-sentence-en": lambda: fill(flat(english)), "one-sentence-ru": lambda: fill(flat(russian)),
    "many-sentences": lambda: fill(samples), "names": lambda: fill(b"Russian Foreign Minister Sergey Lavrov and "),
    "new-names": lambda: b" ".join(b"Minister %s%d" % (random.choice([b"Aro", b"Bel", b"Cor"]), i) for i in range(size // 16)),
    "states": lambda: fill(b"France, "), "met": lambda: fill(b"met "), "said-that": lambda: fill(b"he said that "), "of": lambda: fill(b"of the talks "),
    "met-ru": lambda: fill("встретился с ".encode()), "random": lambda: random.randbytes(size), "zeros": lambda: bytes(size),
    "broken-utf8": lambda: fill(b"met \xff\xd0 "), "marks": lambda: fill("е\u0301\u0308".encode()),
    "open-tags.html": lambda: fill(b"<div><b>"), "entities.html": lambda: b"<p>" + fill(b"&amp;&#1078;"), "comments.html": lambda: fill(b"<!-- - "),
    "attributes.html": lambda: b"<p " + fill(b"a=b "),
}
if name == "list":
    print("\n".join(texts))
else:
    open(out, "wb").write(texts[name]())
PY
make() { python3 "$scratch/make.py" "$1" "$2" "$scratch/$1" samples/01-wire-en.txt samples/02-agency-ru.txt samples/03-border-en.txt samples/04-border-ru.txt; }

hostile() { # NAME
  name=$1
  : >"$scratch/hostile.err"
  make "$name" 1000000
  status=0
  (ulimit -v 2000000 && timeout "$limit" build/chancery read --json "$scratch/$name") >/dev/null 2>"$scratch/hostile.err" || status=$?
  if [ $status -gt 2 ]; then
    fail "hostile $name, 1 MB: status $status" "$scratch/hostile.err"
  else
    ok "hostile $name, 1 MB"
  fi
  make "$name" 60000
  status=0
  timeout $((limit * 2)) build-asan/chancery read --json "$scratch/$name" >/dev/null 2>"$scratch/hostile.err" || status=$?
  if [ $status -gt 2 ]; then fail "hostile $name, asan: status $status" "$scratch/hostile.err"; else ok "hostile $name, asan"; fi
  rm -f "$scratch/$name"
}
for name in $(make list 0); do hostile "$name"; done
