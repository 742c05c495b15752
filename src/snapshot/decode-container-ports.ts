// The named ports that the containers of a pod declare. Source: S-250 to S-254, S-732.
import { protocols } from '../net/protocol.ts';
import { spanOf, type Part } from './cluster-object.ts';
import { decodePortName } from './decode-names.ts';
import { remember, type Pool } from './pool.ts';
import { choiceAt, partsAt, portAt, reportType } from './read-fields.ts';
import type { NamedPort } from './snapshot.ts';

const none: readonly NamedPort[] = [];
const restartPolicies = ['Always', 'OnFailure', 'Never'] as const;

/** Ports with a name of the containers that count. Equal ports of several containers are all given (S-253). */
export function decodeNamedPorts(spec: Part | null, init: 'sidecars' | 'all', pool: Pool): readonly NamedPort[] {
  let all: readonly NamedPort[] = none;
  for (const container of partsAt(spec, 'containers')) all = join(all, portsOf(container, pool));
  for (const container of partsAt(spec, 'initContainers')) {
    const sidecar = choiceAt(container, 'restartPolicy', restartPolicies) === 'Always';
    if (sidecar || init === 'all') all = join(all, portsOf(container, pool));
  }
  return all;
}

/** Most pods have ports in one container only: such lists are shared. */
function join(a: readonly NamedPort[], b: readonly NamedPort[]): readonly NamedPort[] {
  return a.length === 0 ? b : b.length === 0 ? a : [...a, ...b];
}

function portsOf(container: Part, pool: Pool): readonly NamedPort[] {
  const list = container.fields['ports'];
  if (typeof list !== 'object' || list === null) return decodePorts(container, pool);
  const known = pool.portsByList.get(list);
  if (known !== undefined) return known;
  const { problems } = container.object;
  const before = problems.found.length;
  const ports = decodePorts(container, pool);
  return problems.found.length === before ? remember(pool.portsByList, list, ports) : ports;
}

function decodePorts(container: Part, pool: Pool): readonly NamedPort[] {
  const ports: NamedPort[] = [];
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
    if (ports.some((each) => each.name === name)) {
      part.object.problems.add('NP3008', { name }, () => spanOf({ part, key: 'name', index: -1 }));
    }
    ports.push({ name, protocol, port });
  }
  return ports.length === 0 ? none : ports;
}
