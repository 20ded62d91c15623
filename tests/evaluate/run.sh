#!/bin/sh
# Part of ./check: train/evaluate.py on cases worked by hand. NAME.gold.* and NAME.system.conllu are a pair; the head of the latter says
# why the figures are what they are, and `# expect METRIC precision recall F1` what they are.
. tests/lib.sh
command -v python3 >/dev/null 2>&1 || { skip evaluate 'no python3' && exit 0; }
cases=tests/evaluate

# compare NAME KEY FILE: the figures in FILE against the lines "# KEY ..." of the system file
compare() {
  sed -n "s/^# $2 //p" "$cases/$1.system.conllu" | while read -r metric p r f; do
    awk -v m="$metric" -v want="$p $r $f" '{ gsub(/gold +[0-9]+ +system +[0-9]+ +right +[0-9]+/, ""); gsub(/ (P|R|F1) /, " ") }
      $1 == m { seen = 1; if ($2 " " $3 " " $4 != want) print m ": " $2 " " $3 " " $4 ", should be " want }
      END { if (!seen) print m ": not printed" }' "$3"
  done >"$scratch/wrong"
  if ! grep -q "^# $2 " "$cases/$1.system.conllu"; then echo "no line '# $2'" >"$scratch/wrong"; fi
  if [ -s "$scratch/wrong" ]; then fail "evaluate $1 ($2)" "$scratch/wrong"; else ok "evaluate $1 ($2)"; fi
}

for name in tokens raw multi; do
  python3 train/evaluate.py --fold "$cases/$name.gold.conllu" "$cases/$name.system.conllu" >"$scratch/out" 2>&1
  compare "$name" expect "$scratch/out"
  # a file against itself is right throughout
  python3 train/evaluate.py --table "$cases/$name.gold.conllu" "$cases/$name.gold.conllu" | tr '\t' '\n' | grep -v '^100.00$' >"$scratch/wrong" || :
  if [ -s "$scratch/wrong" ]; then fail "evaluate $name against itself" "$scratch/wrong"; else ok "evaluate $name against itself"; fi
done
for pair in names:names.gold.iob2 re3d:re3d facts:facts; do
  name=${pair%%:*}
  python3 train/evaluate.py names "$cases/${pair#*:}" "$cases/$name.system.conllu" >"$scratch/out" 2>&1
  compare "$name" expect "$scratch/out"
done
python3 train/evaluate.py names --named "$cases/re3d" "$cases/re3d.system.conllu" >"$scratch/out" 2>&1
compare re3d expect-named "$scratch/out"
python3 train/evaluate.py text "$cases/text.gold.conllu" >"$scratch/out"
expect 'evaluate text' diff "$cases/text.expected" "$scratch/out"
refuse 'evaluate: other texts' python3 train/evaluate.py "$cases/tokens.gold.conllu" "$cases/raw.gold.conllu"
printf '1\ta\ta\tX\t_\t_\t2\tdep\t_\t_\n2\tb\tb\tX\t_\t_\t1\tdep\t_\t_\n\n' >"$scratch/cycle.conllu"
refuse 'evaluate: a cycle' python3 train/evaluate.py "$scratch/cycle.conllu" "$scratch/cycle.conllu"
