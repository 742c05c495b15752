// SPDX-License-Identifier: Apache-2.0
#include "attach.h"
#include "link.h"
#include "machine.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Our place in each hook. First of all: a filter before us that accepts a packet would hide it from us. */
enum { OUR_PRIORITY = 1, OUR_HANDLE = 0x6e70 };

struct hook {
	const char *program;
	enum bpf_tc_attach_point point;
};

static const struct hook hooks[] = { { "from_pod", BPF_TC_INGRESS }, { "to_pod", BPF_TC_EGRESS } };
enum { HOOKS = sizeof(hooks) / sizeof(hooks[0]) };

/* Two bits for each device: which of the hooks had nothing of ours before. */
struct device {
	int ifindex;
	bool new[HOOKS];
};

/* 1: our program is there. 0: nothing is. Negative: somebody else's filter, or an error. */
static int query(int ifindex, const struct hook *hook)
{
	LIBBPF_OPTS(bpf_tc_hook, place, .ifindex = ifindex, .attach_point = hook->point);
	LIBBPF_OPTS(bpf_tc_opts, filter, .handle = OUR_HANDLE, .priority = OUR_PRIORITY);
	struct bpf_prog_info program = {};
	__u32 size = sizeof(program);
	int error = bpf_tc_query(&place, &filter), fd;

	if (error) /* -EINVAL: no clsact. Attaching, if that comes next, says it if it was something else. */
		return error == -ENOENT || error == -EINVAL ? 0 : error;
	fd = bpf_prog_get_fd_by_id(filter.prog_id);
	if (fd < 0)
		return fd;
	error = bpf_obj_get_info_by_fd(fd, &program, &size);
	close(fd);
	if (error)
		return error;
	return strcmp(program.name, hook->program) == 0 ? 1 : -EEXIST;
}

static int attach(int ifindex, const struct hook *hook, int program)
{
	LIBBPF_OPTS(bpf_tc_hook, place, .ifindex = ifindex, .attach_point = hook->point);
	LIBBPF_OPTS(bpf_tc_opts, filter, .handle = OUR_HANDLE, .priority = OUR_PRIORITY, .prog_fd = program,
		    .flags = BPF_TC_F_REPLACE);

	return bpf_tc_attach(&place, &filter);
}

static int detach(int ifindex, const struct hook *hook)
{
	LIBBPF_OPTS(bpf_tc_hook, place, .ifindex = ifindex, .attach_point = hook->point);
	LIBBPF_OPTS(bpf_tc_opts, filter, .handle = OUR_HANDLE, .priority = OUR_PRIORITY);

	return bpf_tc_detach(&place, &filter);
}

static void undo(const struct device *devices, int count)
{
	for (int i = 0; i < count; i++)
		for (int j = 0; j < HOOKS; j++)
			if (devices[i].new[j])
				detach(devices[i].ifindex, &hooks[j]);
}

/* The index of an interface that carries Ethernet frames. */
static int check_device(const char *name)
{
	struct link link;
	int ifindex = if_nametoindex(name);

	if (!ifindex)
		fail(errno == ENODEV ? WRONG_USAGE : MACHINE_FAILED,
		     "there is no device `%s` in this network namespace\n  `ip link` lists those that there are", name);
	link = read_link(ifindex);
	if (link.hardware != ARPHRD_ETHER)
		fail(WRONG_USAGE, "`%s` carries no Ethernet frames; only veth, bridge ports and the like can be judged", name);
	return ifindex;
}

/* What stands at our place and is not ours stays there. */
static void check_place(const char *name, struct device *device)
{
	for (int i = 0; i < HOOKS; i++) {
		int found = query(device->ifindex, &hooks[i]);

		if (found == -EEXIST)
			fail(MACHINE_FAILED, "`%s` has a filter of somebody else at priority %d, handle %#x\n"
			     "  `tc filter show dev %s ingress` and `egress` show it", name, OUR_PRIORITY, OUR_HANDLE, name);
		if (found < 0)
			fail_call(found, "cannot ask for the filters of `%s`", name);
		device->new[i] = found == 0;
	}
}

