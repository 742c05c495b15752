#!/bin/sh
# Puts NAME.nft, which stands beside this file, in force without a gap.
#
#     sh NAME.nft.load.sh
#
# `nft -f NAME.nft` alone is one transaction, too, but not for every packet: while a table is replaced, its interval sets
# look empty for some microseconds, and a packet inside an old chain may find its maps emptied. A busy machine loses or
# passes a few first packets. This takes three transactions, in which packets meet the rules from before or the new ones:
#
#   1. Sets, maps and chains are made beside those in force. Their names end in _gN, the number of the load.
#   2. The base chains, which stay, get the new rules: one step of the kernel.
#   3. What has not this ending is deleted.
#
# It may be killed at any moment and run again at any time. Nothing of anybody else is touched.
# Exit codes: 0 in force, 2 wrong usage, 3 the file is missing or not what it should be, 4 the machine refused.
. ../shared/script-begin.sh

. ../shared/unknown-connections.sh

# What the table has: `chain NAME`, `set NAME` or `map NAME`, a line each. Listing the table would read every element.
objects() {
  found=$(nft list chains inet && nft -t list sets inet && nft -t list maps inet) ||
    die 'the tables of the kernel cannot be read, see above' 'run as root, on a kernel with nf_tables' 4
  printf '%s\n' "$found" | awk '/^table / { ours = $3 == "netpolc" } ours && /^\t(chain|set|map) / { print $1, $2 }'
}

# stage|switch: the file's sets, maps and chains, or its base chains, with the load's ending on every name. What is left
# out becomes an empty line, so that lines keep their numbers. Text of other people stands behind `#` and `"` alone.
part() {
  awk -v part="$1" -v ending="_g$load" '
    /^(table inet netpolc \{|\})$/ { print; next }
    /^(#|add|delete|$)/ { print ""; next }
    /^  chain (forward|input) \{$/ { base = 1 }
    {
      code = $0
      sub(/[#"].*/, "", code)
      text = substr($0, length(code) + 1)
      if (!base) sub(/^  (map|set|chain) [a-z][a-z0-9_]*/, "&" ending, code)
      gsub(/(@|jump |goto )[a-z][a-z0-9_]*/, "&" ending, code)
      print (part == (base ? "switch" : "stage")) ? code text : ""
    }
    /^  }$/ { base = 0 }
  ' "$file"
}

# The base chains, without rules, and then with those of the file.
switch_over() {
  for hook in forward input; do
    printf '%s; ' "add chain inet netpolc $hook { type filter hook $hook priority filter - 5; policy accept; }" \
      "flush chain inet netpolc $hook"
  done
  part switch
}

# OBJECTS: deletes them. All are emptied first, because they refer to each other.
delete() {
  {
    printf '%s\n' "$1" | sed -n -e 's/^\(chain\|map\) /flush \1 inet netpolc /p'
    for kind in map chain set; do printf '%s\n' "$1" | sed -n "s/^$kind /delete $kind inet netpolc /p"; done
  } | nft -f -
}

# After a failure, what was made goes again. What a kill leaves is removed by the next run.
at_exit() {
  code=$?
  trap - EXIT
  if [ "$stage" = staged ]; then
    delete "$(objects | grep "_g$load\$")" 2> /dev/null || true
  elif [ "$stage" = switched ]; then
    printf 'netpolc: stopped after the new rules came in force\n  hint: run this again to finish\n' >&2
  fi
  exit "$code"
}

case $0 in
  *nft.load.sh) file=${0%.load.sh} ;;
  *) die "called as \`$0\`" 'keep the name NAME.nft.load.sh: NAME.nft is found by it' 2 ;;
esac
if [ $# -ne 0 ]; then die "too many arguments: \`$*\`" "usage: sh $0" 2; fi
if [ ! -r "$file" ]; then die "\`$file\` is missing" 'keep the files of one compilation together in one folder' 3; fi
if [ "$(tail -n 1 "$file")" != '}' ]; then die "\`$file\` is not complete" 'compile again' 3; fi
for program in nft awk; do
  command -v "$program" > /dev/null || die "\`$program\` is not installed" 'install nftables and mawk' 4
done

take_lock
before=$(objects)
load=$(($(printf '%s\n' "$before" | sed -n 's/.*_g\([0-9]*\)$/\1/p' | sort -n | tail -n 1) + 1))
stage=staged
trap at_exit EXIT
trap 'exit 4' HUP INT TERM
unknown=$(if [ -z "$before" ] && are_unknown; then echo yes; fi)
staged=$(part stage) && switched=$(switch_over) || die '`awk` failed, see above; nothing was changed' 'run this again' 4
printf '%s\n' "$staged" | nft -f - ||
  die "\`$file\` was refused, see above; the rules from before stay in force" 'compile again' 4
# From here on the kernel tracks connections. A second lets it see both directions of those that there are.
if [ "$unknown" ]; then sleep 1; fi
printf '%s\n' "$switched" | nft -f - ||
  die 'the base chains were refused, see above; the rules from before stay in force' 'run this again' 4
stage=switched
after=$(objects)
input=$(grep -q '^  chain input {$' "$file" && echo '|^chain input$' || true)
stale=$(printf '%s\n' "$after" | grep -v -E "_g$load\$|^chain forward\$$input" || true)
if [ -n "$stale" ]; then delete "$stale" || die 'what is no longer used could not be deleted, see above' 'run this again' 4; fi
stage=done
echo "netpolc: $file is in force"
