// SPDX-License-Identifier: Apache-2.0
#include "machine.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The compiled programs, put here by build.sh. */
__asm__(".section .rodata\n"
	".balign 8\n"
	"object_begin: .incbin \"" OBJECT "\"\n"
	"object_end:\n"
	".previous\n");
extern const char object_begin[], object_end[];

static void say(const char *format, va_list arguments)
{
	fputs("netpolc-datapath: ", stderr);
	vfprintf(stderr, format, arguments);
}

void fail(int exit_code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(format, arguments);
	fputc('\n', stderr);
	exit(exit_code);
}

void fail_call(int error, const char *format, ...)
{
	va_list arguments;

	error = abs(error);
	va_start(arguments, format);
	say(format, arguments);
	fprintf(stderr, ": %s\n", strerror(error));
	if (error == EPERM || error == EACCES)
		fputs("  this needs root, or CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN in the first user namespace\n", stderr);
	else
		fputs("  NETPOLC_VERBOSE=1 shows what the kernel says\n", stderr);
	exit(MACHINE_FAILED);
}

static int print_when_verbose(enum libbpf_print_level level, const char *format, va_list arguments)
{
	const char *verbose = getenv("NETPOLC_VERBOSE");

	return level != LIBBPF_DEBUG && verbose && *verbose ? vfprintf(stderr, format, arguments) : 0;
}

/*
 * The lock is on the folder where the bpf file system is mounted. It can't hold plain files, and a lock elsewhere would
 * not be shared by everybody who shares these pins.
 */
void lock_machine(void)
{
	struct statfs file_system;
	int folder;

	libbpf_set_print(print_when_verbose);
	folder = open(BPF_FILE_SYSTEM, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		fail_call(errno, "cannot open %s", BPF_FILE_SYSTEM);
	if (fstatfs(folder, &file_system) || file_system.f_type != BPF_FS_MAGIC)
		fail(MACHINE_FAILED, "no bpf file system at %s\n  mount -t bpf bpf %s", BPF_FILE_SYSTEM, BPF_FILE_SYSTEM);
	while (flock(folder, LOCK_EX))
		if (errno != EINTR)
			fail_call(errno, "cannot lock %s", BPF_FILE_SYSTEM);
}

static bool has_name(const struct bpf_program *program, const char *const names[])
{
	for (; *names; names++)
		if (strcmp(*names, bpf_program__name(program)) == 0)
			return true;
	return false;
}

struct bpf_object *open_datapath(const char *const programs[])
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "netpolc", .pin_root_path = PINS);
	struct bpf_object *datapath = bpf_object__open_mem(object_begin, object_end - object_begin, &options);
	struct bpf_program *program;
	int error;

	if (!datapath)
		fail_call(errno, "cannot read the programs that this binary carries");
	bpf_object__for_each_program(program, datapath)
		bpf_program__set_autoload(program, has_name(program, programs));
	error = bpf_object__load(datapath);
	if (error == -EINVAL && access(PINS, F_OK) == 0)
		fail(MACHINE_FAILED,
		     "the kernel refuses the programs, or the maps in %s are those of another version\n"
		     "  `netpolc-datapath unload` removes them; NETPOLC_VERBOSE=1 shows what the kernel says",
		     PINS);
	if (error)
		fail_call(error, "cannot load the programs and maps");
	return datapath;
}

int map_of(const struct bpf_object *datapath, const char *name)
{
	return bpf_object__find_map_fd_by_name(datapath, name);
}
