// A small strict reader of XML: elements, attributes, text and the five entities. Everything else is refused.

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and pieces of text. */
  readonly children: readonly (Element | string)[];
}

/** Reads a document with an XML declaration and one root. Throws where it is not well-formed. */
export function readXml(text: string): Element {
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (bad !== null) throw new Error(`a character that XML does not have at ${bad.index}`);
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text)?.[0];
  if (declaration === undefined) throw new Error('no XML declaration');
  const { element, end } = readElement(text, declaration.length);
  if (text.slice(end).trim() !== '') throw new Error('something behind the root');
  return element;
}

const startTag = /<([A-Za-z]+)((?: [A-Za-z]+="[^"<]*")*)(\/?)>/y;

function readElement(text: string, at: number): { readonly element: Element; readonly end: number } {
  startTag.lastIndex = at;
  const found = startTag.exec(text);
  if (found === null) throw new Error(`no element at ${at}: ${text.slice(at, at + 40)}`);
  const [tag, name = '', attributes = '', isEmpty] = found;
  const children: (Element | string)[] = [];
  let end = at + tag.length;
  const closing = `</${name}>`;
  while (isEmpty === '' && !text.startsWith(closing, end)) {
    const next = text.indexOf('<', end);
    if (next === -1) throw new Error(`<${name}> does not end`);
    if (next > end) children.push(readText(text.slice(end, next)));
    end = next;
    if (text.startsWith(closing, end)) break;
    const child = readElement(text, end);
    children.push(child.element);
    end = child.end;
  }
  const element = { name, attributes: readAttributes(attributes), children };
  return { element, end: isEmpty === '' ? end + closing.length : end };
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const found = [...text.matchAll(/ ([A-Za-z]+)="([^"]*)"/g)];
  const attributes = new Map(found.map(([, name = '', value = '']) => [name, readText(value)]));
  if (attributes.size !== found.length) throw new Error(`an attribute twice in ${text}`);
  return attributes;
}

function readText(text: string): string {
  return text.replace(/&([^;]*);|&|>/g, (all, name: string | undefined) => {
    const character = entities[name ?? ''];
    if (character === undefined) throw new Error(`unescaped \`${all}\``);
    return character;
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
