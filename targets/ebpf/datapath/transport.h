/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * From where a transport header begins to the ports in it, and to what the packet may be to a connection. What parses is
 * false when the header is not all there.
 */
#pragma once

#include <linux/tcp.h>
#include <linux/udp.h>
#include "packet.h"

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
