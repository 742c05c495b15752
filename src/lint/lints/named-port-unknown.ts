// L-15: a named port that the destination does not declare. Source: S-250 to S-257.
import { nearest } from '../../diagnostics/nearest.ts';
import type { PolicyPort } from '../../policy/network-policy.ts';
import { groupBy } from '../../collections/get-or-make.ts';
import type { Pod } from '../../snapshot/snapshot.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import type { RuleInPolicy } from '../policy-rules.ts';
import { someOf } from '../words.ts';

/** That only some pods declare it is told where the policy names pods by labels; of whole namespaces only some are meant. */
export const namedPortUnknown: Lint = {
  id: 'L-15',
  code: 'NP6015',
  severity: 'warning',
  needs: ['pods'],
  check,
};

type NamedPort = Extract<PolicyPort, { kind: 'named' }>;

function check(context: LintContext): readonly Found[] {
  return context.rules.flatMap((each) =>
    (each.rule.ports ?? []).flatMap((port) => (port.kind === 'named' ? checkPort(context, each, port) : [])),
  );
}

function checkPort(context: LintContext, rule: RuleInPolicy, port: NamedPort): readonly Found[] {
  const { name, protocol, origin } = port;
  const destinations = context.destinationsOf(rule);
  const all = sum(destinations.map(({ count }) => count));
  const having = sum(destinations.map((each) => each.named(name, protocol)));
  const some = destinations.filter((each) => each.byLabels && each.named(name, protocol) < each.count);
  if (all === 0 || (having > 0 && some.length === 0)) return [];
  const pods = having > 0 ? [] : destinations.flatMap((each) => each.pods());
  const without = some.flatMap((each) => each.pods()).filter((pod) => !declares(pod, port));
  const names = having === 0 ? null : someOf([...groupBy(without, workloadOf).keys()]);
  const guess = likelyPort(pods, port);
  const hint = guess === null ? {} : { hint: guess };
  return [
    found('NP6015', { path: origin.path, name, protocol, all, without: names }, origin.span, {
      policy: rule.key,
      ...hint,
    }),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function declares({ namedPorts }: Pod, { name, protocol }: NamedPort): boolean {
  return namedPorts.some((port) => port.name === name && port.protocol === protocol);
}

function workloadOf({ namespace, workload }: Pod): string {
  return `\`${namespace}/${workload}\``;
}

function likelyPort(pods: readonly Pod[], { name, protocol }: NamedPort): string | null {
  const declared = pods.flatMap(({ namedPorts }) => namedPorts);
  const other = declared.find((port) => port.name === name);
  if (other !== undefined) return `"${name}" is a ${other.protocol} port: write \`protocol: ${other.protocol}\``;
  const names = declared.flatMap((port) => (port.protocol === protocol ? [port.name] : []));
  const guess = nearest(name, [...new Set(names)]);
  return guess === null ? null : `did you mean "${guess}"?`;
}
