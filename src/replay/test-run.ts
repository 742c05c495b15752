// Flows → verdicts of the kernel without links: an engine that can judges captures of first packets, many at once.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { formatAddress } from '../net/address.ts';
import type { CapturePoint, Engine, Program } from '../target.ts';
import { commandLine, commandScripts } from './command-script.ts';
import { announceStation, runScript, scriptHead } from './namespaces.ts';
import { tuplePacket } from './packet.ts';
import { ethernetFrame, pcapFile } from './pcap.ts';
import { prepareEngine } from './prepare-engine.ts';
import type { Probe } from './probe.ts';
import { nodeMac, peerMac } from './topology.ts';
import { planVisits, resultOf, type ReplayRequest, type ReplayResult, type Visit } from './visits.ts';

/** Programs that the script calls. */
const scriptPrograms: readonly Program[] = [
  { name: 'unshare', package: 'util-linux' },
  { name: 'ip', package: 'iproute2' },
];

const points: readonly CapturePoint[] = ['from', 'to', 'own'];

/**
 * Judges the first packets of every request's flows, without replies. The engine must have `judgeCapture`. Errors: those
 * of planVisits, NP7001, NP7040, NP7041. Leaves nothing behind.
 */
export async function testRun(
  requests: readonly ReplayRequest[],
  engine: Engine,
  host: Host,
): Promise<Outcome<readonly ReplayResult[]>> {
  const { value: visits, diagnostics } = planVisits(requests, engine);
  if (visits === null) return { value: null, diagnostics };
  const { value: prepared, diagnostics: failures } = await prepareEngine(engine, host);
  if (prepared === null) return { value: null, diagnostics: failures };
  const files = new Map<string, string | Uint8Array>(
    [...prepared].map(([name, content]) => [`engine/${name}`, content]),
  );
  const captures = visits.map((visit, number) => capturesOf(visit, number));
  files.set('session.sh', script(files, engine, visits, captures));
  const labels = visits.map(({ label }) => label);
  const programs = [...scriptPrograms, ...engine.programs];
  return runScript(files, { programs, labels }, host, ({ stdout }) => {
    const stopped = stoppedProbes(captures.flat(), stdout);
    if (stopped === null) {
      const reason = `${engine.name} did not say \`pass\` or \`drop\` about every packet`;
      return { value: null, diagnostics: [diagnose('NP7041', { station: labels.join(', '), reason }, null)] };
    }
    const passed = visits.map(({ probes }) => probes.flatMap(({ probe }) => (stopped.has(probe) ? [] : [probe])));
    return { value: requests.map((request) => resultOf(request, visits, passed, 1)), diagnostics };
  });
}

/** What is judged at one point of one node. */
interface Capture {
  readonly number: number;
  readonly point: CapturePoint;
  readonly probes: readonly Probe[];
}

function capturesOf({ probes }: Visit, number: number): readonly Capture[] {
  return points
    .map((point) => ({ number, point, probes: probes.flatMap(({ probe }) => (meets(probe, point) ? [probe] : [])) }))
    .filter((capture) => capture.probes.length > 0);
}

function meets({ kind, sourceIsLocal, destinationIsLocal }: Probe, point: CapturePoint): boolean {
  switch (point) {
    case 'from':
      return kind !== 'output' && sourceIsLocal;
    case 'to':
      return kind === 'forward' && destinationIsLocal;
    case 'own':
      return kind === 'output';
  }
}

function script(
  files: Map<string, string | Uint8Array>,
  engine: Engine,
  visits: readonly Visit[],
  captures: readonly (readonly Capture[])[],
): string {
  const { judgeCapture } = engine;
  if (judgeCapture === undefined) throw new Error(`engine ${engine.name} judges no captures`);
  const lines = visits.flatMap(({ load, ownAddresses }, number) => [
    announceStation(number),
    'ip addr flush dev lo',
    ...ownAddresses.map((address) => `ip addr add ${formatAddress(address)} dev lo`),
    ...commandScripts(files, `${number}-load`, load, (index) => `${number}-${index}`).map((each) => commandLine(each)),
    ...(captures[number] ?? []).flatMap(({ point, probes }) => {
      const command = judgeCapture(point, pcapFile(probes.map(frameOf)));
      const folder = `${number}-${point}`;
      // Verdicts, one line a packet, go to the script's own output.
      return commandScripts(files, folder, [command], () => folder).map((each) => commandLine(each, '&3'));
    }),
  ]);
  return [
    ...scriptHead,
    'exec 3>&1',
    'ip link set lo up',
    'set_to net/ipv4/ip_forward 1',
    'set_to net/ipv6/conf/all/forwarding 1',
    // Without a route the kernel would take every destination for an address of its own.
    'ip route add unreachable default',
    'ip -6 route add unreachable default',
    ...lines,
    '',
  ].join('\n');
}

function frameOf({ tuple }: Probe): Uint8Array {
  return ethernetFrame(nodeMac('s'), peerMac('s'), tuplePacket(tuple, 'first'));
}

/** The probes that some point dropped; null when there is not one line for every packet. */
function stoppedProbes(captures: readonly Capture[], stdout: string): ReadonlySet<Probe> | null {
  const said = stdout.split('\n').slice(0, -1);
  const asked = captures.flatMap(({ probes }) => probes);
  if (said.length !== asked.length || said.some((line) => line !== 'pass' && line !== 'drop')) return null;
  return new Set(asked.filter((_, index) => said[index] === 'drop'));
}
