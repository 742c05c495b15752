// What a stranger might write, for check-package.ts.

/** A TypeScript program; it fails when the package does not do what it prints. */
export const consumer = `
import {
  createCompiler, createOracle, createTracer, defaultReadOptions, defaultSemantics, emit, evaluate, inputFromText,
  parseAddress, parseIr, printIr, printText, printTrace, readWorld, version, type Flow, type World,
} from 'netpolc';
import { nftables } from 'netpolc/targets/nftables';

declare const console: { log(text: string): void };

const cluster = \`
apiVersion: v1
kind: Namespace
metadata: {name: prod}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: prod, labels: {app: db}}
spec: {nodeName: n1, containers: [{name: c}]}
status: {phase: Running, podIP: 10.0.0.7, podIPs: [{ip: 10.0.0.7}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: prod}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
\`;

function must<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(what + ' is missing');
  return value;
}

const read = await readWorld([inputFromText('cluster.yaml', 'snapshot', cluster)], defaultReadOptions);
if (read.diagnostics.length > 0) throw new Error(printText(read.diagnostics, { color: false }));
const world: World = must(read.value, 'world');
const ir = must(createCompiler(world).ir({ kind: 'node', name: 'n1' }).value, 'IR');
const [artifact] = must(emit(ir, nftables, { version }).value, 'artifacts');
if (!String(artifact?.content).includes('table inet netpolc')) throw new Error('no ruleset');
if (must(parseIr(printIr(ir)).value, 'IR read back').endpoints.length !== 1) throw new Error('IR changed');
const flow: Flow = {
  source: must(parseAddress('203.0.113.9'), 'address'), destination: must(parseAddress('10.0.0.7'), 'address'),
  protocol: 'TCP', port: 80, sourceNode: null, destinationNode: null,
};
const verdicts = [evaluate(ir, flow), createOracle(world, defaultSemantics)(flow)];
if (verdicts.join() !== 'deny,deny') throw new Error('wrong verdicts: ' + verdicts.join());
if (!printTrace(createTracer(world, defaultSemantics)(flow)).startsWith('deny')) throw new Error('wrong trace');
console.log('the package does what it says: ' + artifact.suffix + ', ' + verdicts.join());
`;
