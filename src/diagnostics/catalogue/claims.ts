// Block 1, from 1070: claims as people write them. Block 6, from 6301: what a proof finds.
import { entry } from './entry.ts';

const noHint = (): null => null;

export const claims = {
  NP1070: entry<{ verb: string }>({
    name: 'CLAIM_AMONG_FLOWS',
    severity: 'error',
    message: ({ verb }) => `\`${verb}\` makes a claim, and this command asks about single flows`,
    hint: () => 'claims are checked by `netpolc prove … --claims FILE`, which takes `allow` and `deny` as well',
    explanation:
      'Lines that begin with `never`, `always` or `only` say something about every connection of a kind. `netpolc test` sends single flows, also as real packets; `netpolc prove` decides claims, exactly, for every address and port.',
    example: {
      wrong: 'netpolc test … --flows shop.flows     (with: never outside -> prod/db)',
      right: 'netpolc prove … --claims shop.flows',
    },
  }),
  NP1071: entry<{ name: string }>({
    name: 'CLAIM_UNKNOWN_NAME',
    severity: 'error',
    message: ({ name }) => `there is no pod and no workload \`${name}\` in the snapshot`,
    hint: noHint,
    explanation:
      'In a claim `namespace/name` is a pod, or, when no pod is called so, all pods of the workload by that name (Deployment, StatefulSet, DaemonSet, Job, CronJob). A name that nothing has is most likely misspelt; pods that may or may not be there are chosen by their labels: `pods(app=db)@prod`.',
    example: { wrong: 'never outside -> prod/bd', right: 'never outside -> prod/db' },
  }),
  NP1072: entry<{ namespace: string }>({
    name: 'CLAIM_UNKNOWN_NAMESPACE',
    severity: 'error',
    message: ({ namespace }) => `there is no namespace \`${namespace}\` in the snapshot`,
    hint: noHint,
    explanation:
      'The claim chooses pods of a namespace of which the snapshot has neither the object nor any pod. Namespaces that may or may not be there are chosen by their labels: `pods(app=db)@ns(env=prod)`.',
    example: { wrong: 'never outside -> pods(app=db)@prd', right: 'never outside -> pods(app=db)@prod' },
  }),
  NP1073: entry<{ namespace: string; selector: string }>({
    name: 'CLAIM_UNDECIDED',
    severity: 'error',
    message: ({ namespace, selector }) =>
      `the snapshot has pods in namespace \`${namespace}\` and not its labels: whether \`ns(${selector})\` means it is not known`,
    hint: () =>
      'take the snapshot with its namespaces, or let the claim be about such pods as well: --allow-incomplete',
    explanation:
      'Without the Namespace object only its name is known. With `--allow-incomplete` pods of such a namespace are meant by `never`, by `always` and as a destination of `only`, and are not among those whom `only` lets connect: the claim says more, never less.',
    example: {
      wrong: 'kubectl get pods,netpol -A -o json > cluster.json',
      right: 'kubectl get ns,nodes,pods,svc,netpol -A -o json > cluster.json',
    },
  }),
  NP6301: entry<{ claim: string; connection: string; verdict: string }>({
    name: 'CLAIM_FAILS',
    severity: 'error',
    message: ({ claim, connection, verdict }) =>
      `\`${claim}\` does not hold: ${connection} is ${verdict === 'allow' ? 'allowed' : 'denied'}`,
    hint: noHint,
    explanation:
      'Found by `netpolc prove`: there is a connection that the claim rules out and the policies allow, or that it promises and they deny. The smallest one is shown, with its reason: pods before addresses, by name, then by port.',
    example: {
      wrong: 'never outside -> prod/db:5432     # and no policy selects prod/db',
      right: 'ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]',
    },
  }),
  NP6302: entry<{ claim: string; reason: string }>({
    name: 'CLAIM_ABOUT_NOTHING',
    severity: 'error',
    message: ({ claim, reason }) => `\`${claim}\` is about no connection: ${reason}`,
    hint: () => 'mend the end that means nobody, or say that it may: --allow-empty',
    explanation:
      'A claim about nothing holds whatever the policies say, and would go on holding when they are gone. It fails, because most often a label is misspelt; with `--allow-empty` it passes. Not meant by any claim are a pod and itself, a pod and its own node unless the claim names the node, and two ends that are both no pods: no policy judges these.',
    example: { wrong: 'never pods(role=bd) -> outside', right: 'never pods(role=db) -> outside' },
  }),
};
