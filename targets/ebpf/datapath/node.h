/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * Which packets come from the node itself, and which go to it. Both are told by the way that a packet takes; an address
 * could be forged, or become a pod's by translation.
 */
#pragma once

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <bpf/bpf_endian.h>
#include "packet.h"

#ifndef AF_INET
#define AF_INET 2
#define AF_INET6 10
#endif

#define MAX_BRIDGE_PORTS 4096

/* The bridge that an attached port belongs to. `attach` writes it down: a program can't ask for it. */
struct bridge {
	__u32 ifindex;
	__u16 mac[ETH_ALEN / 2];
	__u16 zero;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_BRIDGE_PORTS);
	__type(key, __u32); /* ifindex of the port */
	__type(value, struct bridge);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} bridges SEC(".maps");

/*
 * A packet that came in by some interface carries that interface's number to the end. Linux forgets it in one case: when
 * it puts the fragments of a forwarded IPv6 packet together and cuts them anew (connection tracking and a bridge that
 * floods, for example). Those have no socket either; fragments of the node's own have one. The few of those that lost
 * theirs, copies that a bridge floods, are judged like other packets.
 */
static __always_inline bool is_from_node(struct __sk_buff *skb, const struct packet *packet)
{
	return skb->ingress_ifindex == 0 && (packet->fragment == NOT_A_FRAGMENT || skb->sk);
}

/* `volatile` keeps the compiler from adding to the pointer first, which the verifier does not like. */
static __always_inline __u32 ifindex_of(struct __sk_buff *skb)
{
	return *(volatile __u32 *)&skb->ifindex;
}

static __always_inline struct bridge *find_bridge(struct __sk_buff *skb)
{
	__u32 ifindex = ifindex_of(skb);

	return bpf_map_lookup_elem(&bridges, &ifindex);
}

/* Is the frame for the node's own interface, and not for a neighbour on its bridge? */
static __always_inline bool is_frame_for_node(struct __sk_buff *skb, const struct bridge *bridge)
{
	__u16 mac[ETH_ALEN / 2];

	if (skb->pkt_type == PACKET_HOST)
		return true;
	if (!bridge || bpf_skb_load_bytes(skb, 0, mac, sizeof(mac)))
		return false;
	return mac[0] == bridge->mac[0] && mac[1] == bridge->mac[1] && mac[2] == bridge->mac[2];
}

/* Does the packet end at the node? Asks the routing tables, as the kernel will when it has the packet. */
static __noinline bool is_to_node(struct __sk_buff *skb, const struct packet *packet)
{
	struct bridge *bridge = find_bridge(skb);
	struct bpf_fib_lookup route = {};

	if (packet->source_routed || !is_frame_for_node(skb, bridge))
		return false;
	route.ifindex = bridge ? bridge->ifindex : ifindex_of(skb);
	route.l4_protocol = packet->protocol;
	route.sport = packet->source_port;
	route.dport = packet->destination_port;
	if (packet->family == IPV4) {
		route.family = AF_INET;
		route.ipv4_src = packet->source[0];
		route.ipv4_dst = packet->destination[0];
	} else {
		route.family = AF_INET6;
		__builtin_memcpy(route.ipv6_src, packet->source, sizeof(route.ipv6_src));
		__builtin_memcpy(route.ipv6_dst, packet->destination, sizeof(route.ipv6_dst));
	}
	switch (bpf_fib_lookup(skb, &route, sizeof(route), 0)) {
	case BPF_FIB_LKUP_RET_NOT_FWDED: /* an address of the node, or no way to anywhere */
		return true;
	case BPF_FIB_LKUP_RET_FWD_DISABLED: /* IPv4 goes no further then; for IPv6 another switch decides */
		return packet->family == IPV4;
	default:
		return false;
	}
}

static __always_inline bool is_link_local(const __be32 *address)
{
	return (address[0] & bpf_htonl(0xffc00000)) == bpf_htonl(0xfe800000);
}

/*
 * Link-local packets pass between ports of a bridge only: no router forwards them. What a pod sends to the node's own
 * interface, or to everybody on the link, goes on; `to_pod` stops the copies that would reach other pods.
 */
static __always_inline bool is_forwarded_link_local(struct __sk_buff *skb, const struct packet *packet, bool from_pod)
{
	struct bridge *bridge;

	if (packet->family != IPV6 || (!is_link_local(packet->source) && !is_link_local(packet->destination)))
		return false;
	if (!from_pod)
		return true;
	bridge = find_bridge(skb);
	return bridge && skb->pkt_type == PACKET_OTHERHOST && !is_frame_for_node(skb, bridge);
}
