// The fields of the three cluster-scoped kinds, for strict decoding. Source: sections 10 and 11 of the semantics.
import type { ClusterPolicyKind } from './cluster-policy.ts';
import { integer, labelSelector, list, metadata, object, opaque, string, type Schema } from './schema.ts';

const pods = object({ namespaceSelector: labelSelector, podSelector: labelSelector });
const subject = object({ namespaces: labelSelector, pods });
const addressPeers = { networks: list(string), nodes: labelSelector };
const domainPeers = { domainNames: list(string) };

/** Source: S-1010 to S-1012. */
const transport = object({
  destinationPort: object({ number: integer, range: object({ start: integer, end: integer }) }),
});
const protocols = list(object({ tcp: transport, udp: transport, sctp: transport, destinationNamedPort: string }));

/** Source: S-1103. */
const ports = list(
  object({
    portNumber: object({ protocol: string, port: integer }),
    portRange: object({ protocol: string, start: integer, end: integer }),
    namedPort: string,
  }),
);

/** What the kinds differ in. */
interface Differences {
  readonly own: Readonly<Record<string, Schema>>;
  readonly ports: Readonly<Record<string, Schema>>;
  readonly peers: Readonly<Record<string, Schema>>;
}

function schemaOf({ own, ports: perRule, peers }: Differences): Schema {
  const rule = { name: string, action: string, ...perRule };
  return object({
    apiVersion: string,
    kind: string,
    metadata,
    spec: object({
      ...own,
      subject,
      ingress: list(object({ ...rule, from: list(subject) })),
      egress: list(object({ ...rule, to: list(object({ ...subject.fields, ...peers })) })),
    }),
    status: opaque,
  });
}

export const clusterPolicySchemas: Readonly<Record<ClusterPolicyKind, Schema>> = {
  ClusterNetworkPolicy: schemaOf({
    own: { tier: string, priority: integer },
    ports: { protocols },
    peers: { ...addressPeers, ...domainPeers },
  }),
  AdminNetworkPolicy: schemaOf({
    own: { priority: integer },
    ports: { ports },
    peers: { ...addressPeers, ...domainPeers },
  }),
  BaselineAdminNetworkPolicy: schemaOf({ own: {}, ports: { ports }, peers: addressPeers }),
};
