# Runs a batch file from standard input against permanent maps of its own: `unshare --mount --net sh -c THIS`.
# The bpf file system is mounted in a mount namespace that ends with the script, so nothing stays.
set -eu

command -v bpftool > /dev/null || {
  echo 'bpftool is not installed (package bpftool)' >&2
  exit 4
}
mount -t bpf bpf /sys/fs/bpf
maps=/sys/fs/bpf/netpolc
mkdir "$maps"

# hash_of_maps NAME TYPE KEY_SIZE VALUE_SIZE FLAGS, as the loader makes them
hash_of_maps() {
  bpftool map create "$maps/example" type "$2" key "$3" value "$4" entries 1 name "$1" flags "$5"
  bpftool map create "$maps/$1" type hash_of_maps key 8 value 4 entries 8 name "$1" inner_map pinned "$maps/example"
  rm "$maps/example"
}
