// The fields of cluster objects that their decoders read.
import { pickObject, type Pick } from './pick-json.ts';

const scalar: Pick = { kind: 'scalar', unique: false };
const unique: Pick = { kind: 'scalar', unique: true };
const labels: Pick = shared({ kind: 'labels' });
const scalars = listOf(scalar);

const metadata = pickObject({
  labels,
  name: unique,
  namespace: scalar,
  ownerReferences: shared(listOf(pickObject({ kind: scalar, name: scalar, controller: scalar }))),
});
/** Of containers and of services. */
const ports = shared(
  listOf(
    pickObject({
      name: scalar,
      protocol: scalar,
      containerPort: scalar,
      port: scalar,
      targetPort: scalar,
      nodePort: scalar,
    }),
  ),
);
const containers = listOf(pickObject({ ports, restartPolicy: scalar }));
/** Of a workload. */
const template = pickObject({
  metadata: pickObject({ labels }),
  spec: pickObject({ hostNetwork: scalar, containers, initContainers: containers }),
});
const spec = pickObject({
  nodeName: scalar,
  hostNetwork: scalar,
  containers,
  initContainers: containers,
  podCIDR: scalar,
  podCIDRs: scalars,
  type: scalar,
  selector: labels,
  clusterIP: scalar,
  clusterIPs: scalars,
  externalTrafficPolicy: scalar,
  ports,
  template,
  jobTemplate: pickObject({ spec: pickObject({ template }) }),
});
const status = pickObject({
  phase: scalar,
  podIP: scalar,
  podIPs: listOf(pickObject({ ip: scalar })),
  addresses: listOf(pickObject({ type: scalar, address: scalar })),
});

/** Of a DNSSnapshot. */
const records = listOf(pickObject({ name: unique, addresses: scalars, expires: scalar }));

/** Everything that the decoders of cluster objects read. */
export const clusterFields = pickObject({
  apiVersion: scalar,
  kind: scalar,
  metadata,
  spec,
  status,
  takenAt: scalar,
  records,
});

function shared(pick: Pick): Pick {
  return { kind: 'shared', pick };
}

function listOf(item: Pick): Pick {
  return { kind: 'list', item };
}
