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
# Rules that were compiled with --no-ipset say so at their beginning. NAME.ipset is not read then, and there is no such
# switch: step 4 is one step for each family.
. ../shared/script-begin.sh

. ./machine.sh

# ---- reading a state: what `ours` gives, or a file of rules

# STATE: names of our chains, NETPOLC-* aside.
chains() {
  printf '%s\n' "$1" | sed -n 's/^:\(NPC[0-9]-[^ ]*\).*/\1/p'
}

# STATE HOOK: the chain that NETPOLC-HOOK enters without a condition.
entered() {
  printf '%s\n' "$1" | sed -n "s/^-A NETPOLC-$2 -j //p" | sed 1q
}

is_switched() {
  ipset save netpolc-switch 2> /dev/null | grep -q '^add'
}

# STATE HOOK: the chain that packets enter. Another one only after a kill between steps 3 and 4.
in_force() {
  next=$(printf '%s\n' "$1" | sed -n "s/^-A NETPOLC-$2 -m set --match-set netpolc-switch src -g //p" | sed 1q)
  if [ -n "$next" ] && is_switched; then
    echo "$next"
  else
    entered "$1" "$2"
  fi
}

# ---- writing a state

# STATE HOOK CHAIN [NEXT]: NETPOLC-HOOK enters CHAIN, or NEXT once the switch is on; with neither it goes. The jump to it
# is made anew, so that there is one and it is first: an ACCEPT of somebody else before it would be a hole.
enter() {
  echo ":NETPOLC-$2 - [0:0]"
  printf '%s\n' "$1" | sed -n "s/^-A \($2 .*-[jg] NETPOLC-$2\)$/-D \1/p"
  if [ -n "${4-}" ]; then echo "-A NETPOLC-$2 -m set --match-set netpolc-switch src -g $4"; fi
  if [ -n "$3" ]; then echo "-A NETPOLC-$2 -j $3"; fi
  if [ -n "$3${4-}" ]; then echo "-I $2 1 -j NETPOLC-$2"; else echo "-X NETPOLC-$2"; fi
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
  } | restore "$1" || die "the filter table of IPv$1 could not be changed, see above" 'run this again' 4
}

# FAMILY STATE NEW: the file's chains, and the way into them. Lines keep their numbers, for messages.
prepare() {
  file=${base}v$1.rules
  {
    sed -e 's/^:NETPOLC-.*/#/' -e 's/^-A NETPOLC-.*/#/' -e 's/^COMMIT$/#/' "$file" &&
      enter "$2" FORWARD "$(entered "$2" FORWARD)" "${with_sets:+$(entered "$3" FORWARD)}" &&
      enter "$2" INPUT "$(entered "$2" INPUT)" "${with_sets:+$(entered "$3" INPUT)}" && echo COMMIT
  } | restore "$1" || die "\`$file\` was refused, see above; the rules from before stay in force" \
    'load the kernel module that is missing, or compile the policies again' 4
}

# A list of sets matches packets of either family, by its members. No set takes /0.
make_sets() {
  ipset restore -exist < "${base}ipset" || die "\`${base}ipset\` was refused, see above; the rules from before stay in force" \
    'a set that has such a name and is not the same must go: run unload.sh first' 4
  printf '%s\n' 'create netpolc-all4 hash:net family inet' 'add netpolc-all4 0.0.0.0/1' 'add netpolc-all4 128.0.0.0/1' \
    'create netpolc-all6 hash:net family inet6' 'add netpolc-all6 ::/1' 'add netpolc-all6 8000::/1' \
    'create netpolc-switch list:set' 'create netpolc-other list:set' 'flush netpolc-switch' \
    'add netpolc-other netpolc-all4' 'add netpolc-other netpolc-all6' | ipset restore -exist ||
    die 'the kernel has no sets of type list:set' 'load ip_set_list_set, or compile with --no-ipset' 4
}

# ---- the beginning and the end

# FILE PATTERN: refuses lines that are not ours, so that nothing else can be changed.
check_file() {
  if [ ! -r "$1" ]; then die "\`$1\` is missing" 'keep the files of one compilation together in one folder' 3; fi
  strange=$(grep -n -v -E "^(#|\$|$2)" "$1" | sed 1q)
  if [ -n "$strange" ]; then die "\`$1\` has a line that netpolc did not write: $strange" 'compile again' 3; fi
}

# FILE: whether it was compiled with --no-ipset. Sets that an earlier compilation left beside it are not its own.
is_without_sets() {
  sed '/^\*filter$/q' "$1" 2> /dev/null | grep -q -x '# Compiled with --no-ipset: .*'
}

