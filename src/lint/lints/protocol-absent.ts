// L-14: TCP because nothing else is said; and port 53 without UDP. Source: S-221, S-227.
import type { Edit, Fix } from '../../diagnostics/fix.ts';
import type { MappingNode } from '../../parse/node.ts';
import type { PolicyPort } from '../../policy/network-policy.ts';
import { sharesParts } from '../edit/text-at.ts';
import { writeField } from '../edit/write-field.ts';
import { found, type Found, type Lint } from '../finding.ts';
import { fixOf } from '../fixes.ts';
import type { LintContext } from '../lint-context.ts';
import { directions, type RuleInPolicy } from '../policy-rules.ts';
import { policyKey, type NetworkPolicy } from '../../policy/network-policy.ts';
import { isGiven, mappingAt } from '../written.ts';

/** One finding a policy about protocols left out; port 53 without UDP is worse, and told for each rule. */
export const protocolAbsent: Lint = {
  id: 'L-14',
  code: 'NP6014',
  severity: 'information',
  needs: ['documents'],
  check,
};

function check(context: LintContext): readonly Found[] {
  const lonely = context.rules.flatMap(dnsOverTcpOnly);
  const known = new Set(lonely.map(({ port }) => port));
  const unsaid = context.world.policies.flatMap((policy) => unsaidProtocols(context, policy, known));
  const told = lonely.map(({ port, key }) =>
    found('NP6014', { path: port.origin.path, others: 0, dns: true }, port.origin.span, {
      policy: key,
      severity: 'warning',
    }),
  );
  return [...unsaid, ...told];
}

/** A rule for TCP 53 in a policy that has no UDP 53 in that direction. */
function dnsOverTcpOnly({ policy, key, direction, rule }: RuleInPolicy) {
  const port = rule.ports?.find((each) => isOnly53(each));
  if (port === undefined) return [];
  const others = policy[direction] ?? [];
  return others.some(({ ports }) => ports?.some(holdsUdp53) ?? true) ? [] : [{ port, key }];
}

function isOnly53(port: PolicyPort): boolean {
  return port.kind === 'range' && port.protocol === 'TCP' && port.range.first === 53 && port.range.last === 53;
}

function holdsUdp53(port: PolicyPort): boolean {
  return port.kind === 'range' && port.protocol === 'UDP' && port.range.first <= 53 && 53 <= port.range.last;
}

function unsaidProtocols(
  { documentOf }: LintContext,
  policy: NetworkPolicy,
  known: ReadonlySet<PolicyPort>,
): readonly Found[] {
  const document = documentOf(policy);
  if (document === null) return [];
  const ports = directions.flatMap((direction) => (policy[direction] ?? []).flatMap((rule) => rule.ports ?? []));
  const unsaid = ports.filter((port) => !isGiven(document, `${port.origin.path}.protocol`) && !known.has(port));
  const [first] = unsaid;
  if (first === undefined) return [];
  const { path, span } = first.origin;
  const about = { policy: policyKey(policy), fix: tcpFix(document, unsaid) };
  return [found('NP6014', { path, others: unsaid.length - 1, dns: false }, span, about)];
}

const tcp = { key: 'protocol', value: 'TCP', before: ['port', 'endPort'] } as const;

function tcpFix(document: MappingNode, ports: readonly PolicyPort[]): Fix | null {
  if (sharesParts(document)) return null;
  const edits = ports.map(({ origin }): Edit | null => {
    const mapping = mappingAt(document, origin.path);
    return mapping === null ? null : writeField(document, mapping, tcp);
  });
  const possible = edits.filter((edit) => edit !== null);
  return possible.length === 0 ? null : fixOf('write protocol: TCP', possible);
}
