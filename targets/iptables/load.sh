#!/bin/sh
# Puts NAME.v4.rules, NAME.v6.rules and NAME.ipset, which stand beside this file, in force for both families at once.
#
#     sh NAME.load.sh [nft|legacy]
#
# Without an argument: the variant that `iptables` is. It may be killed at any moment and run again at any time: packets
# meet the rules from before or the new ones, never a mixture and never none. Nothing of anybody else is touched.
# Exit codes: 0 in force, 2 wrong usage, 3 a file is missing or not what it should be, 4 the machine refused.
#
#   1. Sets and chains are made that nobody refers to yet. Their names are hashes of their content: what has the name of
#      something in force is the same.
#   2. NETPOLC-FORWARD and NETPOLC-INPUT of both families get a first rule that enters the new chains if a packet is in
#      the set netpolc-switch, which is empty.
#   3. netpolc-switch is swapped for a set of all addresses of both families: one step of the kernel for all four chains.
#   4. The four chains enter the new chains without a condition; what is no longer needed is deleted.
#
# Without NAME.ipset (compiled with --no-ipset) there is no such switch: step 4 is one step for each family.
set -eu
export LC_ALL=C
lock=/run/netpolc.lock

# ---- words

# WHAT-HAPPENED WHAT-TO-DO EXIT-CODE
die() {
  printf 'netpolc: %s\n  hint: %s\n' "$1" "$2" >&2
  exit "$3"
}

# LINES OTHERS: the lines that are not among others. Others come twice, so none of them is unique.
without() {
  printf '%s\n%s\n%s\n' "$1" "$2" "$2" | sort | uniq -u | sed '/^$/d'
}

# ---- programs

# FAMILY: the variant of the program with the plain name. Versions before 1.8 are legacy and do not say so.
plain_variant() {
  case $("ip${1#4}tables" --version 2> /dev/null) in
    *nf_tables*) echo nft ;;
    ip*) echo legacy ;;
  esac
}

# FAMILY save|restore: the variant's program. Where only one variant is installed it may have the plain name alone.
program() {
  exact=ip${1#4}tables-$variant-$2
  plain=ip${1#4}tables-$2
  if command -v "$exact"; then return; fi
  if [ "$(plain_variant "$1")" = "$variant" ] && command -v "$plain"; then return; fi
  die "\`$exact\` is not installed" 'install iptables, or name the other variant: `nft` or `legacy`' 4
}

# FAMILY: one transaction from standard input. Whatever writes it ends with COMMIT only if nothing failed before.
restore() {
  "$(program "$1" restore)" --noflush --wait=60
}

# FAMILY: what the filter table has of ours: chains, jumps to them, rules of NETPOLC-*.
# Its COMMIT and our END prove that nothing was left out or cut off.
ours() {
  save=$(program "$1" save)
  found=$({ "$save" -t filter && echo END; } |
    sed -n -e '/^:NETPOLC-/p' -e '/^:NPC[0-9]-/p' -e '/^-A NETPOLC-/p' -e '/ -[jg] NETPOLC-[A-Z]*$/p' -e '/^COMMIT$/p' -e '/^END$/p')
  case $found in
    *COMMIT*END) printf '%s\n' "$found" ;;
    *) die "the filter table of IPv$1 cannot be read" \
      'run as root; rules that `nft` put into this table must go: iptables cannot show them' 4 ;;
  esac
}

# ---- reading a state: what `ours` gives, or a file of rules

# STATE: names of our chains, NETPOLC-* aside.
chains() {
  printf '%s\n' "$1" | sed -n 's/^:\(NPC[0-9]-[^ ]*\).*/\1/p'
}

# STATE HOOK: the chain that NETPOLC-HOOK enters without a condition.
entered() {
  printf '%s\n' "$1" | sed -n "s/^-A NETPOLC-$2 -j //p" | sed 1q
}

# STATE HOOK: the chain that packets enter. Differs from the above only after an end between steps 3 and 4.
in_force() {
  pending=$(printf '%s\n' "$1" | sed -n "s/^-A NETPOLC-$2 -m set --match-set netpolc-switch src -g //p" | sed 1q)
  if [ -n "$pending" ] && ipset save netpolc-switch | grep -q '^add'; then
    echo "$pending"
  else
    entered "$1" "$2"
  fi
}

# ---- writing

