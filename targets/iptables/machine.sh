# ---- what load.sh and unload.sh have in common

# The variant that `iptables` is. Versions before 1.8 are legacy and do not say so.
usual_variant() {
  case $(iptables --version 2> /dev/null) in
    *nf_tables*) echo nft ;;
    iptables*) echo legacy ;;
  esac
}

# ARGUMENTS OF THE SCRIPT: the variant to work with.
choose_variant() {
  variant=${1-$(usual_variant)}
  case $#-$variant in
    [01]-nft | [01]-legacy) ;;
    0-) die '`iptables` is not installed' 'install iptables, or name the variant that there is: `nft` or `legacy`' 4 ;;
    *) die "not a variant of iptables: \`$*\`" "usage: sh $0 [nft|legacy]" 2 ;;
  esac
}

# FAMILY save|restore: the variant's program. Where only one variant is installed it may have the plain name alone.
program() {
  exact=ip${1#4}tables-$variant-$2
  if command -v "$exact"; then return; fi
  if [ "$(usual_variant)" = "$variant" ] && command -v "ip${1#4}tables-$2"; then return; fi
  die "\`$exact\` is not installed" 'install iptables, or name the other variant: `nft` or `legacy`' 4
}

# FAMILY: one transaction from standard input. Whatever writes it ends with COMMIT only if nothing failed before.
restore() {
  "$(program "$1" restore)" --noflush --wait=60
}

# FAMILY: what the filter table has of ours: chains, jumps to them, rules of NETPOLC-*.
# Asking iptables-legacy about a table would make it. COMMIT and END prove that nothing was left out or cut off.
ours() {
  save=$(program "$1" save)
  if [ "$variant" = legacy ] && ! grep -q -x filter "/proc/net/ip${1#4}_tables_names" 2> /dev/null; then return; fi
  found=$({ "$save" -t filter 2> /dev/null && echo END; } | sed -n -e '/^:NETPOLC-/p' -e '/^:NPC[0-9]-/p' \
    -e '/^-A NETPOLC-/p' -e '/ -[jg] NETPOLC-[A-Z]*$/p' -e '/^COMMIT$/p' -e '/^END$/p')
  case $found in
    *COMMIT*END) printf '%s\n' "$found" ;;
    *)
      "$save" -t filter > /dev/null || true
      die "the filter table of IPv$1 cannot be read" \
        'run as root; rules that `nft` put into this table must go, iptables cannot show them' 4
      ;;
  esac
}

# The same rules loaded through both variants would both be in force.
refuse_other_variant() {
  other=$(if [ "$variant" = nft ]; then echo legacy; else echo nft; fi)
  if (variant=$other && ours 4 && ours 6) 2> /dev/null | grep -q '^:'; then
    die "rules of netpolc are loaded through iptables-$other; nothing was changed" \
      "give \`$other\` as argument, or remove them first with unload.sh $other" 4
  fi
}

# LINES OTHERS: the lines that are not among others. Others come twice, so none of them is unique.
without() {
  printf '%s\n%s\n%s\n' "$1" "$2" "$2" | sort | uniq -u | sed '/^$/d'
}

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
  die "sets are still there: $failure" 'remove rules of others that refer to them, and run this again' 4
}
