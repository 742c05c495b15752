// Sets of ports that come up again and again, as one object each.
import { getOrMake } from '../collections/get-or-make.ts';
import { everyPort, intersectPorts, noPorts, type PortSet } from '../net/port-set.ts';

/** Equal sets of ports as one object each, so that they are compared by identity. */
export interface PortPool {
  readonly intern: (ports: PortSet) => PortSet;
  readonly idOf: (ports: PortSet) => number;
  readonly both: (a: PortSet, b: PortSet) => PortSet;
}

/** An empty pool; what it has seen, it keeps. */
export function createPortPool(): PortPool {
  const byText = new Map<string, PortSet>([
    [noPorts.join(), noPorts],
    [everyPort.join(), everyPort],
  ]);
  const interned = new Map<PortSet, PortSet>();
  const ids = new Map<PortSet, number>();
  const intern = (ports: PortSet): PortSet =>
    getOrMake(interned, ports, () => getOrMake(byText, ports.join(), () => ports));
  return {
    intern,
    idOf: (ports) => getOrMake(ids, ports, () => ids.size),
    both: (a, b) => {
      if (a === b || b === everyPort) return a;
      if (a === everyPort) return b;
      return a === noPorts || b === noPorts ? noPorts : intern(intersectPorts(a, b));
    },
  };
}