# STATE HOOK CHAIN [PENDING]: NETPOLC-HOOK enters CHAIN, and the built-in chain NETPOLC-HOOK; without a chain to enter
# there is neither. The jump is made anew, so that there is one and it is first: an ACCEPT of somebody else before it
# would be a hole.
enter() {
  echo ":NETPOLC-$2 - [0:0]"
  printf '%s\n' "$1" | sed -n "s/^-A \($2 .*-[jg] NETPOLC-$2\)$/-D \1/p"
  if [ -z "$3${4-}" ]; then
    echo "-X NETPOLC-$2"
    return
  fi
  echo "-I $2 1 -j NETPOLC-$2"
  if [ -n "${4-}" ]; then echo "-A NETPOLC-$2 -m set --match-set netpolc-switch src -g $4"; fi
  if [ -n "$3" ]; then echo "-A NETPOLC-$2 -j $3"; fi
}

# CHAINS: all are emptied before the first is deleted, because they refer to each other.
delete() {
  if [ -n "$1" ]; then
    printf '%s\n' "$1" | sed 's/^/-F /'
    printf '%s\n' "$1" | sed 's/^/-X /'
  fi
}

# FAMILY FORWARD INPUT KEEP: NETPOLC-* enter these two chains; of the others only those to keep stay.
settle() {
  state=$(ours "$1")
  {
    echo '*filter' && enter "$state" FORWARD "$2" && enter "$state" INPUT "$3" &&
      delete "$(without "$(chains "$state")" "$4")" && echo COMMIT
  } | restore "$1"
}

# FAMILY STATE NEW: the file's chains, and the way into them. Lines keep their numbers, for messages.
prepare() {
  file=${base}v$1.rules
  {
    sed -e 's/^:NETPOLC-.*/#/' -e 's/^-A NETPOLC-.*/#/' -e 's/^COMMIT$/#/' "$file" &&
      enter "$2" FORWARD "$(entered "$2" FORWARD)" "${with_sets:+$(entered "$3" FORWARD)}" &&
      enter "$2" INPUT "$(entered "$2" INPUT)" "${with_sets:+$(entered "$3" INPUT)}" &&
      echo COMMIT
  } | restore "$1" || die "\`$file\` was refused, see above; the rules from before stay in force" \
    'a kernel module may be missing, or the file comes from another version' 4
}

# ---- sets

# Names of our sets.
sets() {
  ipset list -name 2> /dev/null | grep -e '^npc[46][sb]' -e '^netpolc-' || true
}

# SETS: destroys them, lists before their members. Rules of iptables-nft let go of sets a moment after they are gone.
destroy() {
  left=$1
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if [ -z "$left" ]; then return; fi
    if failure=$(printf '%s\n' "$left" | sort -r | sed 's/^/destroy /' | ipset restore 2>&1); then return; fi
    left=$(without "$left" "$(without "$left" "$(sets)")")
    sleep 0.1 2> /dev/null || sleep 1
  done
  printf 'netpolc: sets that are no longer needed are still there: %s\n' "$failure" >&2
}

# A list of sets matches packets of either family, by its members. No set takes /0.
make_switch() {
  ipset restore -exist << 'SETS'
create netpolc-all4 hash:net family inet
add netpolc-all4 0.0.0.0/1
add netpolc-all4 128.0.0.0/1
create netpolc-all6 hash:net family inet6
add netpolc-all6 ::/1
add netpolc-all6 8000::/1
create netpolc-switch list:set
create netpolc-other list:set
flush netpolc-switch
add netpolc-other netpolc-all4
add netpolc-other netpolc-all6
SETS
}

# ---- the beginning and the end

# FILE LINES: refuses what is not ours, so that nothing else can be changed, and what was cut off.
check_file() {
  if [ ! -r "$1" ]; then
    die "\`$1\` is missing" 'keep the files of one compilation together in one folder' 3
  fi
  if strange=$(grep -n -v -E "^(#|\$|$2)" "$1" | sed 1q) && [ -n "$strange" ]; then
    die "\`$1\` has a line that netpolc did not write: $strange" 'compile again' 3
  fi
}

check_rules() {
  check_file "$1" '\*filter$|COMMIT$|:NETPOLC-[A-Z]+ |:NPC1-|-A NPC1-|-A NETPOLC-[A-Z]+ -j NPC1-'
  if [ "$(tail -n 1 "$1")" != COMMIT ]; then die "the end of \`$1\` is missing" 'compile again' 3; fi
  if [ -z "$with_sets" ] && grep -q -e '--match-set' "$1"; then
    die "\`${base}ipset\` is missing" 'keep the files of one compilation together in one folder' 3
  fi
}

