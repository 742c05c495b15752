// The example that unit tests change, in the kernel as it is: read back without a problem, and recorded when asked to.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { createRealHost } from '../../src/host/real-host.ts';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { emitNamed, judge } from './examine.ts';
import { exampleFolder, exampleIr, type Example } from './example.ts';
import { readerByEngine } from './readers.ts';
import { listLoads } from './session.ts';

const host = createRealHost();
const records = process.env['NETPOLC_RECORD'] !== undefined;

for (const { target, engine } of kernelEngines) {
  describe(`parse-back of the example, ${engine.name}`, (test) => {
    test('finds what the example’s policies mean', async () => {
      const reader = must(readerByEngine.get(engine.name), `a reader for ${engine.name}`);
      const load = emitNamed({ name: 'example', ir: exampleIr() }, target);
      const [listing = new Map<string, string>()] = await listLoads([load], engine, reader, host);
      const artifacts = load.artifacts.filter(({ suffix }) => reader.compares.includes(suffix));
      if (records) writeExample(engine.name, { artifacts, listing });
      assert.equal(judge([load], listing, reader), []);
    });
  });
}

function writeExample(engine: string, { artifacts, listing }: Example): void {
  const folder = exampleFolder(engine);
  rmSync(folder, { recursive: true, force: true });
  const write = (of: string, name: string, text: string): void => {
    mkdirSync(join(folder, of), { recursive: true });
    writeFileSync(join(folder, of, `${name}.txt`), text);
  };
  for (const { suffix, content } of artifacts) write('artifacts', suffix, content.toString());
  for (const [name, text] of listing) write('listing', name, text);
}
