/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only */
/*
 * What passes, and what never does, of the messages by which IP controls itself. Source: RFC 4890, and the meaning that
 * every netpolc target gives it.
 */
#pragma once

#include "connections.h"
#include "parse.h"
#include "policy.h"

enum control { ORDINARY, CONTROL_PASSES, CONTROL_ECHO, CONTROL_DROPPED };

/* Listener messages and neighbour discovery: without them no two machines of one link meet. */
static __always_inline bool is_discovery(const struct packet *packet)
{
	if (packet->family != IPV6 || !is_icmp(packet) || packet->unreadable || packet->fragment == LATER_FRAGMENT)
		return false;
	switch (packet->icmp_type) {
	case MLD_QUERY:
	case MLD_REPORT:
	case MLD_DONE:
	case MLD2_REPORT:
	case ND_ROUTER_SOLICIT:
	case ND_NEIGHBOUR_SOLICIT:
	case ND_NEIGHBOUR_ADVERT:
		return true;
	default:
		return false;
	}
}

static __always_inline bool is_error(const struct packet *packet)
{
	__u8 type = packet->icmp_type;

	if (packet->family == IPV4)
		return type == ICMP_UNREACHABLE || type == ICMP_TIME_EXCEEDED || type == ICMP_PARAMETER_PROBLEM;
	return type >= ICMPV6_UNREACHABLE && type <= ICMPV6_PARAMETER_PROBLEM;
}

/* Pods are no routers. */
static __always_inline bool is_of_router(const struct packet *packet)
{
	__u8 type = packet->icmp_type;

	return packet->family == IPV4 ? type == ICMP_REDIRECT : type == ND_ROUTER_ADVERT || type == ND_REDIRECT;
}

static __always_inline bool is_echo(const struct packet *packet)
{
	return packet->query == (packet->family == IPV4 ? ICMP_ECHO_REQUEST : ICMPV6_ECHO_REQUEST);
}

static __always_inline bool same_address(const __be32 *one, const __be32 *other)
{
	return one[0] == other[0] && one[1] == other[1] && one[2] == other[2] && one[3] == other[3];
}

/*
 * An error belongs to a connection when the packet quoted in it does, in either direction. It must go to whoever sent
 * that packet; and an endpoint may complain only of what was sent to it.
 */
static __noinline bool is_about_connection(struct __sk_buff *skb, struct packet *error, enum side side, __u64 now)
{
	struct packet quoted = {};
	struct connection_key key;

	if (!parse_quoted(skb, error->transport_at + sizeof(struct icmp_header), error, &quoted) ||
	    !same_address(quoted.source, error->destination) ||
	    (side == EGRESS && !same_address(quoted.destination, error->source)))
		return false;
	if (quoted.roles & ANSWERS || !quoted.query) {
		key = key_of_answered(&quoted, side);
		if (is_known(&key, now))
			return true;
	}
	if (quoted.roles & BEGINS || !quoted.query) {
		key = key_of(&quoted, other_side(side));
		return is_known(&key, now);
	}
	return false;
}

static __noinline enum control classify_control(struct __sk_buff *skb, struct packet *packet, enum side side, __u64 now)
{
	if (!is_icmp(packet))
		return ORDINARY;
	if (is_error(packet))
		return is_about_connection(skb, packet, side, now) ? CONTROL_PASSES : ORDINARY;
	if (is_discovery(packet))
		return CONTROL_PASSES;
	if (is_of_router(packet))
		return CONTROL_DROPPED;
	return is_echo(packet) ? CONTROL_ECHO : ORDINARY;
}
