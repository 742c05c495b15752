// The fields of `netpolc.yaml`, for strict decoding and its hints. schema/config.schema.json says the same to editors.
import { boolean, list, object, opaque, string, type Schema } from '../policy/schema.ts';

/** Kind Config of `netpolc.dev/v1alpha1`. */
export const configSchema: Schema = object({
  apiVersion: string,
  kind: string,
  policies: list(string),
  snapshots: list(string),
  namespace: string,
  decode: string,
  allowIncomplete: boolean,
  namedPortsInit: string,
  allowEgressToOwnNode: boolean,
  icmpEcho: string,
  color: string,
  lint: object({
    // Read by decode-severities.ts: `off` is meant as a word there, and needs no quotes.
    severity: opaque,
    annotations: boolean,
    suppress: list(object({ lint: string, policy: string, reason: string })),
  }),
});
