// A small shop on two nodes, and the command line over it.
import { createFakeHost, type FakeHost, type FakeMachine } from '../../src/host/fake-host.ts';
import { runCli } from '../../src/cli/run-cli.ts';

/** prod/api (app=api, 10.244.1.5) on n1, prod/db (app=db, 10.244.2.7) on n2. */
export const cluster = `
apiVersion: v1
kind: Namespace
metadata: {name: prod}
---
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.168.1.1}]}
---
apiVersion: v1
kind: Node
metadata: {name: n2}
status: {addresses: [{type: InternalIP, address: 192.168.1.2}]}
---
apiVersion: v1
kind: Pod
metadata: {name: api, namespace: prod, labels: {app: api}}
spec: {nodeName: n1, containers: [{name: c}]}
status: {phase: Running, podIP: 10.244.1.5, podIPs: [{ip: 10.244.1.5}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: prod, labels: {app: db}}
spec: {nodeName: n2, containers: [{name: c}]}
status: {phase: Running, podIP: 10.244.2.7, podIPs: [{ip: 10.244.2.7}]}
`;

/** Only prod/api reaches prod/db, on 5432/TCP. */
export const dbPolicy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: prod}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: api}}}]
      ports: [{port: 5432}]
`;

export const shop = { 'policies/db.yaml': dbPolicy, 'cluster.yaml': cluster };

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly host: FakeHost;
}

/** Runs the words of one line on a machine that has the shop's files. Quoted words stay together. */
export async function netpolc(line: string, machine: FakeMachine = {}): Promise<Ran> {
  const host = createFakeHost({ ...machine, files: { ...shop, ...machine.files } });
  const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
  const exitCode = await runCli(words, host);
  return { exitCode, out: host.out(), err: host.err(), host };
}

/** Files that were not there before, sorted. */
export function newFiles({ host }: Ran): readonly string[] {
  const before = new Set(Object.keys(shop).map((path) => `/here/${path}`));
  return host.paths().filter((path) => !before.has(path));
}
