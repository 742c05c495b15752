// SPDX-License-Identifier: Apache-2.0
#include "generation.h"
#include "layout.h"
#include "machine.h"

#include <bpf/bpf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const __u32 only_entry = 0;

static int create_map(const struct map_content *map)
{
	LIBBPF_OPTS(bpf_map_create_opts, options,
		    .map_flags = map->type == BPF_MAP_TYPE_LPM_TRIE ? BPF_F_NO_PREALLOC : 0);
	int fd = bpf_map_create(map->type, map->name, map->key_size, map->value_size, map->entries ? map->entries : 1,
				&options);

	if (fd < 0)
		fail_call(fd, "cannot create map `%s` of %zu entries", map->name, map->entries);
	return fd;
}

/* For kernels that take no batches. */
static void fill_one_by_one(int fd, const struct map_content *map)
{
	for (size_t i = 0; i < map->entries; i++) {
		const char *key = (const char *)map->keys + i * map->key_size;
		const char *value = (const char *)map->values + i * map->value_size;
		int error = bpf_map_update_elem(fd, key, value, BPF_ANY);

		if (error)
			fail_call(error, "map `%s` does not take entry %zu", map->name, i);
	}
}

/* Keys that come twice would overwrite each other, and a later comparison could not tell. */
static void check_count(int fd, const struct map_content *map)
{
	char key[sizeof(struct block6_key)];
	size_t found = 0;

	if (map->type == BPF_MAP_TYPE_ARRAY)
		return;
	for (void *at = NULL; bpf_map_get_next_key(fd, at, key) == 0; at = key)
		found++;
	if (found != map->entries)
		fail(BAD_INPUT, "`%s` has %zu entries, of which %zu differ\n  compile again", map->name, map->entries, found);
}

/* A map with the content that the files have. */
static int fill_map(const struct map_content *map)
{
	int fd = create_map(map);
	__u32 count = map->entries;

	if (count && bpf_map_update_batch(fd, map->keys, map->values, &count, NULL))
		fill_one_by_one(fd, map);
	return fd;
}

static void fill_maps(const struct artifact *artifact, int fds[MAPS_OF_A_GENERATION])
{
	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		fds[i] = fill_map(&artifact->maps[i]);
}

static __u64 read_active(int active)
{
	__u64 generation = 0;
	int error = bpf_map_lookup_elem(active, &only_entry, &generation);

	if (error)
		fail_call(error, "cannot read the generation in force");
	return generation;
}

/* Removes every generation but one from one hash of maps. */
static void remove_others(int maps, __u64 kept)
{
	__u64 key, next;
	int more = bpf_map_get_next_key(maps, NULL, &next);

	while (more == 0) {
		key = next;
		more = bpf_map_get_next_key(maps, &key, &next);
		if (key != kept)
			bpf_map_delete_elem(maps, &key);
	}
}

static void remove_other_generations(const struct bpf_object *datapath, const struct artifact *artifact, __u64 kept)
{
	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		remove_others(map_of(datapath, artifact->maps[i].name), kept);
}

static void insert(const struct bpf_object *datapath, const struct map_content *map, __u64 generation, int fd)
{
	int error = bpf_map_update_elem(map_of(datapath, map->name), &generation, &fd, BPF_ANY);

	if (error)
		fail_call(error, "cannot put `%s` into its generation", map->name);
}

/*
 * A packet is judged by the generation that was in force when it came. Returns when no such packet can be left that came
 * before: the kernel makes every change of a map of maps wait for the programs that run (RCU).
 */
static void wait_for_packets(const struct bpf_object *datapath, const struct artifact *artifact, const int *fds)
{
	insert(datapath, &artifact->maps[0], artifact->generation, fds[0]);
}

void load_generation(const char *prefix)
{
	struct artifact artifact = read_artifact(prefix);
	int fds[MAPS_OF_A_GENERATION];
	struct bpf_object *datapath;
	int active, error;

	fill_maps(&artifact, fds);
	lock_machine();
	datapath = open_datapath((const char *const[]){ NULL });
	active = map_of(datapath, "active");
	remove_other_generations(datapath, &artifact, read_active(active));
	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		insert(datapath, &artifact.maps[i], artifact.generation, fds[i]);
	error = bpf_map_update_elem(active, &only_entry, &artifact.generation, BPF_ANY);
	if (error)
		fail_call(error, "cannot put the generation in force");
	wait_for_packets(datapath, &artifact, fds);
	remove_other_generations(datapath, &artifact, artifact.generation);
}

void check_generation(const char *prefix)
{
	struct artifact artifact = read_artifact(prefix);

	for (int i = 0; i < MAPS_OF_A_GENERATION; i++) {
		int fd = fill_map(&artifact.maps[i]);

		check_count(fd, &artifact.maps[i]);
		close(fd);
	}
}
