// The reference datapath's sources as text: the program that the engine runs is built from them on the machine.
import type { CommandFile } from '../../src/target.ts';
import artifactC from './datapath/artifact.c';
import artifactH from './datapath/artifact.h';
import attachC from './datapath/attach.c';
import attachH from './datapath/attach.h';
import build from './datapath/build.sh';
import connectionsH from './datapath/connections.h';
import datapathC from './datapath/datapath.bpf.c';
import fragmentsH from './datapath/fragments.h';
import generationC from './datapath/generation.c';
import generationH from './datapath/generation.h';
import icmpH from './datapath/icmp.h';
import layoutH from './datapath/layout.h';
import linkC from './datapath/link.c';
import linkH from './datapath/link.h';
import loaderC from './datapath/loader.c';
import machineC from './datapath/machine.c';
import machineH from './datapath/machine.h';
import nodeH from './datapath/node.h';
import packetH from './datapath/packet.h';
import parseH from './datapath/parse.h';
import policyH from './datapath/policy.h';
import runC from './datapath/run.c';
import runH from './datapath/run.h';
import statusC from './datapath/status.c';
import statusH from './datapath/status.h';
import transportH from './datapath/transport.h';

/** What `sh build.sh` needs beside it. */
export const datapathSources: readonly CommandFile[] = [
  { name: 'artifact.c', content: artifactC },
  { name: 'artifact.h', content: artifactH },
  { name: 'attach.c', content: attachC },
  { name: 'attach.h', content: attachH },
  { name: 'build.sh', content: build },
  { name: 'connections.h', content: connectionsH },
  { name: 'datapath.bpf.c', content: datapathC },
  { name: 'fragments.h', content: fragmentsH },
  { name: 'generation.c', content: generationC },
  { name: 'generation.h', content: generationH },
  { name: 'icmp.h', content: icmpH },
  { name: 'layout.h', content: layoutH },
  { name: 'link.c', content: linkC },
  { name: 'link.h', content: linkH },
  { name: 'loader.c', content: loaderC },
  { name: 'machine.c', content: machineC },
  { name: 'machine.h', content: machineH },
  { name: 'node.h', content: nodeH },
  { name: 'packet.h', content: packetH },
  { name: 'parse.h', content: parseH },
  { name: 'policy.h', content: policyH },
  { name: 'run.c', content: runC },
  { name: 'run.h', content: runH },
  { name: 'status.c', content: statusC },
  { name: 'status.h', content: statusH },
  { name: 'transport.h', content: transportH },
];
