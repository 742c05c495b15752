// Block 7, from NP7040 on: sending packets through the kernel.
import { entry } from './entry.ts';

export const replay = {
  NP7040: entry<{ reason: string }>({
    name: 'REPLAY_NOT_POSSIBLE',
    severity: 'error',
    message: ({ reason }) => `network namespaces cannot be made here: ${reason}`,
    hint: () => 'run as root, or where user namespaces are allowed; `--engine ir` needs neither',
    explanation:
      'The kernel engines build a node in network namespaces of their own and send packets through it. That takes root, or a kernel and a container that let ordinary users make namespaces; the bridged topology also takes the kernel module br_netfilter. Nothing was judged.',
    example: {
      wrong: 'netpolc test … --engine nftables     (in a container without privileges)',
      right: 'sudo netpolc test … --engine nftables',
    },
  }),
  NP7041: entry<{ station: string; reason: string }>({
    name: 'REPLAY_FAILED',
    severity: 'error',
    message: ({ station, reason }) => `the kernel or a program refused its part at ${station}: ${reason}`,
    hint: () => 'check the artifacts with `netpolc compile --check`',
    explanation:
      'Loading the compiled artifacts into a namespace, or sending packets there, failed. The words are those of the program. Nothing was judged.',
    example: null,
  }),
  NP7042: entry<{ station: string; lost: number; sent: number }>({
    name: 'PACKETS_LOST',
    severity: 'error',
    message: ({ station, lost, sent }) =>
      `${lost} of ${sent} packets that nothing may stop did not arrive at ${station}, so no verdict can be trusted`,
    hint: () => 'try again when the machine is less busy',
    explanation:
      'Among the probes go packets between addresses that no policy speaks of. When one of them is missing, packets were lost, and a missing probe would not mean that it was denied.',
    example: null,
  }),
  NP7043: entry<{ from: string; to: string; reason: string }>({
    name: 'CANNOT_BE_SENT',
    severity: 'error',
    message: ({ from, to, reason }) => `a packet from ${from} to ${to} cannot be sent through a node: ${reason}`,
    hint: () => 'leave this flow to `--engine ir`',
    explanation:
      'Kernels never forward packets from or to unspecified, loopback, link-local or multicast addresses, whatever the rules say, nor packets for an address of their own, so a replay could not tell a rule from that.',
    example: { wrong: 'deny prod/web-0 -> 169.254.169.254:80', right: 'deny prod/web-0 -> 203.0.113.9:80' },
  }),
  NP7044: entry<{ from: string; to: string; station: string }>({
    name: 'REPLY_DENIED',
    severity: 'error',
    message: ({ from, to, station }) =>
      `${station} let the connection from ${from} to ${to} begin and stopped its reply`,
    hint: () => 'please report it with the input that led here',
    explanation: 'A reply to an allowed connection needs no rule of its own (S-504). The artifacts break that.',
    example: null,
  }),
};
