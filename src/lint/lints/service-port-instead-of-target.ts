// L-34: the port of a service where the port of its pods is meant. Source: S-420.
import { getOrMake, groupBy } from '../../collections/get-or-make.ts';
import type { PolicyPort } from '../../policy/network-policy.ts';
import type { Pod, Service } from '../../snapshot/snapshot.ts';
import { isBehind, targetNumbers } from '../cluster-dns.ts';
import type { Destination } from '../destinations.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

export const servicePortInsteadOfTarget: Lint = {
  id: 'L-34',
  code: 'NP6034',
  severity: 'warning',
  needs: ['pods', 'services'],
  check,
};

type NumberedPort = Extract<PolicyPort, { kind: 'range' }>;

/** A service whose port is the number, and what its pods get it as. */
interface Mapped {
  readonly service: Service;
  readonly targets: readonly number[];
}

function check(context: LintContext): readonly Found[] {
  const mappedBy = createMapping(context.world.snapshot.services);
  return context.rules.flatMap((each) =>
    (each.rule.ports ?? []).flatMap((port) => {
      if (port.kind === 'named' || port.range.first !== port.range.last) return [];
      const destinations = context.destinationsOf(each);
      if (destinations.some(({ declares }) => declares(port.protocol, port.range.first))) return [];
      const [first] = destinations.flatMap((destination) => mappedBy(destination, port) ?? []);
      if (first === undefined) return [];
      const { namespace, name } = first.service;
      const parameters = {
        path: port.origin.path,
        port: port.range.first,
        service: `${namespace}/${name}`,
        target: first.targets.join(' or '),
      };
      return [found('NP6034', parameters, port.origin.span, { policy: each.key })];
    }),
  );
}

/** Each question is asked once, however many policies have the same destination. */
function createMapping(services: readonly Service[]) {
  const byNamespace = groupBy(services, ({ namespace }) => namespace);
  const behind = new Map<Pod, readonly Service[]>();
  const answers = new Map<Destination, Map<string, { readonly mapped: Mapped | null }>>();
  const servicesOf = (pod: Pod): readonly Service[] =>
    getOrMake(behind, pod, () => (byNamespace.get(pod.namespace) ?? []).filter((service) => isBehind(pod, service)));
  return (destination: Destination, { protocol, range }: NumberedPort): Mapped | null => {
    const wanted = `${protocol} ${range.first}`;
    const known = getOrMake(answers, destination, () => new Map<string, { readonly mapped: Mapped | null }>());
    return getOrMake(known, wanted, () => ({ mapped: mapping(destination.samples(), wanted, servicesOf) })).mapped;
  };
}

/** Null as well when some service of these pods has the number as its target. */
function mapping(pods: readonly Pod[], wanted: string, servicesOf: (pod: Pod) => readonly Service[]): Mapped | null {
  const mapped: Mapped[] = [];
  for (const pod of pods) {
    for (const service of servicesOf(pod)) {
      for (const { port, protocol, targetPort } of service.ports) {
        const targets = targetNumbers(pod, targetPort, protocol);
        if (targets.some((number) => `${protocol} ${number}` === wanted)) return null;
        if (`${protocol} ${port}` === wanted && targets.length > 0) mapped.push({ service, targets });
      }
    }
  }
  return mapped[0] ?? null;
}
