/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * From a frame to the few facts that a verdict needs.
 *
 * Every byte is read with bpf_skb_load_bytes, which checks bounds and finds bytes outside the linear part of a packet.
 * A packet whose IP header is sound but whose transport header is not all there is `unreadable`: its addresses are
 * known, nothing else is.
 */
#pragma once

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <stdbool.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define IPV4 4
#define IPV6 6

/* Longer chains of extension headers are not read: no honest packet has them. */
#define MAX_EXTENSION_HEADERS 8

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

enum frame { FRAME_OF_IP, FRAME_OF_ARP, FRAME_OF_SOMETHING_ELSE, FRAME_BROKEN };

/* <linux/icmp.h> needs the C library of the machine, which a BPF program has none of. RFC 792, RFC 4443. */
struct icmp_header {
	__u8 type, code;
	__be16 checksum;
	__be16 id, sequence; /* of queries */
};

enum {
	ICMP_ECHO_REPLY = 0,
	ICMP_UNREACHABLE = 3,
	ICMP_REDIRECT = 5,
	ICMP_ECHO_REQUEST = 8,
	ICMP_TIME_EXCEEDED = 11,
	ICMP_PARAMETER_PROBLEM = 12,
	ICMP_TIMESTAMP_REQUEST = 13,
	ICMP_TIMESTAMP_REPLY = 14,
	ICMP_INFORMATION_REQUEST = 15,
	ICMP_INFORMATION_REPLY = 16,
	ICMP_ADDRESS_MASK_REQUEST = 17,
	ICMP_ADDRESS_MASK_REPLY = 18,
};

enum {
	ICMPV6_UNREACHABLE = 1,
	ICMPV6_PARAMETER_PROBLEM = 4, /* and the errors between: packet too big, time exceeded */
	ICMPV6_ECHO_REQUEST = 128,
	ICMPV6_ECHO_REPLY = 129,
	MLD_QUERY = 130,
	MLD_REPORT = 131,
	MLD_DONE = 132,
	ND_ROUTER_SOLICIT = 133,
	ND_ROUTER_ADVERT = 134,
	ND_NEIGHBOUR_SOLICIT = 135,
	ND_NEIGHBOUR_ADVERT = 136,
	ND_REDIRECT = 137,
	MLD2_REPORT = 143,
};

/* RFC 4960, section 3. Linux exports no such header to user space. */
struct sctp_header {
	__be16 source, destination;
	__be32 verification_tag, checksum;
	__u8 first_chunk;
} __attribute__((packed));

enum { SCTP_INIT = 1, SCTP_ABORT = 6, SCTP_SHUTDOWN = 7, SCTP_SHUTDOWN_ACK = 8, SCTP_SHUTDOWN_COMPLETE = 14 };

/* `struct ipv6_opt_hdr` and `struct frag_hdr` are not exported either. */
struct extension_header {
	__u8 next, length;
};

struct fragment_header {
	__u8 next, reserved;
	__be16 offset_and_flags;
	__be32 id;
};

/* TCP: flags that may come together; everything else belongs to no connection (as nf_conntrack_proto_tcp.c has it). */
static __always_inline __u8 tcp_roles(const struct tcphdr *tcp)
{
	if (tcp->syn) {
		if (tcp->rst || tcp->fin)
			return 0;
		return FOLLOWS | ANSWERS | SHAKES_HANDS | (tcp->ack ? 0 : BEGINS | OPENS);
	}
	if (tcp->rst)
		return tcp->fin ? 0 : FOLLOWS | ANSWERS | RESETS;
	if (!tcp->ack)
		return 0;
	/* A lone ACK may begin: the connection is older than our memory of it. It is judged as a SYN would be. */
	return tcp->fin ? FOLLOWS | ANSWERS | CLOSES : BEGINS | FOLLOWS | ANSWERS;
}

static __always_inline __u8 sctp_roles(__u8 first_chunk)
{
	switch (first_chunk) {
	case SCTP_INIT:
		return BEGINS | FOLLOWS | ANSWERS | OPENS;
	case SCTP_ABORT:
	case SCTP_SHUTDOWN_COMPLETE:
		return FOLLOWS | ANSWERS | RESETS;
	case SCTP_SHUTDOWN:
	case SCTP_SHUTDOWN_ACK:
		return FOLLOWS | ANSWERS | CLOSES;
	default:
		return BEGINS | FOLLOWS | ANSWERS;
	}
}

