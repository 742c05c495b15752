// HTML and SVG as text that was escaped where it was put in: what is not Markup is text from the input.
import { escapeText } from '../../diagnostics/safe-text.ts';

/** Text with tags in it, made by the functions of this file only. */
export interface Markup {
  readonly kind: 'markup';
  readonly text: string;
}

export type Content = Markup | string | number | readonly Content[];

/**
 * A template tag. Strings and numbers are escaped, for the inside of elements and of attributes in double quotes; what cannot
 * be seen is written out, so the result is also well-formed XML. Lists are put one after another.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const text = strings.map((string, index) => (index === 0 ? '' : printContent(values[index - 1] ?? '')) + string);
  return { kind: 'markup', text: text.join('') };
}

/** Lets text of our own pass as it is: style sheets, scripts, encoded data. Never text from the input. */
export function trusted(text: string): Markup {
  return { kind: 'markup', text };
}

/** Contents with something between them. */
export function joinContent(contents: readonly Content[], separator: Content): Content {
  return contents.flatMap((content, index) => (index === 0 ? [content] : [separator, content]));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function printContent(content: Content): string {
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escapeText(content).replace(/[&<>"']/g, (each) => entities[each] ?? '');
  return 'text' in content ? content.text : content.map(printContent).join('');
}
