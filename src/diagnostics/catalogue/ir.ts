// Block 4: lowering and the IR.
import { entry } from './entry.ts';

export const ir = {
  NP4001: entry<{ problem: string }>({
    name: 'INVALID_IR',
    severity: 'error',
    message: ({ problem }) => `not a sound IR: ${problem}`,
    hint: () => 'write the document again with `netpolc ir`',
    explanation:
      'The IR breaks an invariant that every target relies on: ids are hashes of their content, tables are sorted, disjoint and merged, and nothing is kept that nothing refers to. For a document that netpolc itself has just made, this is a bug in netpolc.',
    example: { wrong: 'an ir.json that was edited by hand', right: 'netpolc ir policies/ -s cluster.json > ir.json' },
  }),
  NP4002: entry<{ node: string }>({
    name: 'UNKNOWN_NODE',
    severity: 'error',
    message: ({ node }) => `the input mentions no node \`${node}\``,
    hint: () => 'give a name that a Node object or the `nodeName` of a pod has',
    explanation:
      'Rules were asked for a node that neither a Node object nor any pod of the input mentions. Rules for it would be empty and would protect nothing.',
    example: { wrong: 'netpolc compile … --node worker1', right: 'netpolc compile … --node worker-1' },
  }),
  NP4003: entry<{ found: string; known: number }>({
    name: 'UNKNOWN_IR_VERSION',
    severity: 'error',
    message: ({ found, known }) => `IR document has schemaVersion ${found}; this netpolc reads ${known}`,
    hint: () => 'use the version of netpolc that wrote it, or write it again',
    explanation:
      'The JSON form of the IR is versioned. A version that this netpolc does not know could mean something else.',
    example: { wrong: '{"schemaVersion": 2, …}', right: '{"schemaVersion": 1, …}' },
  }),
  NP4004: entry<{ policy: string; path: string; limit: number }>({
    name: 'TIERS_TOO_LARGE',
    severity: 'error',
    message: ({ policy, path, limit }) =>
      `with \`${path}\` of \`${policy}\` the rules of tiers leave more than ${limit} pieces of addresses and ports undecided`,
    hint: () => 'join networks and ranges of ports, or give rules fewer of both at once',
    explanation:
      'Rules of tiers are brought into one table of addresses and ports. Thousands of networks together with thousands of ports cut it into so many pieces that compiling would take all memory.',
    example: {
      wrong: 'networks: [10.0.0.1/32, 10.0.2.1/32, …]     (in hundreds of peers, each rule on other ports)',
      right: 'networks: [10.0.0.0/8]',
    },
  }),
};