/* Of the ICMP types, those that are queries begin a connection, and their replies answer it. The rest does neither. */
static __always_inline void parse_query(struct packet *packet, __be16 id)
{
	if (packet->protocol == IPPROTO_ICMP) {
		switch (packet->icmp_type) {
		case ICMP_ECHO_REQUEST:
		case ICMP_TIMESTAMP_REQUEST:
		case ICMP_INFORMATION_REQUEST:
		case ICMP_ADDRESS_MASK_REQUEST:
			packet->query = packet->icmp_type;
			packet->roles = BEGINS | FOLLOWS;
			break;
		case ICMP_ECHO_REPLY:
			packet->query = ICMP_ECHO_REQUEST;
			packet->roles = ANSWERS;
			break;
		case ICMP_TIMESTAMP_REPLY:
		case ICMP_INFORMATION_REPLY:
		case ICMP_ADDRESS_MASK_REPLY:
			packet->query = packet->icmp_type - 1;
			packet->roles = ANSWERS;
			break;
		}
	} else if (packet->icmp_type == ICMPV6_ECHO_REQUEST) {
		packet->query = ICMPV6_ECHO_REQUEST;
		packet->roles = BEGINS | FOLLOWS;
	} else if (packet->icmp_type == ICMPV6_ECHO_REPLY) {
		packet->query = ICMPV6_ECHO_REQUEST;
		packet->roles = ANSWERS;
	}
	packet->source_port = packet->destination_port = packet->query ? id : 0;
}

static __always_inline bool is_icmp(const struct packet *packet)
{
	return packet->protocol == (packet->family == IPV4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
}

/* TCP, UDP and SCTP begin with two ports. */
static __always_inline bool parse_ports(struct __sk_buff *skb, struct packet *packet)
{
	struct {
		__be16 source, destination;
	} ports;

	if (bpf_skb_load_bytes(skb, packet->transport_at, &ports, sizeof(ports)))
		return false;
	packet->source_port = ports.source;
	packet->destination_port = ports.destination;
	return true;
}

static __always_inline bool parse_icmp(struct __sk_buff *skb, struct packet *packet)
{
	struct icmp_header icmp; /* ICMPv6 has type and identifier at the same places */

	if (packet->transport_at + sizeof(icmp) > packet->end ||
	    bpf_skb_load_bytes(skb, packet->transport_at, &icmp, sizeof(icmp)))
		return false;
	packet->icmp_type = icmp.type;
	parse_query(packet, icmp.id);
	return true;
}

static __always_inline bool parse_tcp(struct __sk_buff *skb, struct packet *packet)
{
	struct tcphdr tcp;

	if (bpf_skb_load_bytes(skb, packet->transport_at, &tcp, sizeof(tcp)) || tcp.doff * 4 < sizeof(tcp) ||
	    packet->transport_at + tcp.doff * 4 > packet->end)
		return false;
	packet->roles = tcp_roles(&tcp);
	return parse_ports(skb, packet);
}

static __always_inline bool parse_udp(struct __sk_buff *skb, struct packet *packet)
{
	if (packet->transport_at + sizeof(struct udphdr) > packet->end)
		return false;
	packet->roles = BEGINS | FOLLOWS | ANSWERS;
	return parse_ports(skb, packet);
}

static __always_inline bool parse_sctp(struct __sk_buff *skb, struct packet *packet)
{
	struct sctp_header sctp;

	if (packet->transport_at + sizeof(sctp) > packet->end ||
	    bpf_skb_load_bytes(skb, packet->transport_at, &sctp, sizeof(sctp)))
		return false;
	packet->roles = sctp_roles(sctp.first_chunk);
	return parse_ports(skb, packet);
}

/* Everything else is known by its addresses alone, also ICMP in IPv6 and ICMPv6 in IPv4. */
static __always_inline bool parse_other(struct packet *packet)
{
	packet->roles = BEGINS | FOLLOWS | ANSWERS;
	return packet->transport_at <= packet->end;
}

static __always_inline bool parse_transport(struct __sk_buff *skb, struct packet *packet)
{
	if (is_icmp(packet))
		return parse_icmp(skb, packet);
	switch (packet->protocol) {
	case IPPROTO_TCP:
		return parse_tcp(skb, packet);
	case IPPROTO_UDP:
		return parse_udp(skb, packet);
	case IPPROTO_SCTP:
		return parse_sctp(skb, packet);
	default:
		return parse_other(packet);
	}
}

/* An error quotes the packet that it is about: at least eight bytes behind its IP header (RFC 792, RFC 4443). */
static __always_inline bool parse_quoted_transport(struct __sk_buff *skb, struct packet *packet)
{
	if (is_icmp(packet))
		return parse_icmp(skb, packet);
	switch (packet->protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
	case IPPROTO_SCTP:
		return parse_ports(skb, packet);
	default:
		return parse_other(packet);
	}
}

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
