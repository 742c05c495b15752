// SPDX-License-Identifier: Apache-2.0
#include "status.h"
#include "attach.h"
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

static void print_device(const char *name)
{
	printf("attached to %s\n", name);
}

static int open_pin(const char *name)
{
	char path[sizeof(PINS) + 32];

	snprintf(path, sizeof(path), PINS "/%s", name);
	return bpf_obj_get(path);
}

static void print_generation(__u64 generation)
{
	const __u8 *bytes = (const __u8 *)&generation;

	printf("generation ");
	for (size_t i = 0; i < sizeof(generation); i++)
		printf("%02x", bytes[i]);
}

static void print_config(__u64 generation)
{
	struct config config;
	int maps = open_pin("config"), map;
	__u32 id;

	if (maps < 0 || bpf_map_lookup_elem(maps, &generation, &id) || (map = bpf_map_get_fd_by_id(id)) < 0 ||
	    bpf_map_lookup_elem(map, &only_entry, &config))
		fail(MACHINE_FAILED, "the generation in force is not complete\n  load again");
	printf(" in force, of IR %.32s%s%s%s\n", (const char *)config.digest,
	       config.flags & ICMP_ECHO_PASSES ? ", echo passes" : "",
	       config.flags & EGRESS_TO_OWN_NODE_PASSES ? ", egress to the own node passes" : "",
	       config.flags & DROP_LINK_LOCAL ? ", link-local packets are not forwarded" : "");
	close(map);
	close(maps);
}

void print_status(void)
{
	__u64 generation = 0;
	int active;

	lock_machine();
	active = open_pin("active");
	if (active < 0 && errno != ENOENT)
		fail_call(errno, "cannot open the maps in %s", PINS);
	if (active >= 0 && bpf_map_lookup_elem(active, &only_entry, &generation))
		fail_call(errno, "cannot read the generation in force");
	if (generation) {
		print_generation(generation);
		print_config(generation);
	} else {
		printf("no generation in force: programs that are attached drop what the node did not send\n");
	}
	each_attached_device(print_device);
}

void unload(void)
{
	struct dirent *entry;
	DIR *folder;

	lock_machine();
	detach_everywhere();
	folder = opendir(PINS);
	if (!folder && errno == ENOENT)
		return;
	if (!folder)
		fail_call(errno, "cannot open %s", PINS);
	while ((entry = readdir(folder)))
		if (entry->d_name[0] != '.' && unlinkat(dirfd(folder), entry->d_name, 0))
			fail_call(errno, "cannot remove %s/%s", PINS, entry->d_name);
	closedir(folder);
	if (rmdir(PINS))
		fail_call(errno, "cannot remove %s", PINS);
}
