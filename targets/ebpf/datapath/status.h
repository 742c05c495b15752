/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Prints what is in force, and on which devices. */
void print_status(void);

/* Takes everything away: the programs from all devices, then the maps. */
void unload(void);
