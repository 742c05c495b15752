// Block 7: the machine: files, programs, replay.
import { entry } from './entry.ts';

export const host = {
  NP7001: entry<{ program: string }>({
    name: 'PROGRAM_MISSING',
    severity: 'error',
    message: ({ program }) => `program \`${program}\` is not installed`,
    hint: ({ program }) => `install \`${program}\``,
    explanation: 'netpolc runs the programs of the operating system and did not find this one.',
    example: null,
  }),
};
