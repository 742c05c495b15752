// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/*
 * The reference datapath: two programs for the node's end of a pod's link (a veth, or a port of a bridge).
 *
 *   from_pod   at tc ingress   judges egress, by the source address
 *   to_pod     at tc egress    judges ingress, by the destination address
 *
 * Both go by addresses alone, so any number of pods may share a link, and a packet between two local pods meets both.
 * See README.md for the decisions.
 */
#include "connections.h"
#include "fragments.h"
#include "icmp.h"
#include "layout.h"
#include "node.h"
#include "parse.h"
#include "policy.h"

#include <linux/pkt_cls.h>

/* Who comes after us may still refuse: like an nftables accept, our pass is not the last word. */
#define PASS TC_ACT_UNSPEC
#define DROP TC_ACT_SHOT

/* The profile that restricts this packet on this side; 0 when nothing does. */
static __noinline __u32 find_profile(struct rules *rules, const struct packet *packet, enum side side)
{
	const __be32 *address = side == EGRESS ? packet->source : packet->destination;
	struct endpoint *endpoint = find_endpoint(rules, packet->family, address);

	if (!endpoint)
		return 0;
	return side == EGRESS ? endpoint->egress_profile : endpoint->ingress_profile;
}

/* What the policy says, for a packet that belongs to no connection yet. */
static __always_inline bool policy_allows(struct __sk_buff *skb, struct rules *rules, const struct packet *packet,
					  enum side side)
{
	__u32 profile = find_profile(rules, packet, side);

	if (!profile)
		return true;
	if (packet->unreadable)
		return false;
	if (profile_allows(rules, profile, side == EGRESS ? packet->destination : packet->source, packet))
		return true;
	if (is_to_itself(rules, packet))
		return true;
	return side == EGRESS && rules->flags & EGRESS_TO_OWN_NODE_PASSES && is_to_node(skb, packet);
}

static __always_inline bool is_hidden_link_local(struct __sk_buff *skb, const struct rules *rules,
						 const struct packet *packet, enum side side)
{
	return rules->flags & DROP_LINK_LOCAL && is_forwarded_link_local(skb, packet, side == EGRESS);
}

/* What control messages, link-local addresses and the policy say, in this order. */
static __always_inline bool is_allowed(struct __sk_buff *skb, struct rules *rules, struct packet *packet,
				       enum side side, __u64 now)
{
	enum control control = packet->unreadable ? ORDINARY : classify_control(skb, packet, side, now);

	if (control == CONTROL_PASSES || (control == CONTROL_ECHO && rules->flags & ICMP_ECHO_PASSES))
		return true;
	if (control == CONTROL_DROPPED)
		return false;
	if (is_hidden_link_local(skb, rules, packet, side))
		return false;
	return policy_allows(skb, rules, packet, side);
}

/* A whole packet, or the first fragment of one. */
static __noinline bool judge_packet(struct __sk_buff *skb, struct rules *rules, struct packet *packet, enum side side)
{
	__u64 now = bpf_ktime_get_ns();
	bool passes = true;

	if (!is_established(packet, side, now)) {
		passes = is_allowed(skb, rules, packet, side, now);
		if (rules->incomplete)
			return false;
		if (passes)
			remember(packet, side, now);
		else if (side == INGRESS)
			forget_refused(packet, now);
	}
	if (packet->fragment == FIRST_FRAGMENT)
		remember_first_fragment(packet, side, now, passes);
	return passes;
}

/* It has no ports: it goes the way of its first one. Where nothing is restricted, nobody needs to know. */
static __noinline bool judge_later_fragment(struct __sk_buff *skb, struct rules *rules, const struct packet *packet,
					    enum side side)
{
	if (!packet->unreadable && first_fragment_passed(packet, side, bpf_ktime_get_ns()))
		return true;
	return !find_profile(rules, packet, side) && !is_hidden_link_local(skb, rules, packet, side);
}

/*
 * One packet, one generation. A map that is missing means that `active` was read while it was being written, or that
 * somebody removed a generation too early: once more, with what is in force by now. Never passes on half an answer.
 */
static __always_inline bool judge(struct __sk_buff *skb, struct packet *packet, enum side side)
{
	for (int attempt = 0; attempt < 2; attempt++) {
		struct rules rules = {};
		bool passes;

		if (!open_rules(&rules))
			return is_discovery(packet);
		if (rules.incomplete)
			continue;
		passes = packet->fragment == LATER_FRAGMENT ? judge_later_fragment(skb, &rules, packet, side) :
							      judge_packet(skb, &rules, packet, side);
		if (!rules.incomplete)
			return passes;
	}
	return false;
}

SEC("tc")
int from_pod(struct __sk_buff *skb)
{
	struct packet packet = {};

	switch (parse_frame(skb, &packet)) {
	case FRAME_OF_ARP:
		return PASS;
	case FRAME_OF_IP:
		return judge(skb, &packet, EGRESS) ? PASS : DROP;
	default:
		return DROP;
	}
}

/* The node reaches its own pods, and they may answer. */
static __always_inline int pass_from_node(const struct packet *packet)
{
	__u64 now = bpf_ktime_get_ns();

	if (packet->fragment != LATER_FRAGMENT && !packet->unreadable && !is_established(packet, INGRESS, now))
		remember(packet, INGRESS, now);
	return PASS;
}

SEC("tc")
int to_pod(struct __sk_buff *skb)
{
	struct packet packet = {};
	enum frame frame = parse_frame(skb, &packet);

	if (frame == FRAME_OF_ARP)
		return PASS;
	if (is_from_node(skb, &packet))
		return frame == FRAME_OF_IP ? pass_from_node(&packet) : PASS;
	return frame == FRAME_OF_IP && judge(skb, &packet, INGRESS) ? PASS : DROP;
}

/* The kernel asks: it lends bpf_fib_lookup and others to such programs only. See the first line of each file. */
char LICENSE[] SEC("license") = "GPL";
