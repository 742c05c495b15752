// Why a peer or a port does not fit, in words: what the flow has, beside what the rule wants.
import type { PeerLack, PortCheck } from './reason.ts';
import { labelText, listText } from './words.ts';

/** Facts about the other end, one a line: `prod/web has no label name (its labels: app=web)`. */
export function peerLackTexts(lacks: readonly PeerLack[], other: string, address: string): readonly string[] {
  const labels = lacks.filter((lack) => lack.kind === 'pod-label');
  const pods = [...new Set(labels.map((lack) => lack.pod))];
  return [
    ...lacks.flatMap((lack) => (lack.kind === 'pod-label' ? [] : [peerLackText(lack, other, address)])),
    ...pods.map((pod) => labelLacksText(labels.filter((lack) => lack.pod === pod))),
  ];
}

/** What is to be said about named ports; numbers speak for themselves. */
export function portLackTexts(check: PortCheck, other: string): readonly string[] {
  const { port, lacks } = check;
  if (port.kind !== 'named') return [];
  const named = `${port.protocol} port named ${port.name}`;
  return lacks.flatMap((lack) => {
    switch (lack.kind) {
      case 'protocol':
      case 'number':
        return [];
      case 'nameless':
        return [`${other} is not a pod, and only pods have port names`];
      case 'name-undeclared':
        return [`${lack.pod} declares no ${named}`];
      case 'named-otherwise':
        return [`the ${named} is ${listText(lack.numbers.map(String), 'or')} on ${lack.pod}`];
    }
  });
}

type LabelLack = PeerLack & { readonly kind: 'pod-label' };

function labelLacksText(lacks: readonly LabelLack[]): string {
  const [first] = lacks;
  if (first === undefined) return '';
  const has = lacks.map(({ requirement, found }) => hasText(requirement.key, found));
  const missing = lacks.some((lack) => lack.found === null);
  const shown = [...first.labels.slice(0, 5), ...(first.labels.length > 5 ? ['…'] : [])].join(', ');
  const labels = shown === '' ? ' (it has no labels at all)' : ` (its labels: ${shown})`;
  return `${first.pod} has ${[...new Set(has)].join(' and ')}${missing ? labels : ''}`;
}

function peerLackText(lack: Exclude<PeerLack, LabelLack>, other: string, address: string): string {
  switch (lack.kind) {
    case 'not-a-pod':
      return `${other} is not a pod, and selectors match pods only`;
    case 'namespace':
      return `${lack.pod} is in namespace ${lack.namespace}; a podSelector alone means the policy's own namespace`;
    case 'namespace-label':
      return `namespace ${lack.namespace} has ${hasText(lack.requirement.key, lack.found)}`;
    case 'namespace-unknown':
      return `the snapshot lacks Namespace ${lack.namespace}, so its labels are unknown and do not count`;
    case 'other-family':
      return `${address} is an ${address.includes(':') ? 'IPv6' : 'IPv4'} address`;
    case 'outside':
      return `${address} is outside`;
    case 'excepted':
      return `${address} is in the exception ${lack.except}`;
  }
}

function hasText(key: string, found: string | null): string {
  return found === null ? `no label ${key}` : labelText(key, found);
}
