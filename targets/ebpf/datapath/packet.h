/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/* The few facts about a packet that a verdict needs. parse.h finds them, everything else asks for them. */
#pragma once

#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

#define IPV4 4
#define IPV6 6

enum fragment { NOT_A_FRAGMENT, FIRST_FRAGMENT, LATER_FRAGMENT };

/* What a packet may be to a connection. */
#define BEGINS 1u /* it may be the first packet */
#define FOLLOWS 2u /* it may be a later packet of the originator */
#define ANSWERS 4u /* it may be a packet of the other side */
#define OPENS 8u /* it asks for a new connection: SYN, INIT */
#define SHAKES_HANDS 16u /* it agrees on one, and data are still to come: SYN, SYN and ACK */
#define CLOSES 32u /* it announces the end: FIN, SHUTDOWN */
#define RESETS 64u /* it is the end: RST, ABORT */

struct packet {
	__be32 source[4]; /* IPv4: the first word */
	__be32 destination[4];
	__be16 source_port; /* an ICMP query has its identifier in both */
	__be16 destination_port;
	__u8 family;
	__u8 protocol; /* of the last header */
	__u8 icmp_type;
	__u8 query; /* the type of the ICMP query that this is, or that this answers */
	__u8 roles; /* BEGINS and so on */
	__u8 fragment;
	__u8 fragment_protocol; /* of the header that was cut into fragments */
	__u8 unreadable;
	__u8 source_routed; /* the destination may be a stop on the way */
	__u32 fragment_id;
	__u32 fragment_offset; /* in bytes */
	__u32 fragment_at; /* where the cut part begins in the frame */
	__u32 transport_at; /* where the transport header begins in the frame */
	__u32 end; /* where the IP packet ends in the frame */
};

static __always_inline bool is_icmp(const struct packet *packet)
{
	return packet->protocol == (packet->family == IPV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
}
