// Bugs in the IR: its ids, its evaluation, its invariants, and what the pipeline does about errors.
import type { Mutant } from '../mutant.ts';
import { byHand, golden, randomWorlds } from '../proofs.ts';

const ids = 'src/ir/ids.ts';
const evaluate = 'src/ir/evaluate.ts';
const check = 'src/ir/check.ts';

export const irMutants: readonly Mutant[] = [
  {
    id: 'the-profile-hash-lacks-the-direction',
    sentence: 'An ingress and an egress profile of equal content have one id.',
    breaks: ['TH-07', 'S-226'],
    file: ids,
    find: "contentHash(['netpolc/profile', direction, every, ...fields])",
    replace: "contentHash(['netpolc/profile', every, ...fields])",
    proofs: [golden],
  },
  {
    id: 'the-profile-hash-lacks-the-last-port',
    sentence: 'Profiles that differ in where a range of ports ends have one id.',
    breaks: ['TH-07', 'S-224'],
    file: ids,
    find: 'String(row.first), String(row.last), row.peers',
    replace: 'String(row.first), row.peers',
    proofs: [golden, randomWorlds],
  },
  {
    id: 'the-set-hash-lacks-ipv6',
    sentence: 'Address sets that differ in IPv6 alone have one id.',
    breaks: ['TH-07', 'S-427'],
    file: ids,
    find: '...families.map((family) => bigEndian(addresses[family]))',
    replace: '...families.slice(0, 1).map((family) => bigEndian(addresses[family]))',
    proofs: [golden, randomWorlds],
  },
  {
    id: 'any-node-reaches-isolated-pods',
    sentence: 'What any node sends to a pod passes, not what its own node sends alone.',
    breaks: ['S-603'],
    file: evaluate,
    find: 'flow.sourceNode !== null && flow.sourceNode === destination.node',
    replace: 'flow.sourceNode !== null',
    proofs: [golden],
  },
  {
    id: 'a-pod-does-not-reach-itself',
    sentence: 'An isolated pod may not talk to its own address.',
    breaks: ['S-601'],
    file: evaluate,
    find: "if (source !== undefined && source === destination) return 'allow';",
    replace: '',
    proofs: [golden],
  },
  {
    id: 'the-own-node-is-always-reached',
    sentence: 'An isolated pod reaches its own node without the option.',
    breaks: ['S-604', 'D-02'],
    file: evaluate,
    find: 'if (toOwnNode && ir.options.allowEgressToOwnNode) return true;',
    replace: 'if (toOwnNode) return true;',
    proofs: [golden],
  },
  {
    id: 'egress-is-enough',
    sentence: 'What the source may send is not asked about at the destination.',
    breaks: ['S-502'],
    file: evaluate,
    find: 'egressPasses(ir, source, flow) && ingressPasses(ir, destination, flow)',
    replace:
      'egressPasses(ir, source, flow) && (source?.egress !== undefined && source.egress !== null || ingressPasses(ir, destination, flow))',
    proofs: [golden],
  },
  {
    id: 'overlapping-rows-are-accepted',
    sentence: 'The check of the IR takes two rows that share a port.',
    breaks: ['S-228', 'TH-24'],
    file: check,
    find: 'previous.last >= row.first)',
    replace: 'previous.last > row.first)',
    proofs: [byHand('ir/')],
  },
  {
    id: 'a-shared-address-is-accepted',
    sentence: 'The check of the IR takes two endpoints with one address.',
    breaks: ['S-323'],
    file: check,
    find: 'if (seen.has(text)) problems.push(',
    replace: 'if (seen.has(name)) problems.push(',
    proofs: [byHand('ir/')],
  },
  {
    id: 'an-incomplete-snapshot-compiles',
    sentence: 'What an incomplete snapshot leaves open is warned of and compiled.',
    breaks: ['S-303', 'S-323'],
    file: 'src/resolve/completeness.ts',
    find: "allowIncomplete ? 'warning' : 'error'",
    replace: "allowIncomplete ? 'warning' : 'warning'",
    proofs: [golden],
  },
];
