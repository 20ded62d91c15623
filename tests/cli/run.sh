#!/bin/sh
# Part of ./check: the command line. Each case is a command, its exit status, and word for word what it prints (standard output and
# error together), or a pattern that must be there. Commands run in a scratch folder with the files made below.
. tests/lib.sh
root=$(pwd)
: "${CHANCERY_CLI:=$root/build-asan/chancery}"
: "${CHANCERY_RELEASE:=$root/build/chancery}"
[ -x "$CHANCERY_RELEASE" ] || CHANCERY_RELEASE=$CHANCERY_CLI
chancery() { "$CHANCERY_CLI" "$@"; }
unset CHANCERY_STORE CHANCERY_PACK XDG_DATA_HOME
export COLUMNS=80 HOME="$scratch/home"
work=$scratch/work
mkdir -p "$work" "$HOME"
cd "$work" || exit 1

# same NAME STATUS COMMAND <<EXPECTED: runs it, compares status and text
same() {
  name=$1 want=$2 command=$3
  cat >"$scratch/want"
  status=0
  (eval "$command") >"$scratch/got" 2>&1 </dev/null || status=$?
  [ $status -eq "$want" ] || echo "(exit status $status, not $want)" >>"$scratch/got"
  if cmp -s "$scratch/want" "$scratch/got"; then ok "cli $name"; else
    diff "$scratch/want" "$scratch/got" >"$scratch/diff"
    fail "cli $name" "$scratch/diff"
  fi
}
# like NAME STATUS COMMAND PATTERN: the text has a line that fits the pattern (grep -E)
like() {
  status=0
  (eval "$3") >"$scratch/got" 2>&1 </dev/null || status=$?
  if [ $status -eq "$2" ] && grep -qE -- "$4" "$scratch/got"; then ok "cli $1"; else
    echo "(exit status $status, wanted $2 and: $4)" >>"$scratch/got"
    fail "cli $1" "$scratch/got"
  fi
}

# ---- the files ----
cat >one.txt <<'T'
Norwegian minister to visit Chile

OSLO, May 4, 2026. Norwegian Foreign Minister Ida Solvang will visit Santiago on May 12, the ministry said.
T
cat >two.txt <<'T'
Norwegian Foreign Minister Ida Solvang met Chilean Foreign Minister Pablo Arrau in Santiago on May 12, 2026.
T
cat >said.txt <<'T'
SANTIAGO, May 12, 2026. Chile supports the creation of a nuclear-free zone, Foreign Minister Pablo Arrau said.
T
: >empty.txt
printf ' \n\t\n' >blank.txt
printf 'ELF\0\1\2 and so on' >binary.txt
printf 'Norwegian Foreign Minister Ida Solvang met Mr. Jos\303\251 Arrau in Santiago \377 on May 12, 2026. \303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251\n' >broken.txt
printf '\314\350\355\350\361\362\360 \357\360\350\345\365\340\353 \342 \314\350\355\361\352 12 \354\340\377 2026 \343\356\344\340.\n' >cp1251.txt
truncate -s 100M big.txt
mkdir -p folder/sub nothing
cp one.txt folder/one.txt
cp two.txt folder/sub/two.txt
echo '{}' >folder/sub/two.json
echo 'not a store, and longer than one hundred bytes, so that nobody can take it for an empty one: ......................' >junk.db

