// Label selectors over few keys and values, so that they match often and collide often.
import { listField, manifest, nil, several, type Dial, type Json, type Manifest } from './manifest.ts';
import type { Random } from './random.ts';

const values = ['x', 'y', ''] as const;
const nameLabel = 'kubernetes.io/metadata.name';

/** `constructor` is rare but there: a valid key, and a trap for labels kept in plain objects (TH-11). */
export function labelKey(random: Random): string {
  return random.chance(0.03) ? 'constructor' : random.pick(['a', 'b']);
}

/** Labels for a pod or a namespace: each key with probability ¾, `x` more often than the others. */
export function randomLabels(random: Random): Manifest | null | undefined {
  if (random.chance(0.1)) return nil(random);
  const keys = [...(random.chance(0.75) ? ['a'] : []), ...(random.chance(0.75) ? ['b'] : [])];
  const all = random.chance(0.02) ? [...keys, 'constructor'] : keys;
  return Object.fromEntries(all.map((key) => [key, labelValue(random)]));
}

/** A selector that is there; `{}` with probability ¼. `namespaces` are names that the name label may ask for. */
export function randomSelector(random: Random, dial: Dial, namespaces: readonly string[] | null): Manifest {
  if (random.chance(0.25)) return {};
  const matchLabels = random.chance(dial === 'flat' ? 0.5 : 0.7) ? randomMatchLabels(random, namespaces) : nil(random);
  const matchExpressions = random.chance(0.6)
    ? listField(random, dial, null, () => several(random, 1, 2, () => randomExpression(random, namespaces)))
    : nil(random);
  return manifest({ matchLabels, matchExpressions });
}

function randomMatchLabels(random: Random, namespaces: readonly string[] | null): Manifest {
  if (random.chance(0.2)) return {};
  if (namespaces !== null && random.chance(0.4)) return { [nameLabel]: random.pick(namespaces) };
  const keys = random.chance(0.2) ? ['a', 'b'] : [labelKey(random)];
  return Object.fromEntries(keys.map((key) => [key, labelValue(random)]));
}

function randomExpression(random: Random, namespaces: readonly string[] | null): Manifest {
  const operator = random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']);
  const byName = namespaces !== null && random.chance(0.3);
  const key = byName ? nameLabel : labelKey(random);
  const wanted = (): Json => (byName ? random.pick(namespaces) : labelValue(random));
  if (operator === 'In' || operator === 'NotIn') return { key, operator, values: several(random, 1, 2, wanted) };
  return manifest({ key, operator, values: random.chance(0.2) ? [] : nil(random) });
}

function labelValue(random: Random): string {
  return random.chance(0.4) ? 'x' : random.pick(values);
}
