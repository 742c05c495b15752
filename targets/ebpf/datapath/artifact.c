// SPDX-License-Identifier: Apache-2.0
#include "artifact.h"
#include "layout.h"
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Far beyond any cluster, and no product of it with a size overflows. */
enum { MOST_ENTRIES = 1 << 26 };

static const struct map_content layout[MAPS_OF_A_GENERATION] = {
	{ "config", BPF_MAP_TYPE_ARRAY, 4, sizeof(struct config) },
	{ "endpoints4", BPF_MAP_TYPE_HASH, 4, sizeof(struct endpoint) },
	{ "endpoints6", BPF_MAP_TYPE_HASH, 16, sizeof(struct endpoint) },
	{ "profiles", BPF_MAP_TYPE_HASH, 4, 4 },
	{ "ports", BPF_MAP_TYPE_LPM_TRIE, sizeof(struct port_key), 4 },
	{ "peers4", BPF_MAP_TYPE_HASH, 4, 4 },
	{ "peers6", BPF_MAP_TYPE_HASH, 16, 4 },
	{ "blocks4", BPF_MAP_TYPE_LPM_TRIE, sizeof(struct block4_key), 4 },
	{ "blocks6", BPF_MAP_TYPE_LPM_TRIE, sizeof(struct block6_key), 4 },
	{ "members", BPF_MAP_TYPE_HASH, sizeof(struct member_key), 4 },
};

static const char *name_of_type(enum bpf_map_type type)
{
	switch (type) {
	case BPF_MAP_TYPE_ARRAY:
		return "array";
	case BPF_MAP_TYPE_HASH:
		return "hash";
	default:
		return "lpm_trie";
	}
}

/* Maps a file that must have exactly this size. */
static const void *read_file(const char *prefix, const char *map, const char *suffix, size_t size)
{
	char path[PATH_MAX];
	struct stat status;
	const void *bytes;
	int file;

	if (snprintf(path, sizeof(path), "%s%s.%s", prefix, map, suffix) >= (int)sizeof(path))
		fail(WRONG_USAGE, "the path `%s…` is too long", prefix);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &status))
		fail(BAD_INPUT, "cannot read %s: %s\n  all files of one compilation belong together", path, strerror(errno));
	if ((size_t)status.st_size != size)
		fail(BAD_INPUT, "%s has %lld bytes, but the manifest says %zu\n  compile again", path,
		     (long long)status.st_size, size);
	bytes = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0) : "";
	if (bytes == MAP_FAILED)
		fail_call(errno, "cannot read %s", path);
	close(file);
	return bytes;
}

static void read_map(FILE *manifest, const char *prefix, struct map_content *map)
{
	char name[32], type[32];
	size_t key_size, value_size;

	if (fscanf(manifest, "%31s %31s %zu %zu %zu", name, type, &key_size, &value_size, &map->entries) != 5)
		fail(BAD_INPUT, "%smanifest ends before `%s`\n  compile again", prefix, map->name);
	if (strcmp(name, map->name) || strcmp(type, name_of_type(map->type)) || key_size != map->key_size ||
	    value_size != map->value_size)
		fail(BAD_INPUT, "%smanifest says `%s %s %zu %zu`; this loader knows `%s %s %zu %zu`\n"
		     "  use compiler and loader of one version", prefix, name, type, key_size, value_size, map->name,
		     name_of_type(map->type), map->key_size, map->value_size);
	if (map->entries > MOST_ENTRIES)
		fail(BAD_INPUT, "%smanifest gives `%s` %zu entries: too many for a map", prefix, name, map->entries);
	map->keys = read_file(prefix, name, "keys", map->entries * key_size);
	map->values = read_file(prefix, name, "values", map->entries * value_size);
}

static void check_config(const char *prefix, const struct map_content *map)
{
	const struct config *config = map->values;

	if (map->entries != 1 || *(const __u32 *)map->keys != 0 || config->version != LAYOUT_VERSION)
		fail(BAD_INPUT, "%sconfig.values is not of map layout %d\n  use compiler and loader of one version", prefix,
		     LAYOUT_VERSION);
}

struct artifact read_artifact(const char *prefix)
{
	struct artifact artifact;
	char path[PATH_MAX], rest[2];
	__u8 generation[8];
	FILE *manifest;

	if (snprintf(path, sizeof(path), "%smanifest", prefix) >= (int)sizeof(path))
		fail(WRONG_USAGE, "the path `%s…` is too long", prefix);
	manifest = fopen(path, "re");
	if (!manifest)
		fail(BAD_INPUT, "cannot read %s: %s\n  give what stands before `manifest`, as in `rules/node1.`", path,
		     strerror(errno));
	if (fscanf(manifest, "netpolc-maps 1 %2hhx%2hhx%2hhx%2hhx%2hhx%2hhx%2hhx%2hhx", &generation[0], &generation[1],
		   &generation[2], &generation[3], &generation[4], &generation[5], &generation[6], &generation[7]) != 8)
		fail(BAD_INPUT, "%s does not begin with `netpolc-maps 1 GENERATION`\n"
		     "  use compiler and loader of one version", path);
	memcpy(&artifact.generation, generation, sizeof(generation));
	if (!artifact.generation)
		fail(BAD_INPUT, "%s is of generation 0, which means none", path);
	memcpy(artifact.maps, layout, sizeof(layout));
	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		read_map(manifest, prefix, &artifact.maps[i]);
	if (fscanf(manifest, "%1s", rest) != EOF)
		fail(BAD_INPUT, "%s has more than the %d maps that this loader knows\n"
		     "  use compiler and loader of one version", path, MAPS_OF_A_GENERATION);
	check_config(prefix, &artifact.maps[0]);
	fclose(manifest);
	return artifact;
}
