// SPDX-License-Identifier: Apache-2.0
#include "run.h"
#include "machine.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* https://www.tcpdump.org/manpages/pcap-savefile.5.txt */
struct capture_header {
	__u32 magic;
	__u16 major, minor;
	__u32 reserved[2], longest, link_type;
};

struct frame_header {
	__u32 seconds, fraction, captured, length;
};

enum { LINK_TYPE_ETHERNET = 1, LONGEST_FRAME = 262144 };

/*
 * Frames without a whole IP header the kernel may refuse to test programs with. When such a frame comes from a device,
 * both programs drop it.
 */
enum { SHORTEST_TESTED = ETH_HLEN + sizeof(struct ipv6hdr) };

struct capture {
	const char *path;
	FILE *file;
	bool swapped; /* written by a machine of the other byte order */
};

static __u32 in_our_order(const struct capture *capture, __u32 number)
{
	return capture->swapped ? __builtin_bswap32(number) : number;
}

static struct capture open_capture(const char *path)
{
	struct capture capture = { .path = path, .file = fopen(path, "re") };
	struct capture_header header;

	if (!capture.file)
		fail(BAD_INPUT, "cannot read %s: %s", path, strerror(errno));
	if (fread(&header, sizeof(header), 1, capture.file) != 1)
		fail(BAD_INPUT, "%s is no pcap file", path);
	switch (header.magic) { /* micro- or nanoseconds: no matter */
	case 0xa1b2c3d4:
	case 0xa1b23c4d:
		break;
	case 0xd4c3b2a1:
	case 0x4d3cb2a1:
		capture.swapped = true;
		break;
	default:
		fail(BAD_INPUT, "%s is no pcap file (pcapng is not read; `tcpdump -r FILE -w NEW` converts)", path);
	}
	if (in_our_order(&capture, header.link_type) != LINK_TYPE_ETHERNET)
		fail(BAD_INPUT, "%s does not hold Ethernet frames", path);
	return capture;
}

/* The next frame's length, or -1 at the end. */
static int read_frame(const struct capture *capture, void *frame)
{
	struct frame_header header;
	size_t read = fread(&header, 1, sizeof(header), capture->file);
	__u32 size;

	if (read == 0 && feof(capture->file))
		return -1;
	size = in_our_order(capture, header.captured);
	if (read != sizeof(header) || size > LONGEST_FRAME || fread(frame, 1, size, capture->file) != size)
		fail(BAD_INPUT, "%s is damaged", capture->path);
	return size;
}

/*
 * The kernel tests programs on the loopback device, whose MAC address is 0. With it as destination a frame is one for
 * the node, as all that a pod sends on a link of its own. Whom the capture's frames were for, no device here would know.
 */
static void address_to_node(__u8 *frame)
{
	bool is_multicast = frame[0] & 1;

	if (!is_multicast)
		memset(frame, 0, ETH_ALEN);
}

static void run_frame(int program, __u8 *frame, int size, const struct run_options *options)
{
	struct __sk_buff context = { .ingress_ifindex = options->ingress_ifindex };
	LIBBPF_OPTS(bpf_test_run_opts, test, .data_in = frame, .data_size_in = size, .ctx_in = &context,
		    .ctx_size_in = sizeof(context), .repeat = options->repeat);
	int error;

	if (size >= ETH_ALEN)
		address_to_node(frame);
	error = bpf_prog_test_run_opts(program, &test);
	if (error == -EINVAL && size < SHORTEST_TESTED) {
		puts("drop");
		return;
	}
	if (error)
		fail_call(error, "the kernel does not test the program with a frame of %d bytes", size);
	fputs(test.retval == TC_ACT_SHOT ? "drop" : "pass", stdout);
	if (options->repeat > 1)
		printf(" %u ns", test.duration);
	fputc('\n', stdout);
}

void run_capture(const struct run_options *options)
{
	struct capture capture = open_capture(options->capture);
	__u8 *frame = malloc(LONGEST_FRAME);
	int program, size;

	lock_machine();
	open_datapath((const char *const[]){ options->program, NULL });
	program = program_of(options->program);
	while ((size = read_frame(&capture, frame)) >= 0)
		run_frame(program, frame, size, options);
	if (fflush(stdout))
		fail_call(errno, "cannot write the verdicts");
	free(frame);
}