# ---- arguments ----
same 'no command' 2 'chancery' <<'T'
chancery: a command is missing (see 'chancery --help')
T
same 'unknown command' 2 'chancery raed one.txt' <<'T'
chancery: no such command: raed (see 'chancery --help')
T
same 'unknown option' 2 'chancery read --jsn one.txt' <<'T'
chancery: read: no such option: --jsn (see 'chancery read --help')
T
same 'option without its value' 2 'chancery read one.txt --outlet' <<'T'
chancery: read: --outlet needs a value: NAME
T
same 'switch with a value' 2 'chancery read --json=yes one.txt' <<'T'
chancery: read: --json takes no value
T
same 'no file' 2 'chancery read --json' <<'T'
chancery: read: FILE... is missing (see 'chancery read --help')
T
same 'too many arguments' 2 'chancery show a b' <<'T'
chancery: show: too many arguments: b (see 'chancery show --help')
T
same 'no such day' 2 'chancery read --published 2026-13-01 one.txt' <<'T'
chancery: read: --published needs a day as YYYY-MM-DD, not '2026-13-01'
T
same 'no such day, for dump' 2 'chancery dump --published yesterday one.txt' <<'T'
chancery: dump: --published needs a day as YYYY-MM-DD, not 'yesterday'
T
same 'no such language' 2 'chancery read --lang zz one.txt' <<'T'
chancery: read: --lang: no such language: zz; the pack has: en ru
T
same 'no such stage' 2 'chancery dump --after=lunch one.txt' <<'T'
chancery: dump: no such stage: lunch; there are: intake language names when who events discourse
T
like 'help' 0 'chancery --help' '^  read +read reports'
for command in $(chancery --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
  like "help of $command" 0 "chancery $command --help" "^usage: chancery $command"
done
like 'version' 0 'chancery --version' '^chancery [0-9]'

# ---- what is known of the world ----
like 'who, by an inflected name in another language' 0 'chancery who Лаврова --on 2010-05-01' '^Sergey Lavrov .*h-sergey-lavrov'
like 'who, by sound' 0 'chancery who Tokaev' 'h-kassym-jomart-tokayev'
like 'who, a letter off' 0 'chancery who Lavrof' 'h-sergey-lavrov'
like 'who, a post in words' 0 'chancery who "the foreign minister of Kazakhstan" --on 2012-05-01' 'Yerzhan Kazykhanov, Minister of Foreign Affairs'
like 'who as JSON' 0 'chancery who --json kz' '"type":"state","id":"kz"'
same 'who: nobody' 2 'chancery who Nobodyatall' <<'T'
chancery: nothing is known of 'Nobodyatall'
T
like 'who: no such day' 2 'chancery who --on yesterday NATO' 'needs'
mkdir -p world
printf '#! persons 1\n#: id\tname_en\tname_ru\tgender\tstate\nh-zed-quuxman\tZed Quuxman\tЗед Квуксман\tm\tkz\n' >world/persons.tsv
printf '#! holders 1\n#: person\tpost\tof\tfrom\tto\tsource\nh-zed-quuxman\to-fm\tkz\t2031-02-01\t\tdesk\nh-sergey-lavrov\to-fm\tru\t2004-03-09\t2031-02-01\tdesk\n' >world/holders.tsv
printf '#! persons 1\n#: id\tname_en\tstate\nh-zed\tZed\tnowhere\n' >wrong.tsv
like 'an overlay adds' 0 'chancery who --world world Квуксмана' 'since 2031-02-01 +Minister of Foreign Affairs, Kazakhstan \[desk\]'
like 'an overlay corrects' 0 'chancery who --world world Lavrov' '2004-03-09 to 2031-02-01 +Minister of Foreign Affairs, Russia \[desk\]'
like 'an overlay of one table' 0 'CHANCERY_WORLD=world/persons.tsv chancery who Quuxman' 'h-zed-quuxman'
like 'reading with an overlay' 0 'echo "The Kazakh foreign minister met Sergei Lavrov in Astana." | chancery read --json --world world --published 2031-03-01 -' '"id": "h-zed-quuxman"'
like 'a fault of an overlay' 2 'chancery who --world wrong.tsv Zed' '^chancery: wrong.tsv:3:11: error: '
like 'no table of the world' 2 'chancery who --world one.txt Zed' 'not a table of the world'
like 'no such overlay' 2 'chancery who --world none Zed' 'cannot be opened'

# ---- reports that cannot be read ----
same 'missing file' 2 'chancery read none.txt' <<'T'
chancery: none.txt: error: cannot be opened: No such file or directory
T
same 'folder' 2 'chancery read folder' <<'T'
chancery: folder: error: is a folder
T
same 'empty' 2 'chancery read empty.txt' <<'T'
chancery: empty.txt: error: empty: nothing to read
T
same 'blank' 2 'chancery read blank.txt' <<'T'
chancery: blank.txt: error: nothing to read: no letter in it
T
same 'binary' 2 'chancery read binary.txt' <<'T'
chancery: binary.txt: error: binary data: a zero byte at offset 3
T
same 'too large' 2 'chancery read big.txt' <<'T'
chancery: big.txt: error: too large: 104857600 bytes, the limit is 16777216
T
same 'too large, from a pipe, in bounded memory' 2 '(ulimit -v 400000; "$CHANCERY_RELEASE" read - <big.txt)' <<'T'
chancery: -: error: too large: 104857600 bytes, the limit is 16777216
T
same 'endless pipe, in bounded memory' 2 'yes | (ulimit -v 400000; "$CHANCERY_RELEASE" read -)' <<'T'
chancery: -: error: too large: the limit is 16777216 bytes
T

# ---- odd text: read all the same ----
like 'invalid UTF-8' 1 'chancery read --json broken.txt' '^chancery: broken.txt:1:71: warning: bytes that are not UTF-8 were replaced$'
like 'CP1251 without a label is no complaint' 0 'chancery read --json cp1251.txt' '"lang": "ru"'
like 'CP1251 without a label is noted' 0 'chancery read --explain cp1251.txt' '^chancery: cp1251.txt:1:1: note: not UTF-8: the character set was guessed$'
like 'standard input' 0 'cat one.txt | chancery read --json -' '"published": "2026-05-04"'
like 'what is known counts' 0 'chancery read --json --published=2025-01-02 --outlet "A B" two.txt' '"outlet": "A B"'
like 'one bad file of several' 1 'chancery read --json one.txt empty.txt two.txt' '^chancery: empty.txt: error'
chancery read --json one.txt empty.txt two.txt 2>/dev/null >several.jsonl || :
expect 'cli several files: one object a line' sh -c '[ "$(wc -l <several.jsonl)" = 2 ] && ! grep -qv "^{.*}$" several.jsonl'
like 'full disk' 2 'chancery read --json one.txt >/dev/full' '^chancery: standard output cannot be written'
for stage in intake language names when events discourse; do
  like "dump after $stage" 0 "chancery dump --after=$stage one.txt" '.'
done
like 'page' 0 'chancery read one.txt' '^Norwegian minister to visit Chile$'
chancery read one.txt two.txt >page.txt 2>&1 || :
expect 'cli page keeps to the width' sh -c '! grep -qE "^.{81}" page.txt'

# ---- analyse ----
printf 'She can\047t see Oslo.\n\nA third-party deal.\n' >words.txt
same 'analyse as CoNLL-U' 0 'chancery analyse --conllu words.txt | cut -f 1-4,9-10' <<'T'
# newpar
# sent_id = 1
# text = She can't see Oslo.
1	She	she	PRON	_	_
2-3	can't	_	_	_	_
2	ca	can	AUX	_	_
3	n't	not	PART	_	_
4	see	see	VERB	_	_
5	Oslo	Oslo	PROPN	_	SpaceAfter=No|NE=B-LOC
6	.	.	PUNCT	_	_

# newpar
# sent_id = 2
# text = A third-party deal.
1	A	a	DET	_	_
2	third	third	ADJ	_	SpaceAfter=No
3	-	-	PUNCT	_	SpaceAfter=No
4	party	party	NOUN	_	_
5	deal	deal	NOUN	_	SpaceAfter=No
6	.	.	PUNCT	_	_

T
like 'analyse finds names' 0 'chancery analyse --conllu --names words.txt' '^5	Oslo	.*	SpaceAfter=No[|]NE=B-LOC$'
like 'analyse as a table' 0 'chancery analyse words.txt' '^2  ca    can   AUX    VerbForm=Fin  +4$'
printf '# newdoc id = a\n# sent_id = a-1\n1-2\tdella\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdi\tx\tX\t_\t_\t9\tdep\t_\tA=B\n2\tla\tx\tX\t_\t_\t1\tdep\t_\t_\n3\tOslo city\tx\tX\t_\t_\t1\tdep\t_\t_\n3.1\tx\tx\tX\t_\t_\t_\t_\t_\t_\n\n# newdoc id = b\n1\tHe\tx\tX\t_\t_\t0\troot\t_\t_\n\n' >given.conllu
same 'analyse keeps given tokens' 0 'chancery analyse --conllu --tokens --lang en given.conllu | cut -f 1-2,10 | sed s/NE=.*/_/' <<'T'
# newdoc id = a
# sent_id = a-1
1-2	della	SpaceAfter=No
1	di	_
2	la	_
3	Oslo city	_

# newdoc id = b
1	He	_

T
same 'analyse: no CoNLL-U' 2 'chancery analyse --tokens words.txt' <<'T'
chancery: words.txt: error: line 1: not ten columns
T
printf '2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n' >from2.conllu
same 'analyse: words from 2' 2 'chancery analyse --tokens from2.conllu' <<'T'
chancery: from2.conllu: error: line 1: words are not numbered from 1
T
like 'analyse: no such language' 2 'chancery analyse --lang qq words.txt' 'no such language: qq'
like 'analyse: empty' 2 'chancery analyse empty.txt' '^chancery: empty.txt: error'

# ---- the pack ----
same 'missing pack' 2 'CHANCERY_PACK=none.pack chancery read one.txt' <<'T'
chancery: none.pack: error: the pack cannot be opened: No such file or directory
T
same 'no pack' 2 'CHANCERY_PACK=junk.db chancery read one.txt' <<'T'
chancery: junk.db: error: not a pack
T
pack=$(dirname "$CHANCERY_CLI")/chancery.pack
head -c 100000 "$pack" >short.pack
same 'short pack' 2 'CHANCERY_PACK=short.pack chancery read one.txt' <<'T'
chancery: short.pack: error: the pack is damaged: cut short
T
cp "$pack" bad.pack
printf 'XXXXXXXX' | dd of=bad.pack bs=1 seek=70000 conv=notrunc 2>/dev/null
same 'damaged pack' 2 'chancery pack --verify bad.pack' <<'T'
chancery: bad.pack: error: the pack is damaged: wrong checksum
T
same 'sound pack' 0 'chancery pack --verify "$pack"' </dev/null
printf 'XXXXXXXX' | dd of=bad.pack bs=1 seek=200 conv=notrunc 2>/dev/null
same 'damaged table of a pack' 2 'CHANCERY_PACK=bad.pack chancery read one.txt' <<'T'
chancery: bad.pack: error: the pack is damaged: wrong checksum
T
cp -r "$root/data" data
printf '#! charsets 1\n#: name\tscript\nUTF-9\tmany\n' >data/intake/charsets.tsv
same 'faulty data: no pack is written' 2 'chancery pack --data data --models "$root/models" -o new.pack; s=$?; ls new.pack* 2>/dev/null; (exit $s)' <<'T'
chancery: data/intake/charsets.tsv:3:7: error: not the number of a script
T

# ---- the store ----
export CHANCERY_STORE=t.db
same 'no store' 2 'chancery events' <<'T'
chancery: t.db: error: no store there; 'chancery ingest' makes one
T
same 'folder without reports' 2 'chancery ingest nothing' <<'T'
chancery: nothing: error: no reports in this folder
T
expect 'cli no store is made for nothing' test ! -e t.db
same 'ingest' 1 'chancery ingest folder' <<'T'
chancery: folder/sub/two.json: warning: skipped: its name is not that of a report
2 new, 0 changed, 0 the same
T
same 'ingest again' 0 'chancery ingest folder/one.txt folder/sub/two.txt --json' <<'T'
{"id":"one","state":"same"}
{"id":"two","state":"new"}
T
same 'ids below the argument' 1 'chancery ingest --json folder/' <<'T'
chancery: folder/sub/two.json: warning: skipped: its name is not that of a report
{"id":"one","state":"same"}
{"id":"sub/two","state":"same"}
T
echo 'More was said.' >>folder/one.txt
same 'changed report' 0 'chancery ingest --json folder/one.txt' <<'T'
{"id":"one","state":"changed"}
T
same 'read again' 0 'chancery ingest --json --again folder/one.txt' <<'T'
{"id":"one","state":"changed"}
T
same 'own id' 0 'chancery ingest --json --id x/y two.txt' <<'T'
{"id":"x/y","state":"new"}
T
same 'empty id' 2 "chancery ingest --id '' two.txt" <<'T'
chancery: ingest: --id is empty
T
same 'one id for two' 2 'chancery ingest --id x one.txt two.txt' <<'T'
chancery: ingest: --id is for one file, not for 2
T
cp one.txt folder/one.html
same 'two files of one id' 1 'chancery ingest --json folder/one.txt folder/one.html' <<'T'
chancery: folder/one.html: error: has the id one of folder/one.txt
{"id":"one","state":"same"}
T
same 'files that are no reports' 2 'chancery ingest junk.db empty.txt none.txt' <<'T'
chancery: junk.db: warning: skipped: its name is not that of a report
chancery: none.txt: error: cannot be opened: No such file or directory
chancery: empty.txt: error: empty: nothing to read
T
# ---- files of many reports, sidecars ----
mkdir many
cat >many/feed.xml <<'T'
<rss version="2.0"><channel><title>The Wire</title><item><title>Norwegian minister to visit Chile</title><link>https://w.example/1</link>
<pubDate>Mon, 04 May 2026 10:00:00 +0000</pubDate><description>&lt;p&gt;Norwegian Foreign Minister Ida Solvang will visit Santiago on May 12.&lt;/p&gt;</description></item>
<item><title>Second</title><description>Nothing is said here.</description></item></channel></rss>
T
cat >many/lines.jsonl <<'T'
{"story": "Norwegian Foreign Minister Ida Solvang will visit Santiago on May 12.", "day": "2026-05-04", "id": "urn:x:1"}
{"story": 
T
gzip -k many/lines.jsonl
cp two.txt many/beside.txt
echo '{"published": "2026-05-13", "outlet": "Oslo Post"}' >many/beside.meta.json
same 'ingest files of many' 1 'chancery ingest --json --store m.db --map text=story,published=day many/feed.xml many/lines.jsonl' <<'T'
{"id":"https://w.example/1","state":"new"}
{"id":"feed#2","state":"new"}
{"id":"urn:x:1","state":"new"}
chancery: many/lines.jsonl: item 2: no JSON object: unexpected token near end of file
T
like 'what a feed says' 0 'chancery show --store m.db --json https://w.example/1' '"published": "2026-05-04"'
like 'what is given comes before what a feed says' 1 'chancery read --json --outlet Mine many/feed.xml many/lines.jsonl' '"outlet":"Mine"'
same 'packed' 1 'chancery ingest --json --store m.db --map text=story,published=day many/lines.jsonl.gz' <<'T'
{"id":"urn:x:1","state":"same"}
chancery: many/lines.jsonl.gz: item 2: no JSON object: unexpected token near end of file
T
like 'sidecar' 0 'chancery read --json many/beside.txt' '"outlet": "Oslo Post"'
like 'options come before the sidecar' 0 'chancery read --json --outlet Mine many/beside.txt' '"outlet": "Mine"'
like 'a folder of all kinds' 1 'chancery ingest --store n.db --map text=story many' '^4 new, 0 changed, 1 the same$'
same 'a map that is none' 2 'chancery read --map body many/lines.jsonl' <<'T'
chancery: error: --map: 'body' is not FIELD=KEY with a FIELD of id, text, title, published, outlet, lang, url, author
T

like 'store in the data folder' 0 'unset CHANCERY_STORE; chancery ingest one.txt' '^1 new'
expect 'cli the data folder is made' test -f "$HOME/.local/share/chancery/chancery.db"
like 'events' 0 'chancery events --who solvang --from 2026-05' 'Santiago'
like 'events as JSON' 0 'chancery events --json --who solvang' '^\{"id":"h-[0-9a-f]+","kind":".*"reports":\[\{"id":"one","published":"2026-05-04"'
same 'events: nobody' 0 'chancery events --who nobody' </dev/null
same 'events: no date' 2 'chancery events --from soon' <<'T'
chancery: events: --from needs a date (YYYY-MM-DD, YYYY-MM or YYYY) or an interval (A/B), not 'soon'
T
same 'events: no name' 2 'chancery events --who "***"' <<'T'
chancery: error: the name has no letters
T
like 'calendar' 0 'chancery calendar --from 2026-05-05 --as-of 2026-05-06' '^2026-05-12 .*scheduled'
same 'calendar: nothing so late' 0 'chancery calendar --from 2099-01-01' </dev/null
like 'show an event' 0 'chancery show one:e1' '^e1  '
like 'show an event as JSON' 0 'chancery show --json one:e1' '^ "report": "one",$'
like 'show a report as JSON' 0 'chancery show --json sub/two' '"id": "sub/two"'
same 'show: no such event' 2 'chancery show one:e99' <<'T'
chancery: error: no event e99 in report one
T
same 'show: no such report' 2 'chancery show three:e1' <<'T'
chancery: t.db: error: no report three in the store
T
same 'export' 0 'chancery export readings --out out && ls out' <<'T'
one.json
sub__two.json
two.json
x__y.json
T
expect 'cli exported readings are those of read' sh -c "'$CHANCERY_CLI' read --json two.txt | sed 's/\"id\": \"two\"/ID/' | python3 -c 'import json,sys; a=json.loads(sys.stdin.read().replace(\"ID\",\"\\\"id\\\": \\\"two\\\"\")); b=json.load(open(\"out/two.json\")); sys.exit(a!=b)'"
same 'export: no such format' 2 'chancery export pdf --out out' <<'T'
chancery: export: no such format: pdf; there are: records, readings, jsonl, csv, ics, geojson, popolo, polecat, gdelt, icews
T
same 'export: no folder' 2 'chancery export readings' <<'T'
chancery: export: --out DIR is missing
T
same 'export into a file' 2 'chancery export readings --out one.txt' <<'T'
chancery: one.txt: error: cannot be made: File exists
T
# ---- questions about a name ----
happenings=$root/tests/exports/happenings.jsonl
same 'timeline' 0 'chancery timeline Turkey --input $happenings' <<'T'
2017-02-15/2017-02-16  held  conference  Astana  Russia, Turkey, Iran, UN,
                                                 Syrian government delegation
                                                 [h-000000000000001]
      2017-02-11: expected 2017-02-15/2017-02-16, Astana [astana/01]
      2017-02-15: postponed 2017-02-16, Astana [astana/02]
      2017-02-16: held 2017-02-15/2017-02-16, Astana [astana/03]
T
same 'timeline in another language, with another, within days' 0 \
  'chancery timeline Россия --with Казахстан --from 2017-03 --input $happenings | grep -o "^2.* Sergey"' <<'T'
2017-03-10  held  visit  Astana  Sergey
2017-03-10  held  meeting  Astana  Sergey
T
same 'timeline of what was not known yet' 0 'chancery timeline Lavrov --as-of 2017-03-12 --input $happenings' <<'T'
T
head -n 1 "$happenings" >"$scratch/first"
expect 'cli timeline as JSON' sh -c "'$CHANCERY_CLI' timeline Turkey --json --input '$happenings' | cmp - '$scratch/first'"
same 'brief' 0 'chancery brief Lavrov --as-of 2017-04-01 --input $happenings' <<'T'
Sergey Lavrov, as of 2017-04-01
  Minister of Foreign Affairs, Russia (2004-03-09-)

Last
  2017-03-10: visit (held), Astana, with Kairat Abdrakhmanov [h-000000000000002]
  2017-03-10: meeting (held), Astana, with Kairat Abdrakhmanov
    [h-000000000000003]

Next
  nothing in the record

Open topics
  nothing in the record

Documents pending
  nothing in the record

Positions
  nothing in the record

Reports differ
  nothing in the record
T
like 'brief: what comes, in another language' 0 'COLUMNS=110 chancery brief Китай --lang ru --as-of 2019-08-12 --input $happenings' \
  '2019-10: встреча \(назначено\), .*, с участием: Ван И'
like 'brief: topics, conflicts' 0 'COLUMNS=110 chancery brief Iran --as-of 2017-03-01 --input $happenings' 'date: 2017-02-15/2017-02-16 \(astana/03\); 2017-02-16'
like 'brief as JSON' 0 'chancery brief Iran --json --as-of 2017-03-01 --input $happenings' '"topic": "перемирие"'
like 'brief: what was said' 0 'chancery ingest --store said.db said.txt && COLUMNS=200 chancery brief Chile --store said.db --as-of 2026-06-01' \
  '^  2026-05-12: Pablo Arrau supports'
same 'brief of the store, as of a day' 0 'chancery ingest --store day.db one.txt two.txt 2>&1 | tail -n 1
for day in 2026-05-01 2026-05-05 2026-06-01; do
  chancery brief Norway --store day.db --as-of $day | grep -E "^  2026-05-12: (visit|meeting)" | cut -d " " -f 3-5
done
chancery timeline Norway --store day.db --as-of 2026-05-01' <<'T'
2 new, 0 changed, 0 the same
2026-05-12: visit (scheduled),
2026-05-12: meeting (held),
T
same 'brief: a language without wording' 2 'chancery brief Iran --lang xx --input $happenings' <<'T'
chancery: brief: --lang: no wording in this language: xx
T
same 'brief: nobody' 2 'chancery brief "Qwerty Uiop" --input $happenings' <<'T'
chancery: error: nothing is known of 'Qwerty Uiop'
T

same 'not a store' 2 'chancery events --store junk.db' <<'T'
chancery: junk.db: error: not a store
T
same 'not a store to write to' 2 'chancery ingest --store junk.db one.txt' <<'T'
chancery: junk.db: error: not a store
T
python3 - <<'T'
import sqlite3
b = sqlite3.connect("other.db"); b.execute("create table mine(x)"); b.commit()
data = open("t.db", "rb").read()
open("damaged.db", "wb").write(data[:4096] + b"Z" * (len(data) - 4096))
T
same 'a database of someone else' 2 'chancery ingest --store other.db one.txt' <<'T'
chancery: other.db: error: not a store of Chancery
T
same 'damaged store' 2 'chancery events --store damaged.db' <<'T'
chancery: damaged.db: error: the store is damaged
T
python3 -c 'import sqlite3, time; b = sqlite3.connect("t.db", isolation_level=None); b.execute("BEGIN EXCLUSIVE"); open("held", "w"); time.sleep(30)' &
holder=$!
while [ ! -e held ]; do sleep 0.1; done
same 'locked store' 2 'chancery ingest --id late one.txt' <<'T'
chancery: t.db: error: the store is locked by another process
T
like 'a locked store can be asked' 0 'chancery events' 'Santiago'
kill $holder
wait $holder 2>/dev/null || :
same 'nothing was written meanwhile' 2 'chancery show late' <<'T'
chancery: t.db: error: no report late in the store
T

# ---- corrections by people ----
today=$(date -u +%F)
mkdir desk && cp one.txt desk && cd desk
export CHANCERY_STORE=desk.db
chancery ingest one.txt >/dev/null 2>&1
chancery events --json >events.json
first=$(python3 -c 'import json; print([json.loads(l) for l in open("events.json")][0]["id"])')
like 'correct: unsigned' 2 'chancery correct $first confirm' 'who says so\? --by NAME is missing'
like 'correct: no time' 2 'chancery correct $first set time nonsense --by X' 'neither a date'
like 'correct: no such event' 2 'chancery correct h-000000000000000 confirm --by X' 'h-000000000000000'
like 'correct: set' 0 'chancery correct $first set time 2019-01-02 --by "A. Desk" --note embassy' "^1: set time '2019-01-02'"
like 'correct: the value counts' 0 'chancery events' '^2019-01-02 '
like 'correct: show says who' 0 'chancery show $first' 'corrected by A\.'
like 'correct: survives a new reading' 0 'chancery withdraw one >/dev/null && chancery ingest one.txt >/dev/null 2>&1 && chancery events' '^2019-01-02 '
like 'corrections: listed' 0 'chancery corrections' "^1 $today A. Desk: set time '2019-01-02' one:e[0-9]+ - embassy"
expect 'correct: undo' chancery correct undo 1 --by "A. Desk"
same 'correct: an undo brings back what reports say' 0 'chancery events --json | cmp - events.json' </dev/null

# ---- a store of an earlier schema ----
python3 -c 'import sqlite3, sys; sqlite3.connect("old.db").executescript(open(sys.argv[1]).read())' "$root/tests/store/schema1.sql"
like 'a store of schema 1 answers' 0 'chancery events --store old.db' 'Lavrov.*\(3 reports\)'
same 'a store of schema 1 becomes one of this schema' 0 'python3 -c "import sqlite3; print(sqlite3.connect(\"old.db\").execute(\"pragma user_version\").fetchone()[0])"' <<'T'
3
T
like 'verify: what an older schema lacks' 1 'chancery verify --store old.db' 'not in the index of words'
expect 'rebuild: an older store' chancery rebuild --store old.db
like 'verify: mended' 0 'chancery verify --store old.db' '^[0-9]+ reports, 0 faults$'
cd ..

# ---- copies of one wire item ----
mkdir copies && cd copies
export CHANCERY_STORE=copies.db
cat >body <<'T'
Norwegian Foreign Minister Ida Solvang will meet Chilean Foreign Minister Pablo Arrau in Santiago on May 12, the Norwegian ministry said on Monday.
The two ministers are expected to discuss fisheries, the climate conference and trade between the two countries, according to the statement of the
ministry, which added that a delegation of companies would travel with the minister to the Chilean capital and to the port of Valparaiso.
T
{ printf 'OSLO, May 4, 2026 (Wire). ' && cat body; } >wire.txt
{ printf 'Ministers to meet\n\nOSLO, May 5, 2026. ' && cat body && echo 'Reporting by the newsroom.'; } >paper.txt
{ printf 'OSLO, May 6, 2026. ' && sed 's/May 12/May 19/' body; } >update.txt
chancery ingest paper.txt wire.txt >/dev/null 2>&1
chancery events --kind meeting --json >late.json
same 'copies: one report, one copy' 0 'chancery events --kind meeting | grep -c "reports)"' <<'T'
0
(exit status 1, not 0)
T
id=$(python3 -c 'import json; print(json.loads(open("late.json").readline())["id"])')
like 'copies: the first one speaks' 0 'chancery show $id' 'copies +paper of wire'
rm copies.db && chancery ingest wire.txt >/dev/null 2>&1 && chancery ingest paper.txt >/dev/null 2>&1
same 'copies: in whatever order they come' 0 'chancery events --kind meeting --json | cmp - late.json' </dev/null
chancery ingest update.txt >/dev/null 2>&1
like 'copies: an update is none' 0 'chancery events --kind meeting' '2 reports\)|2026-05-19'
chancery withdraw wire && chancery withdraw update
like 'copies: without the first one the next speaks' 0 'chancery events --kind meeting --json' '"members":\["paper:e'
old=$(chancery events --kind meeting --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])')
chancery ingest wire.txt >/dev/null 2>&1
like 'copies: the id of then leads to the event of now' 0 'chancery show $old' "^$id "
like 'copies: verify' 0 'chancery verify' ' 0 faults$'
cd ..
unset CHANCERY_STORE

# ---- search, verify, rebuild ----
mkdir search && cd search
export CHANCERY_STORE=search.db
cat >en.txt <<'T'
Ministers hold talks

GENEVA, March 3, 2020. Kazakh President Kassym-Jomart Tokayev met Swiss ministers in Geneva on Tuesday. They spoke of grain deliveries.
T
cat >ru.txt <<'T'
Президент прибыл в Минск

МИНСК, 5 марта 2020 года. Президент Казахстана Касым-Жомарт Токаев провел переговоры с белорусскими министрами в четверг. Стороны обсудили поставки зерна и всё остальное.
T
chancery ingest en.txt ru.txt >/dev/null 2>&1
like 'search: another inflection' 0 'chancery search meets minister --reports' '\[met\] Swiss \[ministers\]'
like 'search: in Russian' 0 'chancery search переговорами министров --reports' 'провел \[переговоры\] с белорусскими$'
like 'search: either letter' 0 'chancery search все остальное' '\[всё\] \[остальное\]'
like 'search: a name in the other script' 0 'chancery search Токаеву --reports' ' report en '
like 'search: a state in the other language' 0 'chancery search Kazakhstan переговоры --reports' ' report ru '
like 'search: a phrase' 0 'chancery search "\"deliveries of grain\""; chancery search "\"grain deliveries\""' 'They spoke of \[grain$'
same 'search: words apart are no phrase' 0 'chancery search "\"deliveries grain\""' </dev/null
like 'search: an event' 0 'chancery search Токаев --kind meeting --from 2020-03-01 --to 2020-03-03' 'en:e[0-9]'
same 'search: not yet told' 0 'chancery search Tokayev --as-of 2020-03-01' </dev/null
like 'search: no word' 2 'chancery search "?!"' 'no word to look for'
like 'search: nothing but marks and commands' 0 'chancery search "NEAR( grain*" "^OR" | wc -l' '^0$'
like 'search: no such kind' 2 'chancery search grain --kind feast' 'not one of them: feast'
like 'search: JSON' 0 'chancery search grain --json --most 1' '^\{"report":'
expect 'rebuild' chancery rebuild
like 'verify: sound' 0 'chancery verify --deep' '^2 reports, 0 faults$'
expect 'withdraw' chancery withdraw ru
same 'search: what is gone is not found' 0 'chancery search переговоры --reports' </dev/null
like 'verify: sound after a withdrawal' 0 'chancery verify' '^1 reports, 0 faults$'
python3 -c 'import sqlite3; c = sqlite3.connect("search.db"); c.execute("UPDATE report SET bytes = bytes || ?", (b"x",)); c.commit()'
like 'verify: changed bytes' 1 'chancery verify' '^chancery: en: its bytes are not those that came'
cd ..
unset CHANCERY_STORE

# ---- the library ----
if command -v cc >/dev/null && [ -f "$(dirname "$CHANCERY_RELEASE")/libchancery.so" ]; then
  lib=$(dirname "$CHANCERY_RELEASE")
  cc -std=c99 -Wall -Wextra -Wpedantic -Werror -I "$root/include" "$root/tests/cli/library.c" -o library -L "$lib" -Wl,-rpath,"$lib" -lchancery >"$scratch/cc" 2>&1 ||
    fail 'cli library: compile' "$scratch/cc"
  expect 'cli library' ./library "$lib/chancery.pack"
else
  skip 'cli library' 'no compiler or no library'
fi
