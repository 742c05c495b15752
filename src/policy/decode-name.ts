// `metadata.name` of a policy of any kind. Source: S-112, S-701.
import { fieldOf, stringOf, type Located } from './fields.ts';
import { subdomainProblems } from './names.ts';
import type { Field } from './network-policy.ts';
import type { ProblemList } from './problem-list.ts';

/** The name, `''` when it is missing, and where the object is: path `''`, span at its name or at what should hold it. */
export function decodeName(
  object: Located,
  problems: ProblemList,
): { readonly name: string; readonly at: Located; readonly origin: Field } {
  const metadata = fieldOf(object, 'metadata');
  const field = fieldOf(metadata, 'name');
  const name = stringOf(field);
  const at = field ?? metadata ?? object;
  const generated = fieldOf(metadata, 'generateName') !== null;
  if (name === null) problems.missingIn((metadata ?? at).node.span).add('NP2004', { generated }, at.node.span);
  for (const problem of name === null ? [] : subdomainProblems(name)) {
    problems.add('NP2005', { name: name ?? '', problem }, at.node.span);
  }
  return { name: name ?? '', at, origin: { path: '', span: at.node.span } };
}
