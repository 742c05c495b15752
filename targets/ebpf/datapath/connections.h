/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * Connection tracking, with the meaning of netfilter's: the first packet is judged, and judged again whenever the
 * originator repeats it, until the other side has answered. From then on both directions pass.
 *
 * The one difference is that an entry says which side judged. Traffic between two local pods is judged twice, for egress
 * of its source and for ingress of its destination, and what one side remembers must not excuse it from the other.
 */
#pragma once

#include "packet.h"

/* Entries, and the oldest make room for new ones. */
#ifndef MAX_CONNECTIONS
#define MAX_CONNECTIONS 262144
#endif

/* In nanoseconds. Tests make time fly. */
#ifndef SECOND
#define SECOND 1000000000ull
#endif

enum side { EGRESS = 1, INGRESS = 2 };

static __always_inline enum side other_side(enum side side)
{
	return side == EGRESS ? INGRESS : EGRESS;
}

/* As the originator's packets have it. */
struct connection_key {
	__be32 source[4];
	__be32 destination[4];
	__be16 source_port;
	__be16 destination_port;
	__u8 side; /* who judged: the source's endpoint (EGRESS) or the destination's (INGRESS) */
	__u8 family;
	__u8 protocol;
	__u8 query;
};

struct connection {
	__u64 expires; /* bpf_ktime_get_ns() */
	__u8 answered; /* the other side has sent something */
	__u8 ending; /* CLOSES, RESETS */
	__u8 zero[6];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, MAX_CONNECTIONS);
	__type(key, struct connection_key);
	__type(value, struct connection);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} connections SEC(".maps");

/* The connection that this packet would be the originator's packet of. */
static __always_inline struct connection_key key_of(const struct packet *packet, enum side side)
{
	struct connection_key key = {
		.source_port = packet->source_port,
		.destination_port = packet->destination_port,
		.side = side,
		.family = packet->family,
		.protocol = packet->protocol,
		.query = packet->query,
	};

	__builtin_memcpy(key.source, packet->source, sizeof(key.source));
	__builtin_memcpy(key.destination, packet->destination, sizeof(key.destination));
	return key;
}

/* The connection that this packet would answer: its ends are exchanged. */
static __always_inline struct connection_key key_of_answered(const struct packet *packet, enum side side)
{
	struct connection_key key = key_of(packet, side);

	key.source_port = packet->destination_port;
	key.destination_port = packet->source_port;
	__builtin_memcpy(key.source, packet->destination, sizeof(key.source));
	__builtin_memcpy(key.destination, packet->source, sizeof(key.destination));
	return key;
}

static __always_inline struct connection *find(const struct connection_key *key, __u64 now)
{
	struct connection *connection = bpf_map_lookup_elem(&connections, key);

	return connection && connection->expires > now ? connection : NULL;
}

/* Seconds until a silent connection is forgotten: the defaults of nf_conntrack, with fewer states. */
static __always_inline __u64 lifetime(const struct connection *connection, const struct packet *packet)
{
	switch (packet->protocol) {
	case IPPROTO_TCP:
		if (connection->ending)
			return connection->ending & RESETS ? 10 : 120;
		if (!connection->answered)
			return 120;
		return packet->roles & SHAKES_HANDS ? 60 : 432000;
	case IPPROTO_SCTP:
		if (connection->ending)
			return 10;
		return connection->answered ? 210 : 30;
	case IPPROTO_UDP:
		return connection->answered ? 120 : 30;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return 30;
	default:
		return 600;
	}
}

static __always_inline void refresh(struct connection *connection, const struct packet *packet, __u64 now)
{
	connection->ending |= packet->roles & (CLOSES | RESETS);
	connection->expires = now + lifetime(connection, packet) * SECOND;
}

/* Does it answer a connection that the other side's judge let begin? */
static __always_inline bool answers_connection(const struct packet *packet, enum side side, __u64 now)
{
	struct connection_key key;
	struct connection *connection;

	if (!(packet->roles & ANSWERS))
		return false;
	key = key_of_answered(packet, other_side(side));
	connection = find(&key, now);
	if (!connection)
		return false;
	/* A SYN answers only a SYN, when both sides open at once. Later, it is somebody who wants a connection anew. */
	if (packet->roles & OPENS && connection->answered)
		return false;
	if (packet->roles & RESETS && !connection->answered) {
		bpf_map_delete_elem(&connections, &key);
		return true;
	}
	connection->answered = 1;
	refresh(connection, packet, now);
	return true;
}

/* Is it the originator's, and has the other side answered? */
static __always_inline bool continues_connection(const struct packet *packet, enum side side, __u64 now)
{
	struct connection_key key;
	struct connection *connection;

	if (!(packet->roles & FOLLOWS))
		return false;
	key = key_of(packet, side);
	connection = find(&key, now);
	if (!connection || !connection->answered)
		return false;
	if (packet->roles & OPENS && connection->ending) {
		bpf_map_delete_elem(&connections, &key);
		return false;
	}
	refresh(connection, packet, now);
	return true;
}

/* Does the packet belong to a connection that both sides know of? Such packets pass without a look at the policy. */
static __noinline bool is_established(const struct packet *packet, enum side side, __u64 now)
{
	return answers_connection(packet, side, now) || continues_connection(packet, side, now);
}

/* Remembers a packet that was judged and let through. */
static __noinline void remember(const struct packet *packet, enum side side, __u64 now)
{
	struct connection_key key = key_of(packet, side);
	struct connection *connection = find(&key, now);
	struct connection begun = {};

	if (connection && packet->roles & FOLLOWS && !(packet->roles & OPENS)) {
		refresh(connection, packet, now);
	} else if (packet->roles & BEGINS) {
		refresh(&begun, packet, now);
		bpf_map_update_elem(&connections, &key, &begun, BPF_ANY);
	}
}

/*
 * What the destination refuses did not begin at its source either; otherwise the destination could answer it. Unless the
 * destination let it through before: netfilter, too, goes on waiting for the answer then.
 */
static __noinline void forget_refused(const struct packet *packet, __u64 now)
{
	struct connection_key key = key_of(packet, INGRESS);
	struct connection *connection;

	if (find(&key, now))
		return;
	key.side = EGRESS;
	connection = find(&key, now);
	if (connection && !connection->answered)
		bpf_map_delete_elem(&connections, &key);
}

static __always_inline bool is_known(const struct connection_key *key, __u64 now)
{
	return find(key, now) != NULL;
}
