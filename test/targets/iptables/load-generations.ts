// Files by hand, in the shape that load.sh takes: what a machine with one pod, 10.0.1.2 or fd01::2, may be given.

/** Where packets go, by destination port: `onlyA` is allowed in a generation A, `both` in A and B, `neither` in none. */
export const ports = { onlyA: 1000, onlyB: 2000, both: 3000, neither: 4000 } as const;

/** File contents by name. */
export type Files = Readonly<Record<string, string>>;

export type Sets = 'ipset' | 'no-ipset';

/** A generation's files, beside them the scripts; names begin with the prefix. */
export function generation(name: 'A' | 'B', sets: Sets, prefix: string, scripts: Files): Files {
  const allowed = [name === 'A' ? ports.onlyA : ports.onlyB, ports.both];
  const files = {
    'v4.rules': head(sets) + rules(`${name}4`, sourceMatch(name, 4, sets), allowed),
    'v6.rules': head(sets) + rules(`${name}6`, sourceMatch(name, 6, sets), allowed),
    ...(sets === 'ipset' ? { ipset: [...ipset(name, 4), ...ipset(name, 6), ''].join('\n') } : {}),
    ...scripts,
  };
  return Object.fromEntries(Object.entries(files).map(([suffix, text]) => [prefix + suffix, text]));
}

function head(sets: Sets): string {
  return sets === 'ipset' ? '' : '# Compiled with --no-ipset: a file NAME.ipset is no part of this.\n';
}

function rules(tag: string, from: string, allowed: readonly number[]): string {
  const [forward, input, profile] = ['F', 'N', 'P'].map((letter) => `NPC1-${letter}${tag.padEnd(22, 'X')}`);
  return [
    '# by hand',
    '*filter',
    ':NETPOLC-FORWARD - [0:0]',
    ':NETPOLC-INPUT - [0:0]',
    ...[forward, input, profile].map((chain) => `:${chain} - [0:0]`),
    '',
    `-A ${forward} -m conntrack --ctstate ESTABLISHED -j RETURN`,
    `-A ${forward} -g ${profile}`,
    `-A ${input} -m conntrack --ctstate ESTABLISHED -j RETURN`,
    `-A ${input} -g ${profile}`,
    `-A ${profile} ${from} -p udp -m multiport --dports ${allowed.join()} -m comment --comment "prod/db -j DROP" -j RETURN`,
    `-A ${profile} -p udp -j DROP`,
    `-A NETPOLC-FORWARD -j ${forward}`,
    `-A NETPOLC-INPUT -j ${input}`,
    'COMMIT',
    '',
  ].join('\n');
}

const pod = { 4: '10.0.1.2', 6: 'fd01::2' } as const;

function sourceMatch(name: string, family: 4 | 6, sets: Sets): string {
  return sets === 'ipset' ? `-m set --match-set ${setName(name, family)} src` : `-s ${pod[family]}`;
}

function ipset(name: string, family: 4 | 6): readonly string[] {
  const set = setName(name, family);
  return [`create ${set} hash:ip family inet${family === 6 ? '6' : ''} maxelem 1`, `add ${set} ${pod[family]}`];
}

function setName(name: string, family: 4 | 6): string {
  return `npc${family}s${name.padEnd(26, 'x')}`;
}
