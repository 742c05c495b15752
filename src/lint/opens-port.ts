// Whether a rule is about a port.
import type { PolicyPort, PolicyRule } from '../policy/network-policy.ts';

/** Whether the rule allows a TCP port by its number. */
export function opensTcp({ ports }: PolicyRule, number: number): boolean {
  return ports?.some((port) => holdsTcp(port, number)) ?? true;
}

/** Whether the rule allows a TCP port without naming it: by a range, or because it has no ports. */
export function opensTcpUnnamed({ ports }: PolicyRule, number: number): boolean {
  return ports?.some((port) => holdsTcp(port, number) && !isOne(port)) ?? true;
}

function holdsTcp(port: PolicyPort, number: number): boolean {
  if (port.kind === 'named' || port.protocol !== 'TCP') return false;
  return port.range.first <= number && number <= port.range.last;
}

function isOne(port: PolicyPort): boolean {
  return port.kind === 'range' && port.range.first === port.range.last;
}
