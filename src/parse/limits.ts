// Bounds on what is read: hostile input ends in an error, quickly. Source: reliability study, SEC-YAML-1 to SEC-YAML-3.

/** Collections inside each other. Policies need 10; generated CRDs, which are skipped, have been seen with 60. */
export const maxDepth = 100;

/** Values that a file may gain by following its aliases and merge keys. */
export const maxExpandedNodes = 100_000;

/** UTF-16 units of one YAML document: the `yaml` library keeps a tree of it, 150 times the size of the text. */
export const maxYamlDocumentLength = 16 * 1024 * 1024;

/** UTF-16 units of one YAML file, which is read as a whole. Larger snapshots belong into JSON. */
export const maxYamlLength = 64 * 1024 * 1024;
