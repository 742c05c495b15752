// Unpacks compressed input on its way to whoever reads it.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What compressed manifests may grow by. Real ones grow 10 to 100 times; zlib can make 1,000. */
const maxGrowth = 256;
/** Small files may grow by more. */
const freeBytes = 64 * 1024 * 1024;

/**
 * The bytes, unpacked when they begin like gzip, else as they are. Damaged and truncated data, and data that grows out
 * of all proportion, end in an error with `inputFault: 'NP1014'`, whose message is the reason. Memory: a few chunks.
 */
export async function* unpack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = { bytes: 0 };
  const source = counted(chunks, packed);
  const first = await source.next();
  if (first.done === true) return;
  const rest = prepended(first.value, source);
  if (first.value[0] === 0x1f && first.value[1] === 0x8b) yield* inflated(rest, packed);
  else yield* rest;
}

/** The chunks, the first one at least two bytes long. */
async function* counted(chunks: AsyncIterable<Uint8Array>, count: { bytes: number }): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | null = null;
  for await (const chunk of chunks) {
    const whole: Uint8Array = held === null ? chunk : Buffer.concat([held, chunk]);
    held = count.bytes === 0 && whole.length < 2 ? whole : null;
    if (held !== null) continue;
    count.bytes += whole.length;
    yield whole;
  }
  if (held !== null) yield held;
}

async function* prepended(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

async function* inflated(chunks: AsyncIterable<Uint8Array>, packed: { bytes: number }): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let unpacked = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      unpacked += chunk.length;
      if (unpacked > Math.max(freeBytes, packed.bytes * maxGrowth)) {
        throw fault(`it unpacks to more than ${maxGrowth} times its size`);
      }
      yield chunk;
    }
  } catch (error) {
    throw isZlibError(error) ? fault(reasonByCode.get(error.code) ?? 'it is damaged') : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const reasonByCode: ReadonlyMap<string, string> = new Map([
  ['Z_BUF_ERROR', 'it is cut off'],
  ['Z_DATA_ERROR', 'it is damaged'],
]);

function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function fault(reason: string): Error & { readonly inputFault: 'NP1014' } {
  return Object.assign(new Error(reason), { inputFault: 'NP1014' as const });
}
