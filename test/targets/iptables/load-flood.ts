// What every packet meets while a machine's rules are replaced: floods through it and to it, in the order of sending.
import { fileURLToPath } from 'node:url';
import { must } from '../../kit/must.ts';
import { kinds } from './load-flood-kinds.ts';
import { onMachine, type Variant } from './load-machine.ts';
import type { Files } from './load-generations.ts';

export interface Flood {
  readonly sent: number;
  /** Packets that every generation allows and that did not arrive, and packets that none allows and that did. */
  readonly lost: number;
  readonly leaked: number;
  /** How often the generation in force was another than for the packet before, in all chains of both families together. */
  readonly changes: number;
  readonly changesByFamily: Readonly<Record<4 | 6, number>>;
  /** What the script printed. */
  readonly said: string;
}

/** Loads generation A, then runs a script while packets are sent. */
export async function underFlood(variant: Variant, script: string, files: Files = {}): Promise<Flood> {
  const out = await onMachine(
    variant,
    [
      ...topology,
      'load A',
      ...start('receive', 'd', 7),
      ...start('receive', null, 8),
      ...start('send', 's', 9),
      `(exec 7>&- 8>&- 9>&-; ${script}\n) > said`,
      ...stop('send', 9),
      ...[7, 8].flatMap((descriptor) => stop('receive', descriptor)),
      'for each in said send-9 receive-7 receive-8; do cat $each; echo ==; done',
    ].join('\n'),
    files,
  );
  const [said = '', sent = '', ...seen] = out.split('==\n');
  return judge(Number(sent), new Set(seen.join('\n').split('\n').map(Number)), said);
}

/** Replies that are lost when rules are loaded for the first time, while connections go on that nobody tracks. */
export async function lostReplies(variant: Variant): Promise<{ readonly asked: number; readonly lost: number }> {
  const out = await onMachine(
    variant,
    [
      ...topology,
      ...start('answer', 'd', 7),
      ...start('ask', 's', 8),
      'load A; sleep 1',
      ...stop('ask', 8),
      ...stop('answer', 7),
      'cat ask-8',
    ].join('\n'),
  );
  const [asked = 0, answered = 0] = out.split(' ').map(Number);
  return { asked, lost: asked - answered };
}

function judge(sent: number, seen: ReadonlySet<number>, said: string): Flood {
  const counts = { lost: 0, leaked: 0, changes: 0 };
  const changesByFamily = { 4: 0, 6: 0 };
  const before: Partial<Record<'all' | 4 | 6, string>> = {};
  for (let number = 0; number < sent; number++) {
    const { name, family } = must(kinds[number % kinds.length]);
    const passed = seen.has(number);
    if (name === 'both') counts.lost += passed ? 0 : 1;
    else if (name === 'neither') counts.leaked += passed ? 1 : 0;
    else {
      const inForce = (name === 'onlyA') === passed ? 'A' : 'B';
      if (inForce !== (before.all ?? 'A')) counts.changes++;
      if (inForce !== (before[family] ?? 'A')) changesByFamily[family]++;
      before.all = before[family] = inForce;
    }
  }
  return { sent, ...counts, changesByFamily, said };
}

const register = fileURLToPath(new URL('../../../scripts/register.mjs', import.meta.url));
const ends = fileURLToPath(new URL('./load-flood-ends.ts', import.meta.url));

/** A sender `s` and a pod `d`, each in a namespace of its own. Neighbours are known, so that no packet waits for them. */
const topology: readonly string[] = [
  'ip link set lo up',
  'set_to net/ipv4/ip_forward 1',
  'set_to net/ipv6/conf/all/forwarding 1',
  ...['s', 'd'].flatMap((link, index) => {
    const [mac, nets] = [`02:00:00:00:00:${index}`, [`10.0.${index + 1}.`, `fd0${index + 1}::`]];
    return [
      `ip netns add ${link}`,
      `ip link add eth-${link} address ${mac}1 type veth peer name peer address ${mac}2 netns ${link}`,
      `ip link set eth-${link} up; ip -n ${link} link set lo up; ip -n ${link} link set peer up`,
      ...nets.flatMap((net) => [
        `ip addr add ${net}1/${net.includes(':') ? '64 nodad' : '24'} dev eth-${link}`,
        `ip -n ${link} addr add ${net}2/${net.includes(':') ? '64 nodad' : '24'} dev peer`,
        `ip neigh add ${net}2 lladdr ${mac}2 dev eth-${link}`,
        `ip -n ${link} neigh add ${net}1 lladdr ${mac}1 dev peer`,
        `ip -n ${link} route add default via ${net}1`,
      ]),
    ];
  }),
];

/** Starts an end in a namespace, or on the machine itself. It ends when the descriptor is closed. */
function start(role: string, namespace: string | null, descriptor: number): readonly string[] {
  // One processor for all, so that packets are judged in the order of sending.
  const run = `taskset -c 0 '${process.execPath}' --import '${register}' '${ends}' ${role}`;
  const name = `${role}-${descriptor}`;
  return [
    `mkfifo stop-${name}`,
    `${namespace === null ? '' : `ip netns exec ${namespace} `}${run} > ${name} < stop-${name} 7>&- 8>&- 9>&- &`,
    `pid_${descriptor}=$!; exec ${descriptor}> stop-${name}; sleep 1`,
  ];
}

function stop(role: string, descriptor: number): readonly string[] {
  return [`exec ${descriptor}>&-; wait $pid_${descriptor}; rm stop-${role}-${descriptor}`];
}
