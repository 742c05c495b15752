/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * From a frame to the facts of packet.h.
 *
 * Every byte is read with bpf_skb_load_bytes, which checks bounds and finds bytes outside the linear part of a packet.
 * A packet whose IP header is sound but whose transport header is not all there is `unreadable`: its addresses are
 * known, nothing else is.
 */
#pragma once

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>
#include "transport.h"

/* Longer chains of extension headers are not read: no honest packet has them. */
#define MAX_EXTENSION_HEADERS 8

enum frame { FRAME_OF_IP, FRAME_OF_ARP, FRAME_OF_SOMETHING_ELSE, FRAME_BROKEN };

/* What all extension headers but the fragment header begin with. */
struct extension_header {
	__u8 next, length;
};

/* Linux exports no such header to user space. RFC 8200, section 4.5. */
struct fragment_header {
	__u8 next, reserved;
	__be16 offset_and_flags;
	__be32 id;
};

/* Where the packet ends. Segments that were merged into one packet of more than 64 KiB say 0 for their length. */
static __always_inline __u32 packet_end(struct __sk_buff *skb, __u32 at, __u32 length, bool says_nothing)
{
	return says_nothing && skb->gso_size ? skb->len : at + length;
}

static __always_inline bool parse_ipv4(struct __sk_buff *skb, __u32 at, struct packet *packet)
{
	struct iphdr ip;
	__u32 offset;

	if (bpf_skb_load_bytes(skb, at, &ip, sizeof(ip)) || ip.version != 4 || ip.ihl < 5)
		return false;
	packet->family = IPV4;
	packet->source[0] = ip.saddr;
	packet->destination[0] = ip.daddr;
	packet->protocol = packet->fragment_protocol = ip.protocol;
	packet->transport_at = packet->fragment_at = at + ip.ihl * 4;
	packet->end = packet_end(skb, at, bpf_ntohs(ip.tot_len), ip.tot_len == 0);
	packet->source_routed = ip.ihl > 5; /* there are options for it */
	packet->fragment_id = ip.id;
	offset = bpf_ntohs(ip.frag_off);
	packet->fragment_offset = (offset & 0x1fff) * 8;
	if (packet->fragment_offset)
		packet->fragment = LATER_FRAGMENT;
	else if (offset & 0x2000)
		packet->fragment = FIRST_FRAGMENT;
	return packet->transport_at <= packet->end;
}

/* A fragment header with nothing cut off is an ordinary packet (RFC 6946). */
static __always_inline bool parse_fragment(struct __sk_buff *skb, struct packet *packet)
{
	struct fragment_header header;
	__u16 offset;

	if (packet->fragment_at || bpf_skb_load_bytes(skb, packet->transport_at, &header, sizeof(header)))
		return false;
	packet->transport_at += sizeof(header);
	packet->protocol = packet->fragment_protocol = header.next;
	packet->fragment_at = packet->transport_at;
	packet->fragment_id = header.id;
	offset = bpf_ntohs(header.offset_and_flags);
	packet->fragment_offset = offset & 0xfff8;
	if (packet->fragment_offset)
		packet->fragment = LATER_FRAGMENT;
	else if (offset & 1)
		packet->fragment = FIRST_FRAGMENT;
	return true;
}

static __always_inline bool parse_extension(struct __sk_buff *skb, struct packet *packet)
{
	struct extension_header header;
	bool authentication = packet->protocol == IPPROTO_AH;

	if (bpf_skb_load_bytes(skb, packet->transport_at, &header, sizeof(header)))
		return false;
	packet->transport_at += authentication ? (header.length + 2) * 4 : (header.length + 1) * 8;
	packet->protocol = header.next;
	return true;
}

/* Goes on to the transport header. False when there is none within reach: the packet is unreadable. */
static __always_inline bool skip_extensions(struct __sk_buff *skb, struct packet *packet)
{
	for (int i = 0; i <= MAX_EXTENSION_HEADERS; i++) {
		if (packet->fragment == LATER_FRAGMENT)
			return true;
		switch (packet->protocol) {
		case IPPROTO_ROUTING:
			packet->source_routed = true;
			/* fall through */
		case IPPROTO_HOPOPTS:
		case IPPROTO_DSTOPTS:
		case IPPROTO_AH:
			if (!parse_extension(skb, packet))
				return false;
			break;
		case IPPROTO_FRAGMENT:
			if (!parse_fragment(skb, packet))
				return false;
			break;
		default: /* a transport protocol, or IPPROTO_NONE */
			return true;
		}
	}
	return false;
}

static __always_inline bool parse_ipv6(struct __sk_buff *skb, __u32 at, struct packet *packet)
{
	struct ipv6hdr ip;

	if (bpf_skb_load_bytes(skb, at, &ip, sizeof(ip)) || ip.version != 6)
		return false;
	packet->family = IPV6;
	__builtin_memcpy(packet->source, &ip.saddr, sizeof(packet->source));
	__builtin_memcpy(packet->destination, &ip.daddr, sizeof(packet->destination));
	packet->protocol = ip.nexthdr;
	packet->transport_at = at + sizeof(ip);
	packet->end = packet_end(skb, at, sizeof(ip) + bpf_ntohs(ip.payload_len), ip.payload_len == 0);
	return true;
}

static __always_inline bool parse_ip(struct __sk_buff *skb, __u32 at, __u16 protocol, struct packet *packet)
{
	if (protocol == ETH_P_IP)
		return parse_ipv4(skb, at, packet);
	if (!parse_ipv6(skb, at, packet))
		return false;
	packet->unreadable = !skip_extensions(skb, packet);
	return true;
}

/*
 * Reads a frame. The kernel takes the outermost VLAN tag off before a program runs; one that it left is skipped.
 * Two tags are a frame of something else: nothing on a pod's link has a use for them.
 */
static __noinline enum frame parse_frame(struct __sk_buff *skb, struct packet *packet)
{
	struct ethhdr ethernet;
	__u32 at = sizeof(ethernet);
	__u16 protocol;

	if (bpf_skb_load_bytes(skb, 0, &ethernet, sizeof(ethernet)))
		return FRAME_BROKEN;
	protocol = bpf_ntohs(ethernet.h_proto);
	if ((protocol == ETH_P_8021Q || protocol == ETH_P_8021AD) && !skb->vlan_present) {
		__be16 tag[2];

		if (bpf_skb_load_bytes(skb, at, tag, sizeof(tag)))
			return FRAME_BROKEN;
		protocol = bpf_ntohs(tag[1]);
		at += sizeof(tag);
	}
	if (protocol == ETH_P_ARP)
		return FRAME_OF_ARP;
	if (protocol != ETH_P_IP && protocol != ETH_P_IPV6)
		return FRAME_OF_SOMETHING_ELSE;
	if (!parse_ip(skb, at, protocol, packet) || packet->end > skb->len)
		return FRAME_BROKEN;
	if (packet->fragment == LATER_FRAGMENT)
		packet->unreadable = packet->fragment_at > packet->end;
	else if (!packet->unreadable)
		packet->unreadable = !parse_transport(skb, packet);
	return FRAME_OF_IP;
}

/* Reads the packet that an ICMP error quotes; it may be cut off anywhere. */
static __noinline bool parse_quoted(struct __sk_buff *skb, __u32 at, struct packet *outer, struct packet *quoted)
{
	__u16 protocol = outer->family == IPV4 ? ETH_P_IP : ETH_P_IPV6;

	if (!parse_ip(skb, at, protocol, quoted) || quoted->unreadable || quoted->fragment == LATER_FRAGMENT)
		return false;
	return parse_quoted_transport(skb, quoted);
}
