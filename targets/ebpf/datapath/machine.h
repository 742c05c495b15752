/* SPDX-License-Identifier: Apache-2.0 */
/* The machine: how commands end, who may change the pinned maps, and the programs and maps themselves. */
#pragma once

#include <bpf/libbpf.h>

#define BPF_FILE_SYSTEM "/sys/fs/bpf"
#define PINS BPF_FILE_SYSTEM "/netpolc"

/* Exit codes, as those of netpolc itself. */
enum { WRONG_USAGE = 2, BAD_INPUT = 3, MACHINE_FAILED = 4 };

/* Says what is wrong and what to do, and ends the process. */
_Noreturn void fail(int exit_code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for a system call that failed; `error` is an errno, of either sign. */
_Noreturn void fail_call(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Held until the process ends: one command at a time changes what is pinned. */
void lock_machine(void);

/*
 * Opens the permanent maps, creating and pinning those that are missing, and the named programs (the last name is NULL).
 * The kernel takes a while to verify a program, so those of this version are pinned too. The caller holds the lock.
 */
struct bpf_object *open_datapath(const char *const programs[]);

/* The file descriptor of one of its maps. */
int map_of(const struct bpf_object *datapath, const char *name);

/* The file descriptor of a program that open_datapath() was asked for. */
int program_of(const char *name);
