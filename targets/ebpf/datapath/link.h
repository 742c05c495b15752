/* SPDX-License-Identifier: Apache-2.0 */
/* What rtnetlink knows of a network interface. (/sys/class/net may show another network namespace.) */
#pragma once

#include <linux/types.h>

struct link {
	int master; /* the bridge, bond, … that it belongs to; 0: none */
	unsigned short hardware; /* ARPHRD_… */
	__u8 mac[6];
	char kind[16]; /* veth, bridge, …; empty for hardware */
};

struct link read_link(int ifindex);
