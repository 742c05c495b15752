/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * What the compiler said: the maps of the generation in force, and the verdict that they give.
 *
 *   identity = peers[address], else the longest of blocks that has it, else none
 *   allowed  = members[profile's set for everything, identity], or
 *              members[ports[profile, protocol, port], identity]
 */
#pragma once

#include "layout.h"
#include "packet.h"

#define PER_GENERATION(NAME, TYPE, FLAGS, KEY, VALUE)                                                                  \
	struct NAME##_of_one_generation {                                                                              \
		__uint(type, TYPE);                                                                                    \
		__uint(map_flags, FLAGS);                                                                              \
		__uint(max_entries, 1); /* an example: the loader makes each as large as its content */                \
		__uint(key_size, sizeof(KEY));                                                                         \
		__uint(value_size, sizeof(VALUE));                                                                     \
	};                                                                                                             \
	struct {                                                                                                       \
		__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);                                                               \
		__uint(max_entries, GENERATIONS);                                                                      \
		__type(key, __u64);                                                                                    \
		__uint(pinning, LIBBPF_PIN_BY_NAME);                                                                   \
		__array(values, struct NAME##_of_one_generation);                                                      \
	} NAME SEC(".maps")

struct ipv6_address {
	__be32 words[4];
};

PER_GENERATION(config, BPF_MAP_TYPE_ARRAY, 0, __u32, struct config);
PER_GENERATION(endpoints4, BPF_MAP_TYPE_HASH, 0, __be32, struct endpoint);
PER_GENERATION(endpoints6, BPF_MAP_TYPE_HASH, 0, struct ipv6_address, struct endpoint);
PER_GENERATION(profiles, BPF_MAP_TYPE_HASH, 0, __u32, __u32);
PER_GENERATION(ports, BPF_MAP_TYPE_LPM_TRIE, BPF_F_NO_PREALLOC, struct port_key, __u32);
PER_GENERATION(peers4, BPF_MAP_TYPE_HASH, 0, __be32, __u32);
PER_GENERATION(peers6, BPF_MAP_TYPE_HASH, 0, struct ipv6_address, __u32);
PER_GENERATION(blocks4, BPF_MAP_TYPE_LPM_TRIE, BPF_F_NO_PREALLOC, struct block4_key, __u32);
PER_GENERATION(blocks6, BPF_MAP_TYPE_LPM_TRIE, BPF_F_NO_PREALLOC, struct block6_key, __u32);
PER_GENERATION(members, BPF_MAP_TYPE_HASH, 0, struct member_key, __u32);

/* The generation in force; 0 when nothing was loaded yet. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} active SEC(".maps");

/* The generation that one packet is judged by, from its first look-up to its last. */
struct rules {
	__u64 generation;
	__u32 flags;
	bool incomplete; /* a map was missing: whatever was concluded is worth nothing */
};

static __always_inline void *look_up(struct rules *rules, void *maps, const void *key)
{
	void *map = bpf_map_lookup_elem(maps, &rules->generation);

	if (!map) {
		rules->incomplete = true;
		return NULL;
	}
	return bpf_map_lookup_elem(map, key);
}

static __always_inline __u32 value_or_zero(const __u32 *value)
{
	return value ? *value : 0;
}

/* False when there is no generation in force. */
static __always_inline bool open_rules(struct rules *rules)
{
	__u32 zero = 0;
	__u64 *generation = bpf_map_lookup_elem(&active, &zero);
	struct config *found;

	rules->incomplete = false;
	rules->generation = generation ? *(volatile __u64 *)generation : 0;
	if (!rules->generation)
		return false;
	found = look_up(rules, &config, &zero);
	rules->flags = found ? found->flags : 0;
	return true;
}

static __always_inline struct endpoint *find_endpoint(struct rules *rules, __u8 family, const __be32 *address)
{
	return family == IPV4 ? look_up(rules, &endpoints4, address) : look_up(rules, &endpoints6, address);
}

static __always_inline __u32 find_identity(struct rules *rules, __u8 family, const __be32 *address)
{
	__u32 *identity;

	if (family == IPV4) {
		struct block4_key block = { .prefix_length = 32, .address = address[0] };

		identity = look_up(rules, &peers4, address);
		return value_or_zero(identity ? identity : look_up(rules, &blocks4, &block));
	} else {
		struct block6_key block = { .prefix_length = 128 };

		__builtin_memcpy(block.address, address, sizeof(block.address));
		identity = look_up(rules, &peers6, address);
		return value_or_zero(identity ? identity : look_up(rules, &blocks6, &block));
	}
}

static __always_inline bool has_member(struct rules *rules, __u32 set, __u32 identity)
{
	struct member_key key = { .set = set, .identity = identity };

	return set && look_up(rules, &members, &key);
}

static __always_inline __u32 find_set_for_port(struct rules *rules, __u32 profile, const struct packet *packet)
{
	struct port_key key = { .prefix_length = EXACT_PORT, .profile = profile };

	switch (packet->protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		key.protocol = packet->protocol;
		key.port = packet->destination_port;
	}
	return value_or_zero(look_up(rules, &ports, &key));
}

/* May the endpoints of this profile send the packet to this peer, or get it from there? */
static __noinline bool profile_allows(struct rules *rules, __u32 profile, const __be32 *peer, const struct packet *packet)
{
	__u32 identity = find_identity(rules, packet->family, peer);

	if (!identity)
		return false;
	return has_member(rules, value_or_zero(look_up(rules, &profiles, &profile)), identity) ||
	       has_member(rules, find_set_for_port(rules, profile, packet), identity);
}

/* Are both addresses of one and the same pod? It reaches itself whatever its policies say. */
static __noinline bool is_to_itself(struct rules *rules, const struct packet *packet)
{
	struct endpoint *source = find_endpoint(rules, packet->family, packet->source);
	struct endpoint *destination = find_endpoint(rules, packet->family, packet->destination);

	return source && destination && source->number == destination->number;
}
