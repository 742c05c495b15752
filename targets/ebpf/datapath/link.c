// SPDX-License-Identifier: Apache-2.0
#include "link.h"
#include "machine.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
	struct nlmsghdr header;
	struct ifinfomsg link;
};

static void read_kind(struct link *link, struct rtattr *info)
{
	int left = RTA_PAYLOAD(info);

	for (struct rtattr *at = RTA_DATA(info); RTA_OK(at, left); at = RTA_NEXT(at, left))
		if (at->rta_type == IFLA_INFO_KIND)
			strncpy(link->kind, RTA_DATA(at), sizeof(link->kind) - 1);
}

static void read_attribute(struct link *link, struct rtattr *attribute)
{
	switch (attribute->rta_type & NLA_TYPE_MASK) {
	case IFLA_MASTER:
		memcpy(&link->master, RTA_DATA(attribute), sizeof(link->master));
		break;
	case IFLA_ADDRESS:
		if (RTA_PAYLOAD(attribute) == sizeof(link->mac))
			memcpy(link->mac, RTA_DATA(attribute), sizeof(link->mac));
		break;
	case IFLA_LINKINFO:
		read_kind(link, attribute);
		break;
	}
}

static struct link parse_answer(struct nlmsghdr *header)
{
	struct ifinfomsg *info = NLMSG_DATA(header);
	struct link link = { .hardware = info->ifi_type };
	int left = IFLA_PAYLOAD(header);

	for (struct rtattr *at = IFLA_RTA(info); RTA_OK(at, left); at = RTA_NEXT(at, left))
		read_attribute(&link, at);
	return link;
}

struct link read_link(int ifindex)
{
	struct request request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETLINK, .nlmsg_flags = NLM_F_REQUEST },
		.link = { .ifi_family = AF_UNSPEC, .ifi_index = ifindex },
	};
	static char answer[32768] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct nlmsghdr *header = (struct nlmsghdr *)answer;
	int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	ssize_t size;

	if (netlink < 0 || send(netlink, &request, sizeof(request), 0) < 0 ||
	    (size = recv(netlink, answer, sizeof(answer), 0)) < 0)
		fail_call(errno, "cannot ask about device %d", ifindex);
	close(netlink);
	if (!NLMSG_OK(header, size) || header->nlmsg_type != RTM_NEWLINK)
		fail(MACHINE_FAILED, "device %d is gone", ifindex);
	return parse_answer(header);
}
