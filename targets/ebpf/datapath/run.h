/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <linux/types.h>

struct run_options {
	const char *program; /* from_pod, to_pod */
	const char *capture; /* a pcap file of Ethernet frames */
	__u32 repeat;
	__u32 ingress_ifindex; /* where the packets came in; 0: the node sent them */
};

/* Has the kernel run a program on every frame; prints `pass` or `drop` for each, and nanoseconds when repeated. */
void run_capture(const struct run_options *options);
