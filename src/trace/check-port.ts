// One entry of `ports` held against a flow: does it fit, and if not, why not.
import type { PolicyPort } from '../policy/network-policy.ts';
import { podKey, type Pod } from '../snapshot/snapshot.ts';
import { numbersOf, portMatches, portOwners } from './match-port.ts';
import type { PortCheck, PortLack } from './reason.ts';
import type { Side } from './side.ts';

/** The oracle says whether it fits; this adds why not. */
export function checkPort(port: PolicyPort, index: number, side: Side, subject: Pod): PortCheck {
  const fits = portMatches(port, side, subject);
  return { index, port, fits, lacks: fits ? [] : portLacks(port, side, subject) };
}

function portLacks(port: PolicyPort, side: Side, subject: Pod): readonly PortLack[] {
  if (port.protocol !== side.protocol) return [{ kind: 'protocol', wanted: port.protocol }];
  if (port.kind === 'range') return [{ kind: 'number' }];
  const owners = portOwners(side, subject);
  if (owners.length === 0) return [{ kind: 'nameless' }];
  return owners.flatMap((pod): readonly PortLack[] => {
    const numbers = [...new Set(numbersOf(pod, port))].sort((a, b) => a - b);
    if (numbers.includes(side.port)) return [];
    if (numbers.length === 0) return [{ kind: 'name-undeclared', pod: podKey(pod) }];
    return [{ kind: 'named-otherwise', pod: podKey(pod), numbers }];
  });
}
