export {
  type Audit,
  type AuditLimits,
  type AuditOptions,
  type AuditOrder,
  type AuditStep,
  type Turns,
  createAudit,
} from "./audit/index.ts";
export { DEFAULT_ANCHORS, parseAnchor } from "./anchors.ts";
export { IANA_ROOT_HINTS, type RootHints, parseRootHints } from "./dns/index.ts";
export { type LagWindow, type LoopLag, watchLoopLag } from "./loop-lag.ts";
export type { ProbeOptions } from "./probe-options.ts";
export { type Probe, type RunOrder, createProbe } from "./probe.ts";
export type { AcquireAddress, Admission } from "./run.ts";
export { type SelfTest, type SelfTestOptions, createSelfTest } from "./self-test.ts";
