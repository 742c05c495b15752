// SPDX-License-Identifier: Apache-2.0
#include "machine.h"

#include <bpf/bpf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

enum { MOST_MAPS = 64 }; /* of one program; far more than it has */

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

static void format_pin(char *path, size_t size, const char *program)
{
	snprintf(path, size, PINS "/%s-" VERSION, program);
}

static int open_pinned_program(const char *name)
{
	char path[PATH_MAX];

	format_pin(path, sizeof(path), name);
	return bpf_obj_get(path);
}

static bool has_name(const struct bpf_program *program, const char *const names[])
{
	for (; *names; names++)
		if (strcmp(*names, bpf_program__name(program)) == 0)
			return true;
	return false;
}

static bool is_pinned(const char *name)
{
	int fd = open_pinned_program(name);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* The maps, and those of the named programs that are not pinned. */
static struct bpf_object *load_object(const char *const programs[])
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "netpolc", .pin_root_path = PINS);
	struct bpf_object *datapath = bpf_object__open_mem(object_begin, object_end - object_begin, &options);
	struct bpf_program *program;
	int error;

	if (!datapath)
		fail_call(errno, "cannot read the programs that this binary carries");
	bpf_object__for_each_program(program, datapath)
		bpf_program__set_autoload(program,
					  has_name(program, programs) && !is_pinned(bpf_program__name(program)));
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

static bool has_map(const struct bpf_object *datapath, __u32 id)
{
	struct bpf_map *map;

	bpf_object__for_each_map(map, datapath) {
		struct bpf_map_info info = {};
		__u32 size = sizeof(info);

		if (bpf_obj_get_info_by_fd(bpf_map__fd(map), &info, &size) == 0 && info.id == id)
			return true;
	}
	return false;
}

/* Somebody may have removed the pin of a map. Then there is a new one by now, of which a pinned program knows nothing. */
static bool uses_maps_of(const struct bpf_object *datapath, int program)
{
	__u32 ids[MOST_MAPS], size = sizeof(struct bpf_prog_info);
	struct bpf_prog_info info = { .nr_map_ids = MOST_MAPS, .map_ids = (unsigned long)ids };

	if (bpf_obj_get_info_by_fd(program, &info, &size) || info.nr_map_ids > MOST_MAPS)
		return false;
	for (__u32 i = 0; i < info.nr_map_ids; i++)
		if (!has_map(datapath, ids[i]))
			return false;
	return true;
}

/* Removes a program's pins, of any version. */
static void unpin_program(const char *name)
{
	size_t length = strlen(name);
	DIR *folder = opendir(PINS);
	struct dirent *entry;

	if (!folder)
		fail_call(errno, "cannot open %s", PINS);
	while ((entry = readdir(folder)))
		if (strncmp(entry->d_name, name, length) == 0 && entry->d_name[length] == '-')
			unlinkat(dirfd(folder), entry->d_name, 0);
	closedir(folder);
}

static bool removes_stale_pin(const struct bpf_object *datapath, const char *name)
{
	int program = open_pinned_program(name);
	bool is_stale = program >= 0 && !uses_maps_of(datapath, program);

	if (program >= 0)
		close(program);
	if (is_stale)
		unpin_program(name);
	return is_stale;
}

static void pin_program(const struct bpf_program *program)
{
	char path[PATH_MAX];
	int error;

	unpin_program(bpf_program__name(program));
	format_pin(path, sizeof(path), bpf_program__name(program));
	error = bpf_obj_pin(bpf_program__fd(program), path);
	if (error)
		fail_call(error, "cannot pin %s", path);
}

struct bpf_object *open_datapath(const char *const programs[])
{
	struct bpf_object *datapath = load_object(programs);
	struct bpf_program *program;
	bool is_stale = false;

	for (const char *const *name = programs; *name; name++)
		is_stale |= removes_stale_pin(datapath, *name);
	if (is_stale) {
		bpf_object__close(datapath);
		datapath = load_object(programs);
	}
	bpf_object__for_each_program(program, datapath)
		if (bpf_program__fd(program) >= 0)
			pin_program(program);
	return datapath;
}

int map_of(const struct bpf_object *datapath, const char *name)
{
	return bpf_object__find_map_fd_by_name(datapath, name);
}

int program_of(const char *name)
{
	int program = open_pinned_program(name);

	if (program < 0)
		fail_call(program, "cannot open the pinned program %s", name);
	return program;
}
