/* SPDX-License-Identifier: Apache-2.0 */
/* Putting a generation of maps in force, and taking the others away. */
#pragma once

#include "artifact.h"

/* Fills a generation, puts it in force with one write, and removes all others. Killed anywhere: the old or the new one. */
void load_generation(const char *prefix);

/* Has the kernel take every entry; nothing stays. */
void check_generation(const char *prefix);

