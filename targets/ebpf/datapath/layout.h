/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * The map layout, version 1: all that the compiler's output, the loader and the programs have in common.
 *
 * Ten maps hold what one compilation says; together they are a generation. They are inner maps: for each name there is
 * one permanent hash of maps, keyed by generation number. `active` names the generation in force, so that a single
 * write switches all ten.
 *
 * Numbers are little-endian, addresses and ports are in network order.
 */
#pragma once

#include <linux/types.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the layout is little-endian, like every machine that Kubernetes commonly runs on"
#endif

#define LAYOUT_VERSION 1

/* What one load leaves behind is at most an old and a new generation, and a third one that was killed half way. */
#define GENERATIONS 8

/* config: the one entry of a generation that every packet reads. */
struct config {
	__u32 version;
	__u32 flags;
	__u8 digest[32];
};

#define ICMP_ECHO_PASSES 1u
#define EGRESS_TO_OWN_NODE_PASSES 2u
#define DROP_LINK_LOCAL 4u

/* endpoints4, endpoints6: address → who it is. Only endpoints that are restricted in some direction; profile 0 is open. */
struct endpoint {
	__u32 number;
	__u32 egress_profile;
	__u32 ingress_profile;
};

/* ports: what of a profile is allowed to the members of one set. */
struct port_key {
	__u32 prefix_length;
	__u32 profile;
	__u8 protocol; /* 6, 17, 132, or 0 for every other one */
	__u8 zero;
	__be16 port;
};

#define EXACT_PORT 64 /* bits of port_key behind prefix_length */

/* blocks4, blocks6: CIDRs → identity. */
struct block4_key {
	__u32 prefix_length;
	__be32 address;
};

struct block6_key {
	__u32 prefix_length;
	__be32 address[4];
};

/* members: which identities a set has. */
struct member_key {
	__u32 set;
	__u32 identity;
};

_Static_assert(sizeof(struct config) == 40, "config");
_Static_assert(sizeof(struct endpoint) == 12, "endpoint");
_Static_assert(sizeof(struct port_key) == 12, "port_key");
_Static_assert(sizeof(struct block4_key) == 8, "block4_key");
_Static_assert(sizeof(struct block6_key) == 20, "block6_key");
_Static_assert(sizeof(struct member_key) == 8, "member_key");
