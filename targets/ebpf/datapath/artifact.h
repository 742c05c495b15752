/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiler wrote: a manifest, and the keys and values of every map as they stand in the kernel. */
#pragma once

#include <linux/bpf.h>
#include <stddef.h>

#define MAPS_OF_A_GENERATION 10

/* What the layout says of a map, and what the files say of its content. */
struct map_content {
	const char *name;
	enum bpf_map_type type;
	size_t key_size, value_size;
	size_t entries;
	const void *keys, *values;
};

struct artifact {
	__u64 generation;
	struct map_content maps[MAPS_OF_A_GENERATION];
};

/* Reads PREFIXmanifest and the files beside it. Ends the process when anything is not as it says. */
struct artifact read_artifact(const char *prefix);
