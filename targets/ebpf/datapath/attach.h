/* SPDX-License-Identifier: Apache-2.0 */
/* The programs on devices. All or none of the given ones. */
#pragma once

/* Puts both programs on each device, replacing those that an earlier version put there. */
void attach_devices(char *const names[], int count);

/* Takes our programs away, and nobody else's. It is no error when there are none. */
void detach_devices(char *const names[], int count);

/* Calls back for every device of this network namespace that has one of our programs. */
void each_attached_device(void (*found)(const char *name));

/* Takes our programs off every device of this network namespace. */
void detach_everywhere(void);
