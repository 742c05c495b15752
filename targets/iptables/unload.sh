#!/bin/sh
# Removes what NAME.load.sh put in force: the jumps, chains and sets of netpolc, for both families, and nothing else.
#
#     sh NAME.unload.sh [nft|legacy]
#
# Without an argument: the variant that `iptables` is. Needs no other file; fine when nothing is loaded.
# Exit codes: 0 nothing is left, 2 wrong usage, 4 the machine refused.
. ../shared/script-begin.sh

. ./machine.sh

# ---- main

# FAMILY: all jumps to us, then all chains. They are emptied before the first is deleted, because they refer to each other.
remove() {
  state=$(ours "$1")
  names=$(printf '%s\n' "$state" | sed -n 's/^:\([^ ]*\) .*/\1/p')
  if [ -z "$names" ]; then return; fi
  {
    echo '*filter'
    printf '%s\n' "$state" | sed -n -e '/^-A NETPOLC-/d' -e 's/^-A /-D /p'
    printf '%s\n' "$names" | sed 's/^/-F /'
    printf '%s\n' "$names" | sed 's/^/-X /'
    echo COMMIT
  } | restore "$1" || die "the filter table of IPv$1 could not be changed, see above" \
    'remove rules of others that refer to our chains, and run this again' 4
}

choose_variant "$@"
take_lock
refuse_other_variant
remove 4
remove 6
if command -v ipset > /dev/null; then destroy "$(sets)"; fi
echo "netpolc: nothing is loaded through iptables-$variant"
