// The fast reader against JSON.parse: what it takes is JSON and means the same; what it refuses others look at.
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { createPickCursor, pickJson, pickObject, type Pick } from '../../src/input/pick-json.ts';
import { describe } from '../kit/suite.ts';

const scalar: Pick = { kind: 'scalar', unique: false };
const wanted = pickObject({
  a: scalar,
  b: { kind: 'scalar', unique: true },
  labels: { kind: 'shared', pick: { kind: 'labels' } },
  list: { kind: 'list', item: pickObject({ a: scalar }) },
});

/** Where the value ends and what was picked, or null; blanks before it are not passed over. */
function pick(text: string, cursor = createPickCursor()): { readonly end: number; readonly value: unknown } | null {
  const bytes = new TextEncoder().encode(text);
  cursor.bytes = new Uint8Array([...bytes, 0x22, 0x22]);
  cursor.end = bytes.length;
  const end = pickJson(cursor, 0, wanted);
  return end === -1 ? null : { end, value: cursor.value };
}

/** What is wanted of a value as JSON.parse gives it. */
function chosen(value: unknown, from: Pick): unknown {
  if (value === null || from.kind === 'scalar' || from.kind === 'labels') return value;
  if (from.kind === 'shared') return chosen(value, from.pick);
  if (from.kind === 'list') return (value as readonly unknown[]).map((item) => chosen(item, from.item));
  const fields = value as Record<string, unknown>;
  const kept = from.fields.filter(({ key }) => Object.hasOwn(fields, key));
  return Object.fromEntries(kept.map((field) => [field.key, chosen(fields[field.key], field.pick)]));
}

const text = fc.string({ maxLength: 6 });
const plain = fc.stringMatching(/^[ -!#-[\]-~]{0,6}$/);
const plainScalar = fc.oneof(
  plain,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const record = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(
    plain.filter((key) => key !== '__proto__'),
    value,
    { maxKeys: 4 },
  );
const object = fc
  .record(
    {
      a: plainScalar,
      b: plainScalar,
      labels: fc.option(record(plain)),
      list: fc.array(fc.option(fc.record({ a: plainScalar, z: fc.jsonValue() }, { requiredKeys: [] }))),
      more: fc.jsonValue(),
      other: fc.array(fc.oneof(text, fc.double({ noNaN: true }))),
    },
    { requiredKeys: [] },
  )
  .chain((value) => fc.shuffledSubarray(Object.entries(value)).map((entries) => Object.fromEntries(entries)));

describe('pickJson', (test) => {
  test('what is wanted of sound values is what JSON.parse gives, in every layout', () => {
    const cursor = createPickCursor();
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        const picked = pick(`${json} ,`, cursor);
        assert.equal(
          picked,
          { end: new TextEncoder().encode(json).length, value: chosen(JSON.parse(json), wanted) },
          json,
        );
        assert.is(cursor.lines, json.split('\n').length - 1);
      }),
      { numRuns: 2000 },
    );
  });

  test('what is taken is JSON, however it was damaged', () => {
    const alphabet = Array.from('{}[],:"\\ \n\t0123.eE+-truefalsnu\u0000\u007fé');
    const change = fc.record({ at: fc.nat(), cut: fc.nat(2), put: fc.constantFrom('', ...alphabet) });
    let taken = 0;
    const cursor = createPickCursor();
    fc.assert(
      fc.property(object, fc.array(change, { minLength: 1, maxLength: 3 }), (value, changes) => {
        let json = JSON.stringify(value);
        for (const { at, cut, put } of changes) {
          const place = at % (json.length + 1);
          json = json.slice(0, place) + put + json.slice(place + cut);
        }
        const picked = pick(json, cursor);
        if (picked === null) return;
        taken++;
        const whole = new TextDecoder().decode(new TextEncoder().encode(json).subarray(0, picked.end));
        assert.equal(picked.value, chosen(JSON.parse(whole), wanted), whole);
      }),
      { numRuns: 5000 },
    );
    assert.ok(taken > 100, `${taken} taken`);
  });

  test('a value that has not come completely is refused, whatever stood there before', () => {
    const whole = '{"a":"x","labels":{"k":"","l":"v"},"list":[{"a":1}],"b":true}';
    const bytes = new TextEncoder().encode(whole);
    for (let end = 1; end < whole.length; end++) {
      const cursor = createPickCursor();
      assert.ok(pick(whole, cursor) !== null);
      cursor.bytes = new Uint8Array([...bytes, 0x22, 0x22]);
      cursor.bytes.fill(0x22, end, end + 2);
      cursor.end = end;
      assert.is(pickJson(cursor, 0, wanted), -1, whole.slice(0, end));
    }
  });

  test('what needs a closer look is refused', () => {
    for (const json of [
      '{"a":"\\u0041"}',
      '{"\\u0061":"x"}',
      '{"a":[1]}',
      '{"a":{}}',
      '{"a":"é"}',
      '{"labels":[]}',
      '{"labels":{"a":1}}',
      '{"labels":{"__proto__":"x"}}',
      '{"list":{}}',
      '{"list":[1]}',
      `{"z":${'['.repeat(101)}${']'.repeat(101)}}`,
      '[]',
      '7',
    ]) {
      assert.is(pick(json), null, json);
    }
  });

  test('equal values are one value', () => {
    const cursor = createPickCursor();
    const labels = (json: string): unknown => (pick(json, cursor)?.value as { labels: unknown }).labels;
    const first = labels('{"labels":{"a":"1"}}');
    assert.is(labels('{"a":1,"labels":{"a":"1"},"b":2}'), first);
    assert.is.not(labels('{"labels":{"a":"2"}}'), first);
    assert.is(labels('{"labels":{"a":"1"}}'), first);
    assert.is.not(labels('{"labels": {"a": "1"}}'), first);
  });
});
