// The Content-Security-Policy of a page: nothing but its own script and its own style, named by their content.
import { hash } from 'node:crypto';

/** For a `meta` element. Nothing is loaded, sent, framed or submitted, whatever stands in the page. */
export function securityPolicy(script: string, style: string): string {
  const only = (text: string): string => `'sha256-${hash('sha256', text, 'base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${only(script)}`,
    `style-src ${only(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
