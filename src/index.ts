/**
 * netpolc as a library. The only file that exports what other files define.
 *
 *     import { createCompiler, defaultReadOptions, emit, inputFromText, readWorld, version } from 'netpolc';
 *     import { nftables } from 'netpolc/targets/nftables';
 *
 *     const file = inputFromText('cluster.yaml', 'snapshot', text);
 *     const { value: world, diagnostics } = await readWorld([file], defaultReadOptions);
 *     const { value: ir } = createCompiler(world).ir({ kind: 'node', name: 'worker-1' });
 *     const { value: artifacts } = emit(ir, nftables, { version });
 *
 * Functions that can meet wrong input return an `Outcome`: a value, or null, and diagnostics as plain data. They throw
 * for bugs only. Nothing here touches the machine: bytes come from the caller, commands go back as data.
 */

// Input → world.
export { readWorld } from './input/read-world.ts';
export { inputFromText } from './input/input-from-text.ts';
export { defaultReadOptions, type InputFile, type ReadOptions, type World } from './input/world.ts';

// What a world holds.
export type {
  Field,
  IpBlockPeer,
  NetworkPolicy,
  Peer,
  PodPeer,
  PolicyPort,
  PolicyRule,
} from './policy/network-policy.ts';
export type {
  Action,
  ClusterPeer,
  ClusterPolicy,
  ClusterPolicyKind,
  ClusterPort,
  ClusterRule,
  DomainsPeer,
  NetworksPeer,
  NodesPeer,
  Tier,
  UnknownPart,
} from './policy/cluster-policy.ts';
export type { Policies } from './policy/policies.ts';
export { matches, type LabelSelector, type Labels, type Operator, type Requirement } from './policy/label-selector.ts';
export type {
  DnsRecord,
  DnsSnapshot,
  NamedPort,
  Namespace,
  Node,
  Pod,
  PodTemplate,
  Service,
  ServicePort,
  Snapshot,
  WorkloadKind,
} from './snapshot/snapshot.ts';

// Pods that do not exist yet.
export { addStandIns, type StoodIn } from './stand-ins/add-stand-ins.ts';

// World → IR → artifacts.
export {
  createCompiler,
  defaultCompileOptions,
  emit,
  type CompileOptions,
  type EmitOptions,
  type Compiler,
} from './compile.ts';
export { defaultSemantics, type SemanticsOptions } from './net/semantics-options.ts';
export type {
  AddressSetId,
  Direction,
  Endpoint,
  Ir,
  NamedAddressSet,
  Origin,
  PortRow,
  Profile,
  ProfileId,
  Scope,
} from './ir/ir.ts';
export { checkIr } from './ir/check.ts';
export { irSchemaVersion, printIr } from './ir/json.ts';
export { parseIr } from './ir/parse-ir.ts';
export type {
  Artifact,
  CommandFile,
  Engine,
  HostCommand,
  Inventory,
  Program,
  Target,
  TargetOptions,
  TargetSwitch,
} from './target.ts';

// Questions about one connection.
export type { Flow, Verdict } from './net/flow.ts';
export { evaluate } from './ir/evaluate.ts';
export { createOracle, type Oracle, type OracleWorld } from './trace/oracle.ts';
export { createTracer, type Trace, type TraceEnd, type TraceSide } from './trace/trace.ts';
export { printTrace, traceDocument, type TraceDocument } from './trace/print-trace.ts';
export { formatEndpointName, parseEndpointName } from './flows/endpoint-name.ts';
export type { EndpointName, FlowLine } from './flows/flow-line.ts';
export { createFlowResolver, type FlowResolver } from './flows/resolve-flow.ts';

// Lints.
export { lint, type LintOptions, type LintReport } from './lint/lint.ts';
export { defaultLintSettings, type LintSettings, type LintSeverity, type Suppression } from './lint/lint-settings.ts';
export { toleratedCodes } from './lint/reported-lints.ts';
export type { Finding } from './lint/finding.ts';
export { applyFixes } from './lint/edit/apply-fixes.ts';
export type { Edit, Fix } from './diagnostics/fix.ts';

// Addresses, ports and sets of them.
export { formatAddress, parseAddress, type Address, type Family } from './net/address.ts';
export { contains, type AddressSet } from './net/address-set.ts';
export { formatRanges } from './net/range-text.ts';
export { parseCidr, type Cidr } from './net/cidr.ts';
export type { PortRange, Protocol, TransportClass } from './net/protocol.ts';

// What went wrong, and where.
export { hasErrors, type Diagnostic, type Note, type Outcome, type Severity } from './diagnostics/diagnostic.ts';
export type { Code } from './diagnostics/catalogue/index.ts';
export { printText, type TextOptions } from './diagnostics/text.ts';
export { printJson } from './diagnostics/json.ts';
export { printSarif } from './diagnostics/sarif.ts';
export { explainCode, listCodes, type CodeSummary } from './diagnostics/explain.ts';
export { positionOf, shortPlace, type Position, type Source, type Span } from './source/source.ts';

export { version } from './version.ts';
