#!/bin/sh
# Removes what NAME.load.sh put in force: the jumps, chains and sets of netpolc, in both families, and nothing else.
#
#     sh NAME.unload.sh [nft|legacy]
#
# Without an argument: the variant that `iptables` is. Nothing to remove is fine. Needs no other file.
# Exit codes: 0 nothing is left, 2 wrong usage, 4 the machine refused.
set -eu
export LC_ALL=C
lock=/run/netpolc.lock

# WHAT-HAPPENED WHAT-TO-DO EXIT-CODE
die() {
  printf 'netpolc: %s\n  hint: %s\n' "$1" "$2" >&2
  exit "$3"
}

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

# FAMILY STATE: all jumps to us, then all chains. They are emptied first, because they refer to each other.
remove() {
  names=$(printf '%s\n' "$2" | sed -n 's/^:\([^ ]*\) .*/\1/p')
  if [ -z "$names" ]; then return; fi
  {
    echo '*filter'
    printf '%s\n' "$2" | sed -n -e '/^-A NETPOLC-/d' -e 's/^-A /-D /p'
    printf '%s\n' "$names" | sed 's/^/-F /'
    printf '%s\n' "$names" | sed 's/^/-X /'
    echo COMMIT
  } | restore "$1" || die "IPv$1 could not be cleared, see above" 'remove rules of others that refer to our chains, and run this again' 4
}

# Names of our sets, lists before their members.
sets() {
  ipset list -name 2> /dev/null | grep -e '^npc[46][sb]' -e '^netpolc-' | sort -r
}

# Rules of iptables-nft let go of sets a moment after they are gone.
destroy_sets() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if failure=$(sets | sed 's/^/destroy /' | ipset restore 2>&1); then return; fi
    sleep 0.1 2> /dev/null || sleep 1
  done
  die "sets are still there: $failure" 'remove rules of others that refer to them, and run this again' 4
}

case $0 in
  *.sh) ;;
  *) die "called as \`$0\`" 'usage: sh NAME.unload.sh [nft|legacy]' 2 ;;
esac
variant=${1-$(plain_variant 4)}
case $#-$variant in
  [01]-nft | [01]-legacy) ;;
  0-) die '`iptables` is not installed' 'install iptables, or name the variant that there is: `nft` or `legacy`' 4 ;;
  *) die "not a variant of iptables: \`$*\`" "usage: sh $0 [nft|legacy]" 2 ;;
esac

command -v flock > /dev/null || die '`flock` is not installed' 'install util-linux' 4
{ : >> "$lock"; } 2> /dev/null || die "\`$lock\` cannot be written" 'run as root' 4
exec 9>> "$lock"
flock 9

old4=$(ours 4)
old6=$(ours 6)
remove 4 "$old4"
remove 6 "$old6"
if command -v ipset > /dev/null; then destroy_sets; fi
printf 'netpolc: nothing is loaded through iptables-%s\n' "$variant"
