// The plan → files. Layout only.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Artifact } from '../../src/target.ts';
import type { SafeText } from '../shared/safe-text.ts';
import { compileTemplate } from '../shared/template.ts';
import type { FamilyRules, Ipset, IptablesPlan } from './iptables-plan.ts';
import { ruleText } from './rule-text.ts';
import { loadScript, unloadScript } from './scripts.ts';
import ipsetTemplate from './templates/ipset.hbs';
import rulesTemplate from './templates/rules.hbs';

const renderRules = compileTemplate(rulesTemplate);
const renderIpset = compileTemplate(ipsetTemplate);

/** Prints rules of both families, their sets, and the scripts that load and unload them. O(elements + rules). */
export function printIptables({ header, rules, sets }: IptablesPlan): readonly Artifact[] {
  return [
    ...rules.map((family) => printRules(header, family, sets)),
    ...(sets === null ? [] : [printSets(header, sets)]),
    { suffix: 'load.sh', content: loadScript, isScript: true },
    { suffix: 'unload.sh', content: unloadScript, isScript: true },
  ];
}

function printRules(
  header: readonly SafeText[],
  { family, chains, forward, input }: FamilyRules,
  sets: IptablesPlan['sets'],
): Artifact {
  const view = {
    header,
    family,
    withoutSets: sets === null,
    chains: chains.map(({ name, notes, rules }) => ({
      name,
      notes,
      ruleLines: rules.map((rule) => `-A ${name} ${ruleText(rule)}`).join('\n'),
    })),
    forward,
    input,
  };
  return { suffix: family === 'IPv4' ? 'v4.rules' : 'v6.rules', content: renderRules(view) };
}

function printSets(header: readonly SafeText[], sets: readonly Ipset[]): Artifact {
  const view = {
    header,
    sets: sets.map(({ name, type, family, hashSize, elements, note }) => ({
      ...{ name, type, hashSize, note },
      family: family === 'IPv4' ? 'inet' : 'inet6',
      maxElements: elements.length,
      addLines: addLines(name, elements),
    })),
  };
  return { suffix: 'ipset', content: renderIpset(view) };
}

/** Remembered: nodes have most of their sets in common, and elements have one name. */
function addLines(name: string, elements: readonly string[]): string {
  return getOrMake(linesByElements, elements, () => elements.map((element) => `add ${name} ${element}`).join('\n'));
}

const linesByElements = new WeakMap<readonly string[], string>();