/* For is_to_node() in node.h. Entries of ports that are gone go too: their numbers may come back as somebody else's. */
static void remember_bridge(int bridges, int ifindex)
{
	struct link port = read_link(ifindex), master = {};
	__u32 key = ifindex;
	struct {
		__u32 ifindex;
		__u8 mac[6];
		__u16 zero;
	} bridge = {};

	if (port.master)
		master = read_link(port.master);
	if (!port.master || strcmp(master.kind, "bridge")) {
		bpf_map_delete_elem(bridges, &key);
		return;
	}
	bridge.ifindex = port.master;
	memcpy(bridge.mac, master.mac, sizeof(bridge.mac));
	if (bpf_map_update_elem(bridges, &key, &bridge, BPF_ANY))
		fail_call(errno, "cannot remember the bridge of a port");
}

static void forget_lost_ports(int bridges)
{
	__u32 key, next;
	char name[IF_NAMESIZE];
	int more = bpf_map_get_next_key(bridges, NULL, &next);

	while (more == 0) {
		key = next;
		more = bpf_map_get_next_key(bridges, &key, &next);
		if (!if_indextoname(key, name))
			bpf_map_delete_elem(bridges, &key);
	}
}

static int attach_both(int ifindex)
{
	LIBBPF_OPTS(bpf_tc_hook, clsact, .ifindex = ifindex, .attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS);
	int error = bpf_tc_hook_create(&clsact);

	if (error && error != -EEXIST)
		return error;
	for (int i = 0; i < HOOKS; i++) {
		int program = program_of(hooks[i].program);

		error = attach(ifindex, &hooks[i], program);
		close(program);
		if (error)
			return error;
	}
	return 0;
}

void attach_devices(char *const names[], int count)
{
	struct device *devices = calloc(count, sizeof(*devices));
	struct bpf_object *datapath;

	for (int i = 0; i < count; i++)
		devices[i].ifindex = check_device(names[i]);
	lock_machine();
	datapath = open_datapath((const char *const[]){ hooks[0].program, hooks[1].program, NULL });
	for (int i = 0; i < count; i++)
		check_place(names[i], &devices[i]);
	forget_lost_ports(map_of(datapath, "bridges"));
	for (int i = 0; i < count; i++)
		remember_bridge(map_of(datapath, "bridges"), devices[i].ifindex);
	for (int i = 0; i < count; i++) {
		int error = attach_both(devices[i].ifindex);

		if (error) {
			undo(devices, i + 1);
			fail_call(error, "cannot attach to `%s`; nothing was attached", names[i]);
		}
	}
	free(devices);
}

static void detach_device(int ifindex, const char *name)
{
	for (int i = 0; i < HOOKS; i++) {
		int found = query(ifindex, &hooks[i]);
		int error = found == 1 ? detach(ifindex, &hooks[i]) : found == -EEXIST ? 0 : found;

		if (error)
			fail_call(error, "cannot detach from `%s`", name);
	}
}

void detach_devices(char *const names[], int count)
{
	int *indices = calloc(count, sizeof(*indices));

	for (int i = 0; i < count; i++)
		indices[i] = check_device(names[i]);
	lock_machine();
	for (int i = 0; i < count; i++)
		detach_device(indices[i], names[i]);
	free(indices);
}

static bool is_attached(int ifindex)
{
	for (int i = 0; i < HOOKS; i++)
		if (query(ifindex, &hooks[i]) == 1)
			return true;
	return false;
}

void each_attached_device(void (*found)(const char *name))
{
	struct if_nameindex *devices = if_nameindex();

	if (!devices)
		fail_call(errno, "cannot list the devices");
	for (struct if_nameindex *device = devices; device->if_index; device++)
		if (is_attached(device->if_index))
			found(device->if_name);
	if_freenameindex(devices);
}

static void detach_named(const char *name)
{
	detach_device(if_nametoindex(name), name);
}

void detach_everywhere(void)
{
	each_attached_device(detach_named);
}
