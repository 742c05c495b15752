// SPDX-License-Identifier: Apache-2.0
/* The command line of netpolc-datapath. */
#include "attach.h"
#include "generation.h"
#include "machine.h"
#include "run.h"
#include "status.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
	"usage: netpolc-datapath load PREFIX      put the maps PREFIXmanifest, PREFIX*.keys, … in force\n"
	"       netpolc-datapath check PREFIX     ask the kernel whether it takes them; change nothing\n"
	"       netpolc-datapath attach DEV…      judge what comes from and goes to the pods behind DEV\n"
	"       netpolc-datapath detach DEV…      judge it no longer\n"
	"       netpolc-datapath status           what is in force, and where\n"
	"       netpolc-datapath unload           detach from every device and remove the maps\n"
	"       netpolc-datapath run from|to CAPTURE.pcap [--repeat N] [--ingress-ifindex N]\n"
	"                                         what becomes of captured packets; 0: the node sent them\n";

static _Noreturn void fail_usage(const char *what)
{
	fprintf(stderr, "netpolc-datapath: %s\n%s", what, usage);
	exit(WRONG_USAGE);
}

static __u32 parse_number(const char *text)
{
	char *end;
	unsigned long number;

	errno = 0;
	number = strtoul(text, &end, 10);
	if (errno || end == text || *end || *text == '-' || number > INT_MAX)
		fail_usage("a number is expected behind an option");
	return number;
}

/* `run from|to CAPTURE.pcap [--repeat N] [--ingress-ifindex N]` */
static void run(char **arguments, int count)
{
	struct run_options options = { .repeat = 1, .ingress_ifindex = 1 };

	if (count < 2)
		fail_usage("`run` takes `from` or `to` and a pcap file");
	if (strcmp(arguments[0], "from") == 0)
		options.program = "from_pod";
	else if (strcmp(arguments[0], "to") == 0)
		options.program = "to_pod";
	else
		fail_usage("`run` takes `from` or `to` first");
	options.capture = arguments[1];
	for (int i = 2; i < count; i += 2) {
		if (i + 1 == count)
			fail_usage("an option lacks its number");
		if (strcmp(arguments[i], "--repeat") == 0)
			options.repeat = parse_number(arguments[i + 1]);
		else if (strcmp(arguments[i], "--ingress-ifindex") == 0)
			options.ingress_ifindex = parse_number(arguments[i + 1]);
		else
			fail_usage("`run` knows no such option");
	}
	run_capture(&options);
}

static const char *only(char **arguments, int count)
{
	if (count != 1)
		fail_usage("one PREFIX is expected, as in `load rules/node1.`");
	return arguments[0];
}

static void some(int count)
{
	if (count == 0)
		fail_usage("at least one device is expected");
}

static void none(int count)
{
	if (count)
		fail_usage("nothing is expected behind this command");
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	char **arguments = argv + 2;
	int count = argc - 2;

	if (strcmp(command, "load") == 0)
		load_generation(only(arguments, count));
	else if (strcmp(command, "check") == 0)
		check_generation(only(arguments, count));
	else if (strcmp(command, "attach") == 0)
		some(count), attach_devices(arguments, count);
	else if (strcmp(command, "detach") == 0)
		some(count), detach_devices(arguments, count);
	else if (strcmp(command, "status") == 0)
		none(count), print_status();
	else if (strcmp(command, "unload") == 0)
		none(count), unload();
	else if (strcmp(command, "run") == 0)
		run(arguments, count);
	else if (strcmp(command, "help") == 0 || strcmp(command, "--help") == 0)
		fputs(usage, stdout);
	else
		fail_usage(*command ? "there is no such command" : "a command is expected");
	return 0;
}
