// A connection on one line, in the notation of `.flows` files.
import { formatEndpointName } from '../flows/endpoint-name.ts';
import type { EndpointName, FlowLine } from '../flows/flow-line.ts';

/** `prod/api -> prod/db:3306/TCP`. */
export function flowText({ from, to, protocol, port, family }: FlowLine): string {
  const which = family === null ? '' : ` ${family}`;
  return `${formatEndpointName(from)} -> ${bracketed(to)}:${port}/${protocol}${which}`;
}

/** `--from prod/api --to prod/db --port 3306`. */
export function flowOptions({ from, to, protocol, port, family }: FlowLine): string {
  return [
    `--from ${formatEndpointName(from)} --to ${formatEndpointName(to)} --port ${port}`,
    ...(protocol === 'TCP' ? [] : [`--protocol ${protocol}`]),
    ...(family === null ? [] : [`--family ${family}`]),
  ].join(' ');
}

/** An IPv6 address before a port stands in brackets. */
function bracketed(name: EndpointName): string {
  const text = formatEndpointName(name);
  return name.kind === 'address' && name.address.family === 'IPv6' ? `[${text}]` : text;
}
