/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * Fragments. Only the first one has the ports. Its verdict is remembered, and those behind it follow. Nothing is held
 * back: a fragment that overtakes its first one is dropped, and the sender's transport repeats the packet.
 *
 * No later fragment may overlap the first: a receiver that lets it could be made to see other ports than we did.
 */
#pragma once

#include "connections.h"

#define MAX_FRAGMENTED_PACKETS 8192

/* As long as Linux waits for the rest of an IPv4 packet. */
#define FRAGMENT_LIFETIME (30 * SECOND)

struct fragments_key {
	__be32 source[4];
	__be32 destination[4];
	__u32 id;
	__u8 family;
	__u8 protocol;
	__u8 side;
	__u8 zero;
};

struct fragments {
	__u64 expires; /* bpf_ktime_get_ns() */
	__u64 first_length; /* bytes of the first fragment */
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_FRAGMENTED_PACKETS);
	__type(key, struct fragments_key);
	__type(value, struct fragments);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} fragments SEC(".maps");

static __always_inline struct fragments_key fragments_key_of(const struct packet *packet, enum side side)
{
	struct fragments_key key = {
		.id = packet->fragment_id,
		.family = packet->family,
		.protocol = packet->fragment_protocol,
		.side = side,
	};

	__builtin_memcpy(key.source, packet->source, sizeof(key.source));
	__builtin_memcpy(key.destination, packet->destination, sizeof(key.destination));
	return key;
}

static __noinline void remember_first_fragment(const struct packet *packet, enum side side, __u64 now, bool passed)
{
	struct fragments_key key = fragments_key_of(packet, side);
	struct fragments value = {
		.expires = now + FRAGMENT_LIFETIME,
		.first_length = packet->end - packet->fragment_at,
	};

	if (passed)
		bpf_map_update_elem(&fragments, &key, &value, BPF_ANY);
	else
		bpf_map_delete_elem(&fragments, &key);
}

static __noinline bool first_fragment_passed(const struct packet *packet, enum side side, __u64 now)
{
	struct fragments_key key = fragments_key_of(packet, side);
	struct fragments *value = bpf_map_lookup_elem(&fragments, &key);

	return value && value->expires > now && packet->fragment_offset >= value->first_length;
}
