// Block 1: reading files and text.
import { entry } from './entry.ts';

export const reading = {
  NP1001: entry<{ file: string }>({
    name: 'EMPTY_INPUT',
    severity: 'error',
    message: ({ file }) => `\`${file}\` holds no Kubernetes object`,
    hint: () => 'name a file or folder with manifests',
    explanation: 'A file or folder that was named on the command line holds nothing that netpolc could read.',
    example: null,
  }),
};
