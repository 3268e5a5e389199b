import type { AuditGate } from "../../domain/audit/gate.ts";
import type { AddressSight, HostSight } from "../../domain/audit/host.ts";
import type { AddressAnswer, NameSight, SeenAddress } from "../../domain/audit/names.ts";
import type {
  AuditFacts,
  AuditTimings,
  StageTimes,
  TimedStage,
} from "../../domain/audit/observation.ts";
import { type UnseenReason, unseen } from "../../domain/audit/sight.ts";
import { FAMILIES, type Family } from "../../domain/family.ts";
import type { HostPlan } from "./entry.ts";
import { everyVersion } from "./versions.ts";

/** A value while it is being found out. */
export type Draft<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** One host while it is being looked at. */
export type HostDraft = Draft<Omit<HostSight, "addresses">> & {
  addresses: Draft<AddressSight>[];
};

/** The times of one audit while they are being taken. */
export type TimingsDraft = Readonly<Record<Family, Readonly<Record<TimedStage, number[]>>>>;

/**
 * An observation on its way. Everything in it is `deadline` until it was seen, so that it can be taken at any moment:
 * an audit always ends with what it has.
 */
export interface ObservationDraft {
  readonly hosts: HostDraft[];
  chains: AuditFacts["chains"];
  zone: AuditFacts["zone"];
  readonly page: Draft<AuditFacts["page"]>;
  mail: AuditFacts["mail"];
  readonly timings: TimingsDraft;
}

/** An observation of which nothing has been seen, for these hosts and for this reason. */
export function newDraft(
  plans: readonly HostPlan[],
  reason: UnseenReason = "deadline",
): ObservationDraft {
  const late = unseen(reason);
  return {
    hosts: plans.map(newHost),
    chains: { ip4: late, ip6: late },
    zone: late,
    page: { pages: { ip4: late, ip6: late }, parity: late, resources: late, securityTxt: late },
    mail: late,
    timings: { ip4: noTimes(), ip6: noTimes() },
  };
}

function noTimes(): Readonly<Record<TimedStage, number[]>> {
  return { dns: [], tcp: [], tls: [], ttfb: [], total: [] };
}

/** A host of which nothing has been seen. */
export function newHost({ host, role, httpsPort, httpPort }: HostPlan): HostDraft {
  const name = nameNotAsked(host);
  return { host, role, httpsPort, httpPort, name, addresses: [], beyond: 0 };
}

/** A name that nobody was asked for. */
export function nameNotAsked(host: string): NameSight {
  const nothing: AddressAnswer = {
    outcome: "not_asked",
    addresses: [],
    beyond: 0,
    chain: [],
    attempts: [],
    invented: 0,
  };
  return { host, answers: { ip4: nothing, ip6: nothing } };
}

/** An address at which nothing has been seen, for this reason. */
export function newAddress(
  family: Family,
  address: SeenAddress,
  reason: UnseenReason,
): Draft<AddressSight> {
  const sight = unseen(reason);
  return {
    family,
    address,
    https: sight,
    http: sight,
    tls: sight,
    versions: everyVersion(sight),
    answer: sight,
    plain: sight,
  };
}

/** Times that are kept of one stage. */
const MAX_TIMES = 5;

/** Keeps one duration (milliseconds, to the tenth) unless there are enough. */
export function noteTime(times: number[], ms: number): void {
  if (times.length < MAX_TIMES) times.push(Math.round(ms * 10) / 10);
}

/** The draft as it stands, cut off from whoever still writes to it. */
export function factsOf(
  draft: ObservationDraft,
  gate: AuditGate,
  certificates: AuditFacts["certificates"],
): { facts: AuditFacts; timings: AuditTimings } {
  const { timings, ...facts } = structuredClone(draft);
  const seen = FAMILIES.map((family): [Family, Record<TimedStage, StageTimes>] => [
    family,
    timings[family],
  ]);
  return {
    facts: { gate, ...facts, certificates: sorted(certificates) },
    timings: Object.fromEntries(seen) as AuditTimings,
  };
}

/** By fingerprint, so that it does not matter who was met first. */
function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
