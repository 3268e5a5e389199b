// What audits need beside this lies in audit/ and dns/: threads that only probe do not load it.
export { DEFAULT_ANCHORS, parseAnchor } from "./anchors.ts";
export { type LagWindow, type LoopLag, watchLoopLag } from "./loop-lag.ts";
export type { ProbeOptions } from "./probe-options.ts";
export { type Probe, type RunOrder, createProbe } from "./probe.ts";
export type { AcquireAddress, Admission } from "./run.ts";
export { type SelfTest, type SelfTestOptions, createSelfTest } from "./self-test.ts";
