// The `Link` header of a list → its next page. Source: RFC 8288; GitHub, using pagination in the REST API.

/** The URL of `rel="next"`; null at the last page, and for one on another server, which must not see the token. */
export function nextPage(header: string | null, url: string): string | null {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(/<([^>]*)>((?:\s*;\s*[^,;]+)*)/g)) {
    if (!/;\s*rel="?next"?\s*(?:;|$)/.test(parameters)) continue;
    const next = URL.canParse(target, url) ? new URL(target, url) : null;
    return next?.origin === new URL(url).origin ? next.href : null;
  }
  return null;
}
