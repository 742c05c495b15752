// Shell scripts as they are written for users: one file each, which needs no other. In the sources, what scripts have in
// common is a file of its own, which they read: `. ./common.sh`.
import scriptBegin from './script-begin.sh';
import unknownConnections from './unknown-connections.sh';

const sharedParts: Readonly<Record<string, string>> = {
  '../shared/script-begin.sh': scriptBegin,
  '../shared/unknown-connections.sh': unknownConnections,
};

/** The script with the text of every file in the place where it is read. Throws for one that is neither shared nor in `parts`. */
export function completeScript(source: string, parts: Readonly<Record<string, string>> = {}): string {
  const texts = { ...sharedParts, ...parts };
  return source.replace(/^\. (\S+)\n/gm, (_, path: string) => {
    const text = texts[path];
    if (text === undefined) throw new Error(`a script reads \`${path}\``);
    return text;
  });
}
