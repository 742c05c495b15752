set -eu
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

# WHAT-HAPPENED WHAT-TO-DO EXIT-CODE
die() {
  printf 'netpolc: %s\n  hint: %s\n' "$1" "$2" >&2
  exit "$3"
}

# One load or unload at a time. Programs that it starts hold the lock too: after a kill, the next waits for their end.
take_lock() {
  lock=/run/netpolc.lock
  command -v flock > /dev/null || die '`flock` is not installed' 'install util-linux' 4
  (: >> "$lock") 2> /dev/null || die "\`$lock\` cannot be written" 'run as root; /run may be full' 4
  exec 9>> "$lock"
  if flock -n 9; then return; fi
  echo 'netpolc: waits for another load or unload' >&2
  flock 9 || die "\`$lock\` cannot be locked" 'install the flock of util-linux' 4
}
