// The eBPF target: contents of maps in three forms, and the datapath that reads them. See README.md in this folder.
import type { Artifact, CapturePoint, Engine, HostCommand, Target } from '../../src/target.ts';
import { checkBatch } from './check.ts';
import type { EbpfPlan } from './ebpf-plan.ts';
import { ebpfInventory } from './inventory.ts';
import { planEbpf } from './plan.ts';
import { printEbpf } from './print.ts';
import { datapathSources } from './sources.ts';

/** The reference datapath, built from source where it runs. */
const engine: Engine = {
  name: 'ebpf',
  programs: [
    { name: 'clang', package: 'clang' },
    { name: 'cc', package: 'gcc' },
    { name: 'bpftool', package: 'bpftool' },
  ],
  prepare: () => [{ argv: ['sh', 'build.sh'], stdin: null, files: datapathSources }],
  attach: (links) => [datapath('attach', ...links)],
  apply: (artifacts) => [{ ...datapath('load', './'), files: artifacts.flatMap(loaderFile) }],
  remove: () => [datapath('unload')],
  judgeCapture: (point, capture) => ({
    ...datapath('run', ...captureOptions(point)),
    files: [{ name: 'packets.pcap', content: capture }],
  }),
};

/** Loads on Linux 5.10 and later with bpf, and on little-endian machines only. */
export const ebpf: Target<EbpfPlan> = {
  name: 'ebpf',
  switches: [],
  plan: planEbpf,
  print: printEbpf,
  inventory: ebpfInventory,
  check: (artifacts) =>
    artifacts.filter(({ suffix }) => suffix === 'bpftool').map(({ content }) => checkBatch(content.toString())),
  engines: [engine],
};

/** The program that `prepare` built, one folder up. */
function datapath(...words: readonly string[]): HostCommand {
  return { argv: ['../netpolc-datapath', ...words], stdin: null };
}

/** The loader reads the manifest and the raw files; the texts say the same. */
function loaderFile({
  suffix,
  content,
}: Artifact): readonly { readonly name: string; readonly content: string | Uint8Array }[] {
  return suffix === 'manifest' || content instanceof Uint8Array ? [{ name: suffix, content }] : [];
}

function captureOptions(point: CapturePoint): readonly string[] {
  switch (point) {
    case 'from':
      return ['from', 'packets.pcap'];
    case 'to':
      return ['to', 'packets.pcap'];
    case 'own':
      return ['to', 'packets.pcap', '--ingress-ifindex', '0'];
  }
}
