// What iptables-save prints, and what iptables-restore is given: one table, its chains and their rules.
import { groupBy } from '../../../src/collections/get-or-make.ts';
import { must } from '../../kit/must.ts';
import { splitWords } from './words.ts';

export interface FilterTable {
  readonly chains: readonly SavedChain[];
}

export interface SavedChain {
  readonly name: string;
  /** Of a built-in chain; `-` for others. */
  readonly policy: string;
  /** The words behind `-A NAME`. */
  readonly rules: readonly (readonly string[])[];
}

/** Throws at other tables, and at lines that are none of comment, chain and rule. No lines at all are no chains. */
export function parseFilterTable(text: string): FilterTable {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) return { chains: [] };
  if (lines[0] !== '*filter' || lines.at(-1) !== 'COMMIT') throw new Error('not the filter table, or not all of it');
  const [declared, rules] = [/^:/, /^-A /].map((start) => lines.filter((line) => start.test(line)));
  if (declared === undefined || rules === undefined || declared.length + rules.length + 2 !== lines.length) {
    throw new Error(`unexpected line: ${lines.slice(1, -1).find((line) => !/^(?::|-A )/.test(line)) ?? ''}`);
  }
  const rulesByChain = groupBy(rules, (line) => /^-A (\S+)/.exec(line)?.[1] ?? '');
  const chains = declared.map((line): SavedChain => {
    const [, name = '', policy = ''] = must(/^:(\S+) (\S+) \[\d+:\d+\]$/.exec(line), line);
    const own = rulesByChain.get(name) ?? [];
    return { name, policy, rules: own.map((rule) => splitWords(rule.slice(`-A ${name} `.length))) };
  });
  const missing = [...rulesByChain.keys()].find((name) => !chains.some((chain) => chain.name === name));
  if (missing !== undefined) throw new Error(`rules of ${missing}, which is no chain`);
  return { chains };
}