# FILE: prints its state. Refuses files that were cut off or do not belong together.
check_rules() {
  check_file "$1" '\*filter$|COMMIT$|:NETPOLC-[A-Z]+ |:NPC1-|-A NPC1-|-A NETPOLC-[A-Z]+ -j NPC1-[A-Z0-9]+$'
  found=$(sed -n -e '/^:NPC/p' -e '/^-A NETPOLC-/p' "$1")
  if [ "$(tail -n 1 "$1")" != COMMIT ] || [ -z "$(entered "$found" FORWARD)" ] || [ -z "$(entered "$found" INPUT)" ]; then
    die "\`$1\` is not complete" 'compile again' 3
  elif [ -z "$with_sets" ] && grep -q -e '--match-set' "$1"; then
    die "\`$1\` refers to sets, and \`${base}v4.rules\` was compiled with --no-ipset" 'copy all files of the same compilation' 3
  fi
  printf '%s\n' "$found"
}

# FILE: the digest of what it means for both families, which the first rule has as its comment.
digest() {
  sed -n 's/^-A NPC1-F.* --comment "netpolc \(ir:[a-z0-9]*\)".*/\1/p' "$1" | sed 1q
}

# After a failure, what was made goes again. What a kill leaves is removed by the next run.
at_exit() {
  code=$?
  trap - EXIT
  # A signal may come between the switch and the note of it.
  if [ "$stage" = prepared ] && ! is_switched; then
    (settle 4 "$(entered "$old4" FORWARD)" "$(entered "$old4" INPUT)" "$(chains "$old4")") 2> /dev/null || true
    (settle 6 "$(entered "$old6" FORWARD)" "$(entered "$old6" INPUT)" "$(chains "$old6")") 2> /dev/null || true
    (destroy "$(without "$(sets)" "$old_sets")") 2> /dev/null || true
  elif [ "$stage" != done ]; then
    printf 'netpolc: stopped after the new rules came in force%s\n  hint: run this again to finish\n' "$scope" >&2
  fi
  exit "$code"
}

. ../shared/unknown-connections.sh

# ---- main

case $0 in
  *load.sh) base=${0%load.sh} ;;
  *) die "called as \`$0\`" 'keep the name NAME.load.sh: the other files are found by it' 2 ;;
esac
choose_variant "$@"
with_sets=yes scope=
if is_without_sets "${base}v4.rules"; then
  with_sets= scope=' for IPv4'
else
  check_file "${base}ipset" '(create|add) npc[46][sb]'
  command -v ipset > /dev/null || die '`ipset` is not installed' 'install ipset, or compile with --no-ipset' 4
fi
new4=$(check_rules "${base}v4.rules")
new6=$(check_rules "${base}v6.rules")
if [ "$(digest "${base}v4.rules")" != "$(digest "${base}v6.rules")" ]; then
  die "\`${base}v4.rules\` and \`${base}v6.rules\` come from different compilations" 'copy all files of the same one' 3
fi
new_sets=$(if [ "$with_sets" ]; then sed -n 's/^create \([^ ]*\) .*/\1/p' "${base}ipset"; fi)

take_lock
refuse_other_variant
old4=$(ours 4)
old6=$(ours 6)
old_sets=$(sets)
case $old4$old6 in
  *netpolc-switch*)
    # A run was killed after step 2. What packets meet now they meet without a switch, before that is used again.
    settle 4 "$(in_force "$old4" FORWARD)" "$(in_force "$old4" INPUT)" "$(chains "$old4")"
    settle 6 "$(in_force "$old6" FORWARD)" "$(in_force "$old6" INPUT)" "$(chains "$old6")"
    ipset flush netpolc-switch
    old4=$(ours 4)
    old6=$(ours 6)
    ;;
esac

stage=prepared
trap at_exit EXIT
trap 'exit 4' HUP INT TERM
unknown=$(if [ -z "$(chains "$old4$old6")" ] && are_unknown; then echo yes; fi)
if [ "$with_sets" ]; then make_sets; fi
prepare 4 "$old4" "$new4"
prepare 6 "$old6" "$new6"
# From here on the kernel tracks connections. A second lets it see both directions of those that there are.
if [ "$unknown" ]; then sleep 1; fi
if [ "$with_sets" ]; then
  ipset swap netpolc-switch netpolc-other || die 'the rules from before stay in force' 'run this again' 4
  stage=switched
fi
settle 4 "$(entered "$new4" FORWARD)" "$(entered "$new4" INPUT)" "$(chains "$new4")"
stage=switched
settle 6 "$(entered "$new6" FORWARD)" "$(entered "$new6" INPUT)" "$(chains "$new6")"
if command -v ipset > /dev/null; then destroy "$(without "$(sets)" "$new_sets")"; fi
stage=done
echo "netpolc: ${base}v4.rules and ${base}v6.rules are in force through iptables-$variant"
