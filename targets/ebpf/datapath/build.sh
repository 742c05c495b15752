#!/bin/sh
# Builds ./netpolc-datapath from the sources beside this file. Needs clang, a C compiler, libbpf and kernel headers:
#   apt-get install clang gcc libc6-dev libbpf-dev linux-libc-dev
# BPF_CFLAGS are for the programs (for example -DMAX_CONNECTIONS=1048576), CFLAGS for the loader.
set -eu

sources=$(dirname "$0")
# Debian and Ubuntu keep <asm/types.h> in a folder of the machine's kind, where clang does not look for another machine's.
machine=$(cc -print-multiarch 2> /dev/null || true)

fail() {
	echo "build.sh: $1" >&2
	exit 4
}

for tool in clang cc; do
	command -v "$tool" > /dev/null || fail "$tool is not installed (apt-get install clang gcc)"
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# shellcheck disable=SC2086 # several words on purpose
clang -O2 -g -Wall -Werror -target bpf ${machine:+"-I/usr/include/$machine"} ${BPF_CFLAGS:-} \
	-c "$sources/datapath.bpf.c" -o "$scratch/datapath.o"

# The kernel keeps verified programs under this name, until another build's take their place.
version=$(sha256sum < "$scratch/datapath.o" | cut -c 1-16)

set --
for name in loader machine link artifact generation attach status run; do
	set -- "$@" "$sources/$name.c"
done
# shellcheck disable=SC2086 # several words on purpose
cc -O2 -g -Wall -Werror -pthread ${CFLAGS:-} "-DOBJECT=\"$scratch/datapath.o\"" "-DVERSION=\"$version\"" \
	"$@" -lbpf -o "$scratch/netpolc-datapath"
mv "$scratch/netpolc-datapath" netpolc-datapath
