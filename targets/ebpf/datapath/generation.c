// SPDX-License-Identifier: Apache-2.0
#include "generation.h"
#include "layout.h"
#include "machine.h"

#include <bpf/bpf.h>
#include <pthread.h>
#include <stdbool.h>
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

/* What is to become of one of the ten hashes of maps. */
struct change {
	int maps; /* the hash */
	__u64 generation;
	int map; /* what to put there for this generation */
	int error;
};

static void *insert(void *argument)
{
	struct change *change = argument;

	change->error = bpf_map_update_elem(change->maps, &change->generation, &change->map, BPF_ANY);
	return NULL;
}

/* Removes every other generation. One that cannot be removed now is in the way of nobody, and the next load tries again. */
static void *remove_others(void *argument)
{
	const struct change *change = argument;
	__u64 key, next;
	int more = bpf_map_get_next_key(change->maps, NULL, &next);

	while (more == 0) {
		key = next;
		more = bpf_map_get_next_key(change->maps, &key, &next);
		if (key != change->generation)
			bpf_map_delete_elem(change->maps, &key);
	}
	return NULL;
}

/*
 * Changes all ten hashes, in threads: the kernel makes every change of a map of maps wait for the programs that run
 * (RCU), about ten milliseconds, and those who wait side by side wait little longer than one. Where no thread is to be
 * had, the change is made without.
 */
static void change_together(void *(*make)(void *), struct change changes[MAPS_OF_A_GENERATION])
{
	pthread_t threads[MAPS_OF_A_GENERATION];
	bool started[MAPS_OF_A_GENERATION];

	for (int i = 0; i < MAPS_OF_A_GENERATION; i++) {
		started[i] = pthread_create(&threads[i], NULL, make, &changes[i]) == 0;
		if (!started[i])
			make(&changes[i]);
	}
	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		if (started[i])
			pthread_join(threads[i], NULL);
}

static void remove_other_generations(const struct bpf_object *datapath, const struct artifact *artifact, __u64 kept)
{
	struct change changes[MAPS_OF_A_GENERATION];

	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		changes[i] = (struct change){ .maps = map_of(datapath, artifact->maps[i].name), .generation = kept };
	change_together(remove_others, changes);
}

/* Puts filled maps beside those of the generation in force. If one does not go in, none stays. */
static void insert_generation(const struct bpf_object *datapath, const struct artifact *artifact, const int *fds,
			      __u64 in_force)
{
	struct change changes[MAPS_OF_A_GENERATION];

	for (int i = 0; i < MAPS_OF_A_GENERATION; i++)
		changes[i] = (struct change){
			.maps = map_of(datapath, artifact->maps[i].name),
			.generation = artifact->generation,
			.map = fds[i],
		};
	change_together(insert, changes);
	for (int i = 0; i < MAPS_OF_A_GENERATION; i++) {
		if (!changes[i].error)
			continue;
		remove_other_generations(datapath, artifact, in_force);
		fail_call(changes[i].error, "cannot put `%s` into its generation", artifact->maps[i].name);
	}
}

/*
 * A packet is judged by the generation that was in force when it came. Returns when no such packet can be left that came
 * before. Any change of a map of maps waits for that, also one that changes nothing.
 */
static void wait_for_packets(const struct bpf_object *datapath, const struct artifact *artifact, const int *fds)
{
	struct change change = {
		.maps = map_of(datapath, artifact->maps[0].name),
		.generation = artifact->generation,
		.map = fds[0],
	};

	insert(&change);
	if (change.error)
		fail_call(change.error, "cannot wait for packets, so the generation that was in force stays beside the new one");
}

void load_generation(const char *prefix)
{
	struct artifact artifact = read_artifact(prefix);
	int fds[MAPS_OF_A_GENERATION];
	struct bpf_object *datapath;
	int active, error;
	__u64 old;

	fill_maps(&artifact, fds);
	lock_machine();
	datapath = open_datapath((const char *const[]){ NULL });
	active = map_of(datapath, "active");
	old = read_active(active);
	remove_other_generations(datapath, &artifact, old);
	insert_generation(datapath, &artifact, fds, old);
	error = bpf_map_update_elem(active, &only_entry, &artifact.generation, BPF_ANY);
	if (error)
		fail_call(error, "cannot put the generation in force");
	if (old == 0 || old == artifact.generation)
		return;
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
