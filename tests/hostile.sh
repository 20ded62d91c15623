#!/bin/sh
# Part of ./check: texts made to make a reader slow, deep or large. Each is read at 1 MB by the release build, which must end with a known
# status within HOSTILE_SECONDS (20; near linear work takes one or two) and 2 GB of address space, and at 60 kB under sanitizers.
. tests/lib.sh
limit=${HOSTILE_SECONDS:-20}

# make NAME BYTES: writes $scratch/NAME of about so many bytes
cat >"$scratch/make.py" <<'PY'
import gzip, random, sys
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
    "many-attributes.html": lambda: b"<p " + b" ".join(b"a%d='b'" % i for i in range(size // 10)) + b">Some words.",
    "classes.html": lambda: fill(b"<div class='nav article-body share_box' id=x>words "),
    "short-blocks.html": lambda: fill(b"<div><h3>Read also</h3><p>Some words here.</p></div>"),
    "links.html": lambda: fill(b"<p><a href=x>Some words here</a> and some more of them.</p>"),
    "deep.html": lambda: b"<div>" * 100000 + b"Some words here.",
    "json-ld.html": lambda: b'<script type="application/ld+json">' + fill(b'{"@graph":[') + b"</script><p>Some words.",
    "deep.xml": lambda: b"<rss><channel><item><title>Some words</title>" + b"<a>" * 100000,
    "entities.xml": lambda: b"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10 if i else b"&a;" * 10) for i in range(20))
        + b"]><rss><channel><item><title>&a19; words</title></item></channel></rss>",
    "references.xml": lambda: b"<rss><channel><item><description>" + fill(b"&amp;&lt;&mdash;&x;"),
    "attributes.xml": lambda: b"<rss><channel><item " + b" ".join(b"a%d='b'" % i for i in range(size // 10)) + b"><title>words</title></item></channel></rss>",
    "comments.xml": lambda: b"<rss><channel>" + fill(b"<!-- - ") + b"<item><title>words</title></item>",
    "items.xml": lambda: b"<rss><channel>" + fill(b"<item><title>words</title></item>")[: size // 16],
    "deep.jsonl": lambda: fill(b'{"text":'), "line.jsonl": lambda: b'{"text":"' + fill(b"a "), "deep.json": lambda: fill(b"["),
    "head.warc": lambda: b"WARC/1.0\r\n" + fill(b"A: b\r\n"), "lines.warc": lambda: b"WARC/1.0\r\n" + fill(b"\r\n"),
    "length.warc": lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999\r\n\r\n" + fill(b"a"),
    "chunks.warc": lambda: (lambda b: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(b) + b)(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + fill(b"1\r\na\r\n")),
    "bomb.txt.gz": lambda: gzip.compress(bytes(300 * size)), "bomb.warc.gz": lambda: gzip.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % (300 * size) + bytes(300 * size)),
    "members.gz": lambda: gzip.compress(b"") * (size // 20), "cut.warc.gz": lambda: gzip.compress(random.randbytes(size))[: size // 2],
}
if name == "list":
    print("\n".join(texts))
else:
    open(out, "wb").write(texts[name]())
PY
make() { python3 "$scratch/make.py" "$1" "$2" "$scratch/$1" samples/01-wire-en.txt samples/02-agency-ru.txt samples/03-border-en.txt samples/04-border-ru.txt; }

# What comes from outside as files of many and pages must end faster and with less: a second, and 256 MB besides the mapped pack.
strict() {
  case $1 in *.html | *.xml | *.json* | *.warc* | *.gz) return 0 ;; esac
  return 1
}
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
  if strict "$name"; then
    python3 - "$scratch/$name" "$name" <<'PY' 2>&1
import os, resource, subprocess, sys
subprocess.run(["build/chancery", "dump", "--after=intake", sys.argv[1]] if sys.argv[2].endswith(".html") else ["build/chancery", "read", "--json", sys.argv[1]],
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds, mib = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
fine = seconds <= float(os.environ.get("HOSTILE_INTAKE_SECONDS", "1")) and mib <= 256
print(f"{'ok' if fine else 'not ok'} hostile {sys.argv[2]}: within 1 s and 256 MB")
if not fine:
    print(f"#   {seconds:.2f} s, {mib} MiB")
PY
  fi
  make "$name" 60000
  status=0
  timeout $((limit * 2)) build-asan/chancery read --json "$scratch/$name" >/dev/null 2>"$scratch/hostile.err" || status=$?
  if [ $status -gt 2 ]; then fail "hostile $name, asan: status $status" "$scratch/hostile.err"; else ok "hostile $name, asan"; fi
  rm -f "$scratch/$name"
}
for name in ${HOSTILE_ONLY:-$(make list 0)}; do hostile "$name"; done
