// The small world of the datapath's tests: three pods with every kind of restriction, and who may reach them.
import { artifactOf, type ArtifactFiles, type HandWrittenMaps } from './hand-written-maps.ts';

/** Both ways restricted: sends nothing, is reached as said in `world`. Has two addresses of each family. */
export const server = { v4: '10.0.0.2', other4: '10.0.0.22', v6: 'fd00::2', other6: 'fd00::22' };
/** Sends nothing, is open. */
export const quiet = { v4: '10.0.0.3', v6: 'fd00::3' };
/** Open for egress, is reached like the server. */
export const guarded = { v4: '10.0.0.4', v6: 'fd00::4' };
/** Sends to the client on TCP 80 only. */
export const picky = { v4: '10.0.0.5', v6: 'fd00::5' };

/** May use TCP 80 and 1000–1007, UDP 53, SCTP 90. */
export const client = { v4: '10.0.0.1', v6: 'fd00::1' };
/** May do everything. */
export const admin = { v4: '10.0.0.9', v6: 'fd00::9' };
/** What the client may do, this block may do, except for one address. */
export const block = { v4: '192.168.7.7', v6: 'fd02::7', except4: '192.168.5.5', except6: 'fd02::5:5' };
/** Nobody that a rule names. */
export const stranger = { v4: '10.0.0.77', v6: 'fd00::77' };

const clients = 1;
const admins = 2;
const [nothing, inward, toClient] = [1, 2, 3];

export const world: HandWrittenMaps = {
  endpoints: [
    ...[server.v4, server.v6, server.other4, server.other6].map((address) => [address, 1, nothing, inward] as const),
    ...[quiet.v4, quiet.v6].map((address) => [address, 2, nothing, 0] as const),
    ...[guarded.v4, guarded.v6].map((address) => [address, 3, 0, inward] as const),
    ...[picky.v4, picky.v6].map((address) => [address, 4, toClient, 0] as const),
  ],
  profiles: [
    [nothing, 0],
    [inward, 2],
    [toClient, 0],
  ],
  ports: [
    [inward, 6, 80, 16, 1],
    [inward, 6, 1000, 13, 1],
    [inward, 17, 53, 16, 1],
    [inward, 132, 90, 16, 1],
    [toClient, 6, 80, 16, 1],
  ],
  peers: [
    [client.v4, clients],
    [client.v6, clients],
    [admin.v4, admins],
    [admin.v6, admins],
    [block.except4, 0],
    [block.except6, 0],
  ],
  blocks: [
    ['192.168.0.0', 16, clients],
    ['fd02::', 64, clients],
  ],
  members: [
    [1, clients],
    [2, admins],
  ],
};

/** Files for the loader. */
export function worldWith(changes: HandWrittenMaps = {}): ArtifactFiles {
  return artifactOf({ ...world, ...changes });
}
