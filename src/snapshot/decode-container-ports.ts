// The ports that the containers of a pod declare: those with a name, which policies can ask for, and the others. Source: S-250 to S-254, S-732.
import { protocols } from '../net/protocol.ts';
import { spanOf, type Part } from './cluster-object.ts';
import { decodePortName } from './decode-names.ts';
import { remember, type Pool } from './pool.ts';
import { choiceAt, partsAt, portAt, reportType } from './read-fields.ts';
import type { NamedPort, UnnamedPort } from './snapshot.ts';

export interface DeclaredPorts {
  readonly named: readonly NamedPort[];
  readonly unnamed: readonly UnnamedPort[];
}

const none: DeclaredPorts = { named: [], unnamed: [] };
const restartPolicies = ['Always', 'OnFailure', 'Never'] as const;

/** The ports of the containers that count. Equal ports of several containers are all given (S-253). */
export function decodeDeclaredPorts(spec: Part | null, init: 'sidecars' | 'all', pool: Pool): DeclaredPorts {
  let all = none;
  for (const container of partsAt(spec, 'containers')) all = join(all, portsOf(container, pool));
  for (const container of partsAt(spec, 'initContainers')) {
    const sidecar = choiceAt(container, 'restartPolicy', restartPolicies) === 'Always';
    if (sidecar || init === 'all') all = join(all, portsOf(container, pool));
  }
  return all;
}

/** Most pods have ports in one container only: such lists are shared. */
function join(a: DeclaredPorts, b: DeclaredPorts): DeclaredPorts {
  if (a === none) return b;
  return b === none ? a : { named: [...a.named, ...b.named], unnamed: [...a.unnamed, ...b.unnamed] };
}

function portsOf(container: Part, pool: Pool): DeclaredPorts {
  const list = container.fields['ports'];
  if (typeof list !== 'object' || list === null) return decodePorts(container, pool);
  const known = pool.portsByList.get(list);
  if (known !== undefined) return known;
  const { problems } = container.object;
  const before = problems.found.length;
  const ports = decodePorts(container, pool);
  return problems.found.length === before ? remember(pool.portsByList, list, ports) : ports;
}

function decodePorts(container: Part, pool: Pool): DeclaredPorts {
  const ports: NamedPort[] = [];
  const unnamed: UnnamedPort[] = [];
  for (const part of partsAt(container, 'ports')) {
    const name = decodePortName(part, 'name', pool);
    if (name === null) {
      unnamed.push(...unnamedPort(part));
      continue;
    }
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
  return ports.length + unnamed.length === 0 ? none : { named: ports, unnamed };
}

/** Nothing depends on it, so nothing is said about what is wrong with it. */
function unnamedPort({ fields }: Part): readonly UnnamedPort[] {
  const { containerPort: port, protocol = 'TCP' } = fields;
  const known = protocols.find((each) => each === protocol);
  return known === undefined || typeof port !== 'number' ? [] : [{ protocol: known, port }];
}