# The same rules loaded through both variants would both be in force.
refuse_other_variant() {
  other=$(if [ "$variant" = nft ]; then echo legacy; else echo nft; fi)
  for family in '' 6; do
    save=ip${family}tables-$other-save
    # Asking iptables-legacy about a table makes it.
    if [ "$other" = legacy ] && ! grep -q -x filter "/proc/net/ip${family}_tables_names" 2> /dev/null; then continue; fi
    if command -v "$save" > /dev/null && "$save" -t filter 2> /dev/null | grep -q '^:NETPOLC-'; then
      die "rules of netpolc are loaded through iptables-$other; nothing was changed" \
        "remove them with \`unload.sh $other\`, or load with \`load.sh $other\`" 4
    fi
  done
}

# After a failure: what was made goes again. Whatever is left, the next run removes.
at_exit() {
  code=$?
  trap - EXIT
  if [ "$stage" = prepared ]; then
    set +e
    settle 4 "$(entered "$old4" FORWARD)" "$(entered "$old4" INPUT)" "$(chains "$old4")" 2> /dev/null
    settle 6 "$(entered "$old6" FORWARD)" "$(entered "$old6" INPUT)" "$(chains "$old6")" 2> /dev/null
    if [ -n "$with_sets" ]; then destroy "$(without "$(sets)" "$old_sets")"; fi
  elif [ "$stage" = switched ]; then
    printf 'netpolc: the new rules are in force, but what they replace is still there\n  hint: run this again\n' >&2
  fi
  exit "$code"
}

# ---- main

case $0 in
  *load.sh) base=${0%load.sh} ;;
  *) die "called as \`$0\`" 'keep the name NAME.load.sh: the other files are found by it' 2 ;;
esac
variant=${1-$(plain_variant 4)}
case $#-$variant in
  [01]-nft | [01]-legacy) ;;
  0-) die '`iptables` is not installed' 'install iptables, or name the variant that there is: `nft` or `legacy`' 4 ;;
  *) die "not a variant of iptables: \`$*\`" "usage: sh $0 [nft|legacy]" 2 ;;
esac

with_sets=
if [ -e "${base}ipset" ]; then
  with_sets=yes
  check_file "${base}ipset" '(create|add) npc[46][sb]'
  command -v ipset > /dev/null || die '`ipset` is not installed' 'install ipset, or compile with --no-ipset' 4
fi
check_rules "${base}v4.rules"
check_rules "${base}v6.rules"

command -v flock > /dev/null || die '`flock` is not installed' 'install util-linux' 4
{ : >> "$lock"; } 2> /dev/null || die "\`$lock\` cannot be written" 'run as root' 4
exec 9>> "$lock"
# Programs that this one starts hold the lock too: if it is killed, the next one waits until they have ended.
flock 9

refuse_other_variant
new4=$(sed -n -e '/^:NPC/p' -e '/^-A NETPOLC-/p' "${base}v4.rules")
new6=$(sed -n -e '/^:NPC/p' -e '/^-A NETPOLC-/p' "${base}v6.rules")
old4=$(ours 4)
old6=$(ours 6)
old_sets=$(sets)
stage=nothing
trap at_exit EXIT
trap 'exit 4' HUP INT TERM

case $old4$old6 in
  *netpolc-switch*) # An earlier run was killed: first what packets meet now without a condition.
    settle 4 "$(in_force "$old4" FORWARD)" "$(in_force "$old4" INPUT)" "$(chains "$old4")"
    settle 6 "$(in_force "$old6" FORWARD)" "$(in_force "$old6" INPUT)" "$(chains "$old6")"
    old4=$(ours 4)
    old6=$(ours 6)
    ;;
esac

stage=prepared
if [ -n "$with_sets" ]; then
  ipset restore -exist < "${base}ipset" || die "\`${base}ipset\` was refused, see above; the rules from before stay in force" \
    'a set of this name with another content must go: unload first' 4
  make_switch || die 'the kernel has no list:set sets; the rules from before stay in force' 'load ip_set_list_set, or compile with --no-ipset' 4
fi
prepare 4 "$old4" "$new4"
prepare 6 "$old6" "$new6"
if [ -n "$with_sets" ]; then ipset swap netpolc-switch netpolc-other; fi
stage=switched
settle 4 "$(entered "$new4" FORWARD)" "$(entered "$new4" INPUT)" "$(chains "$new4")"
settle 6 "$(entered "$new6" FORWARD)" "$(entered "$new6" INPUT)" "$(chains "$new6")"
stage=done
new_sets=
if [ -n "$with_sets" ]; then new_sets=$(sed -n 's/^create \([^ ]*\) .*/\1/p' "${base}ipset"); fi
if command -v ipset > /dev/null; then destroy "$(without "$(sets)" "$new_sets")"; fi
printf 'netpolc: %s* is in force through iptables-%s\n' "$base" "$variant"
