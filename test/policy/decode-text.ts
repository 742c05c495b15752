// Manifests in, decoded policies and what was said about them out, both in a form that a test can state by hand.
import { parseYaml } from '../../src/parse/yaml.ts';
import type { Diagnostic, Outcome } from '../../src/diagnostics/diagnostic.ts';
import { decodeNetworkPolicy, type DecodeOptions } from '../../src/policy/decode-network-policy.ts';
import type { LabelSelector } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy, Peer, PolicyPort, PolicyRule } from '../../src/policy/network-policy.ts';
import { formatAddress } from '../../src/net/address.ts';
import type { Cidr } from '../../src/net/cidr.ts';
import { positionOf, wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';

const strict: DecodeOptions = { namespace: 'default', decode: 'strict', live: false, tolerated: null };

/** Decodes the first document of a YAML text; problems of parsing come first. */
export function decodeText(text: string, options: Partial<DecodeOptions> = {}): Outcome<NetworkPolicy> {
  const parsed = parseYaml(wholeSource('policy.yaml', text));
  const [node] = parsed.value ?? [];
  const decoded =
    node === undefined ? { value: null, diagnostics: [] } : decodeNetworkPolicy(node, { ...strict, ...options });
  return { value: decoded.value, diagnostics: [...parsed.diagnostics, ...decoded.diagnostics] };
}

/** Decodes a policy called `p` whose `spec` is the given YAML in flow style (on line 4, from column 7). */
export function decodeSpec(spec: string, options: Partial<DecodeOptions> = {}): Outcome<NetworkPolicy> {
  return decodeText(manifest(spec), options);
}

export function manifest(spec: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: ${spec}\n`;
}

/** `line:column code` of each diagnostic, with `warning` behind it for warnings. */
export function places({ diagnostics }: Outcome<unknown>): readonly string[] {
  return diagnostics.map((diagnostic) => {
    const { line, column } = positionOf(must(diagnostic.span, diagnostic.code));
    return `${line}:${column} ${diagnostic.code}${diagnostic.severity === 'error' ? '' : ` ${diagnostic.severity}`}`;
  });
}

export function codes({ diagnostics }: Outcome<unknown>): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

/** The only diagnostic there is. */
export function onlyOne(outcome: Outcome<unknown>): Diagnostic {
  const [first] = outcome.diagnostics;
  if (outcome.diagnostics.length !== 1) throw new Error(`expected one diagnostic, got: ${messages(outcome)}`);
  return must(first);
}

export function messages({ diagnostics }: Outcome<unknown>): string {
  return diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n');
}

/** What a policy means, in a few words; see the tests. A decoding that failed throws. */
export function meaning(outcome: Outcome<NetworkPolicy>): unknown {
  const policy = must(outcome.value, messages(outcome));
  return {
    pods: selectorText(policy.subject),
    ingress: policy.ingress?.map(ruleText) ?? null,
    egress: policy.egress?.map(ruleText) ?? null,
  };
}

/** `peers : ports`; `*` stands for all. */
function ruleText({ peers, ports }: PolicyRule): string {
  return `${peers?.map(peerText).join(' | ') ?? '*'} : ${ports?.map(portText).join(', ') ?? '*'}`;
}

function peerText(peer: Peer): string {
  if (peer.kind === 'ipBlock') return [peer.cidr, ...peer.except].map(cidrText).join(' - ');
  const namespaces = peer.namespaceSelector === null ? 'own' : selectorText(peer.namespaceSelector);
  return `pods ${selectorText(peer.podSelector)} of ${namespaces}`;
}

function portText(port: PolicyPort): string {
  if (port.kind === 'named') return `${port.protocol} ${port.name}`;
  const { first, last } = port.range;
  return `${port.protocol} ${first === last ? String(first) : `${first}-${last}`}`;
}

function selectorText({ requirements }: LabelSelector): string {
  const texts = requirements.map(({ key, operator, values }) => [key, operator, ...values].join(' '));
  return `{${texts.join(' & ')}}`;
}

function cidrText({ base, prefixLength }: Cidr): string {
  return `${formatAddress(base)}/${prefixLength}`;
}
