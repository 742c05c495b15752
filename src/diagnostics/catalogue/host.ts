// Block 7: the machine: files, programs, the command line, replay.
import { entry } from './entry.ts';

export const host = {
  NP7001: entry<{ program: string }>({
    name: 'PROGRAM_MISSING',
    severity: 'error',
    message: ({ program }) => `program \`${program}\` is not installed`,
    hint: ({ program }) => `install \`${program}\``,
    explanation:
      'netpolc runs the programs of the operating system and did not find this one, neither on the path nor in /usr/sbin and /sbin. Nothing was changed. The exit code is 4.',
    example: {
      wrong: 'netpolc compile … --check     (without nft)',
      right: 'apt-get install nftables && netpolc compile … --check',
    },
  }),
  NP7002: entry<{ program: string; exitCode: number }>({
    name: 'PROGRAM_FAILED',
    severity: 'error',
    message: ({ program, exitCode }) => `\`${program}\` failed with exit code ${exitCode}`,
    hint: () => null,
    explanation:
      'A program of the operating system refused what netpolc gave it. What it printed is shown in the notes, and nothing was written. When `nft --check` refuses a ruleset that was not edited, the kernel or the nft program is older than the target supports, or netpolc has a bug: please report it. The exit code is 4.',
    example: null,
  }),
  NP7003: entry<{ program: string }>({
    name: 'NOT_PERMITTED',
    severity: 'error',
    message: ({ program }) => `the system does not permit \`${program}\` to this user`,
    hint: () => 'run it as root, or as root of a namespace of your own: unshare -rn netpolc …',
    explanation:
      'Packet filters are managed by root. Checking needs the same rights as loading, because the kernel itself does the check. `unshare -rn` gives an ordinary user an empty network namespace in which it is root, where the system permits that. The exit code is 4.',
    example: { wrong: 'netpolc compile … --check', right: 'sudo netpolc compile … --check' },
  }),
  NP7004: entry<{ file: string; reason: string }>({
    name: 'NOT_WRITTEN',
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` cannot be written: ${reason}`,
    hint: () => null,
    explanation:
      'The operating system refused to write a file. Files are written beside their place and moved there at the end, so whatever stood there before still does. The exit code is 4.',
    example: {
      wrong: 'netpolc compile … -o /etc/nftables.d/netpolc.nft',
      right: 'sudo netpolc compile … -o /etc/nftables.d/netpolc.nft',
    },
  }),
  NP7005: entry<{ problem: string }>({
    name: 'USAGE',
    severity: 'error',
    message: ({ problem }) => problem,
    hint: () => null,
    explanation:
      'The command line lacks something, or asks for two things that exclude each other. `netpolc help COMMAND` lists what a command takes. The exit code is 2.',
    example: {
      wrong: 'netpolc compile policies/ --target nftables --each-node',
      right: 'netpolc compile policies/ --target nftables --each-node -o rules/',
    },
  }),
  NP7007: entry<{ what: string; kind: 'target' | 'engine' | 'code' | 'lint' }>({
    name: 'UNKNOWN_NAME',
    severity: 'error',
    message: ({ what, kind }) => `there is no ${kind} \`${what}\``,
    hint: () => null,
    explanation: 'A name on the command line is none of those that netpolc knows. The exit code is 2.',
    example: {
      wrong: 'netpolc compile policies/ --target nftable',
      right: 'netpolc compile policies/ --target nftables',
    },
  }),
  NP7008: entry<{ option: string; text: string }>({
    name: 'MALFORMED_ENDPOINT',
    severity: 'error',
    message: ({ option, text }) => `\`${option} ${text}\` names no endpoint`,
    hint: () => 'write namespace/pod, an IP address, or node:NAME',
    explanation:
      'An end of a flow is a pod as `namespace/pod`, an IP address, or `node:NAME` for traffic of the node itself. The exit code is 2.',
    example: {
      wrong: 'netpolc trace … --from api --to prod/db',
      right: 'netpolc trace … --from prod/api --to prod/db',
    },
  }),
  NP7009: entry<{ selector: string }>({
    name: 'NOTHING_SELECTED',
    severity: 'error',
    message: ({ selector }) => `no live pod has labels that match \`${selector}\``,
    hint: () => 'a pod is live when it has an address, has not finished and is not in the host network',
    explanation:
      'The selector given with `-l` leaves nothing to do. Going on would look like success, so it is refused. The exit code is 2.',
    example: {
      wrong: 'netpolc trace … -l app=wbe --to prod/db-0 --port 5432',
      right: 'netpolc trace … -l app=web --to prod/db-0 --port 5432',
    },
  }),
  NP7010: entry<Readonly<Record<string, never>>>({
    name: 'NO_NODES',
    severity: 'error',
    message: () => 'the input mentions no node',
    hint: () => 'add nodes or scheduled pods to the snapshot (kubectl get ns,nodes,pods,svc -A -o json)',
    explanation:
      'Rules were asked for every node, and neither a Node object nor the `nodeName` of a pod stands in the input. The exit code is 3.',
    example: {
      wrong: 'kubectl get pods -l app=x -o json > cluster.json',
      right: 'kubectl get ns,nodes,pods,svc,netpol -A -o json > cluster.json',
    },
  }),
  NP7011: entry<{ file: string; selector: string }>({
    name: 'NO_FLOWS_SELECTED',
    severity: 'error',
    message: ({ file, selector }) => `no flow of \`${file}\` has an end that matches \`${selector}\``,
    hint: () => 'at least one end of a flow must be a live pod with such labels',
    explanation:
      'The selector given with `-l` leaves nothing to test. A test of nothing passes always, so it is refused. The exit code is 2.',
    example: {
      wrong: 'netpolc test … --flows shop.flows -l app=wbe',
      right: 'netpolc test … --flows shop.flows -l app=web',
    },
  }),
};
