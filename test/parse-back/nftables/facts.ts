// The emitted ruleset and the kernel's listing as lines of one language.
//
// What nft makes of a ruleset, and is allowed for here:
// - elements of sets and maps come back in the order of a hash: every element is a line of its own, and elements inside a
//   rule are sorted;
// - `filter - 5` is a number to the kernel: -5;
// - `icmpv6`, as a protocol, has the name `ipv6-icmp`;
// - `meta l4proto tcp th dport` and `tcp dport` are the same two instructions, listed as `tcp dport`;
// - `icmp type` and `icmpv6 type` look at family and protocol first; that is implied in both texts;
// - comments of the file (`#`) are not loaded.
import type { NftChain, NftListing, NftMapElement, NftRule, NftStatement } from './listing.ts';

/** What the kernel has. */
export function factsOfNftListing({ sets, maps, chains }: NftListing): readonly string[] {
  return [
    ...sets.flatMap(({ name, type, interval, elements }) => [
      `set ${name}`,
      `set ${name}: type ${type}`,
      ...(interval ? [`set ${name}: flags interval`] : []),
      ...elements.map((element) => `set ${name}: ${element}`),
    ]),
    ...maps.flatMap(({ name, type, elements }) => [
      `map ${name}`,
      `map ${name}: type ${type} : verdict`,
      ...elements.map((element) => `map ${name}: ${elementText(element)}`),
    ]),
    ...chains.flatMap(chainFacts),
  ];
}

function chainFacts({ name, hook, rules }: NftChain): readonly string[] {
  return [
    `chain ${name}`,
    ...(hook === null ? [] : [`chain ${name}: ${hook}`]),
    ...rules.map((rule, index) => `chain ${name}: ${index + 1}. ${ruleText(rule)}`),
  ];
}

function ruleText({ statements, comment }: NftRule): string {
  return [...statements.map(statementText), ...(comment === null ? [] : [`comment "${comment}"`])].join(' ');
}

function statementText(statement: NftStatement): string {
  if (typeof statement === 'string') return statement;
  const { vmap, elements } = statement;
  const data = typeof elements === 'string' ? elements : `{ ${elements.map(elementText).sort().join(', ')} }`;
  return `${vmap} vmap ${data}`;
}

function elementText({ key, verdict }: NftMapElement): string {
  return `${key} : ${verdict}`;
}

/** The same lines from the file. Throws at a line that stands where none should. */
export function factsOfRuleset(ruleset: string): readonly string[] {
  const facts: string[] = [];
  let within: string[] = [];
  let rules = 0;
  let collected: string[] | null = null;
  for (const line of codeLines(ruleset)) {
    if (line === '}' && collected !== null) {
      facts.push(`${within.join(' ')}: ${rules}. ${collected.shift() ?? ''} { ${collected.sort().join(', ')} }`);
      collected = null;
    } else if (line === '}') within = within.slice(0, -1);
    else if (collected !== null) collected.push(line.replace(/,$/, ''));
    else if (line === 'table inet netpolc {') within = [];
    else if (/^(?:map|set|chain) \S+ \{$/.test(line)) {
      within = [line.slice(0, -2)];
      rules = 0;
      facts.push(within.join());
    } else if (line === 'elements = {') within = [...within, ''];
    else if (within.length === 2) facts.push(...splitElements(line).map((element) => `${within[0] ?? ''}: ${element}`));
    else if (within[0]?.startsWith('chain') === true && !line.startsWith('type ')) {
      rules++;
      if (line.endsWith(' {')) collected = [asListed(line.slice(0, -2))];
      else facts.push(`${within[0]}: ${rules}. ${asListed(line)}`);
    } else if (within[0] !== undefined) facts.push(`${within[0]}: ${asListed(line)}`);
    else if (!/^(?:add|delete) table inet netpolc$/.test(line)) throw new Error(`unexpected line: ${line}`);
  }
  return facts;
}

/** Lines without comments; `#` cannot stand in a string, see SafeText. */
function codeLines(ruleset: string): readonly string[] {
  return ruleset.split('\n').flatMap((line) => {
    const code = line.replace(/#.*/, '').trim();
    return code === '' ? [] : [code];
  });
}

/** `a, b,` */
function splitElements(line: string): readonly string[] {
  return line.split(/,\s*/).filter((element) => element !== '');
}

function asListed(line: string): string {
  return line
    .replace('priority filter - 5', 'priority -5')
    .replace(/^meta l4proto \{.*\}/, (text) => text.replace('icmpv6', 'ipv6-icmp'))
    .replace(/^meta l4proto (\w+) th dport/, '$1 dport')
    .replace(/\{ (.*) \}/, (_, elements: string) => `{ ${[...splitElements(elements)].sort().join(', ')} }`);
}
