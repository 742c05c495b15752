// The named ports that the containers of a pod declare. Source: S-250 to S-254, S-732.
import { protocols } from '../net/protocol.ts';
import { spanOf, type Part } from './cluster-object.ts';
import { decodePortName } from './decode-names.ts';
import type { Pool } from './pool.ts';
import { choiceAt, partsAt, portAt, reportType } from './read-fields.ts';
import type { NamedPort } from './snapshot.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'] as const;

/** Ports with a name of the containers that count. Equal ports of several containers are all given (S-253). */
export function decodeNamedPorts(spec: Part | null, init: 'sidecars' | 'all', pool: Pool): readonly NamedPort[] {
  const ports: NamedPort[] = [];
  for (const container of partsAt(spec, 'containers')) decodePorts(container, ports, pool);
  for (const container of partsAt(spec, 'initContainers')) {
    const sidecar = choiceAt(container, 'restartPolicy', restartPolicies) === 'Always';
    if (sidecar || init === 'all') decodePorts(container, ports, pool);
  }
  // Pods of one workload follow one another.
  const same = ports.length === pool.lastPorts.length && ports.every((port, at) => samePort(port, pool.lastPorts[at]));
  if (!same) pool.lastPorts = ports;
  return pool.lastPorts;
}

function samePort(a: NamedPort, b: NamedPort | undefined): boolean {
  return b !== undefined && a.name === b.name && a.protocol === b.protocol && a.port === b.port;
}

function decodePorts(container: Part, ports: NamedPort[], pool: Pool): void {
  const first = ports.length;
  for (const part of partsAt(container, 'ports')) {
    const name = decodePortName(part, 'name', pool);
    if (name === null) continue;
    const protocol = choiceAt(part, 'protocol', protocols) ?? 'TCP';
    const port = portAt(part, 'containerPort');
    if (port === null) {
      if (part.fields['containerPort'] === undefined)
        reportType({ part, key: 'containerPort', index: -1 }, 'an integer');
      continue;
    }
    if (ports.slice(first).some((each) => each.name === name)) {
      part.object.problems.add('NP3008', { name }, () => spanOf({ part, key: 'name', index: -1 }));
    }
    ports.push({ name, protocol, port });
  }
}
