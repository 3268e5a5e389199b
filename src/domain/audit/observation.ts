import type { Family } from "../family.ts";
import type { AuditGate } from "./gate.ts";
import type { AuditCertificate, ChainSight, HostSight } from "./host.ts";
import type { PageFacts } from "./page.ts";
import type { Sight } from "./sight.ts";
import type { MailSight, ZoneSight } from "./zone.ts";

/** Durations of one stage in milliseconds, one per visit that reached it, at most five. */
export type StageTimes = readonly number[];

/** Stages of a visit (b.5); what needs a browser is not measured. */
export const TIMED_STAGES = ["dns", "tcp", "tls", "ttfb", "total"] as const;

export type TimedStage = (typeof TIMED_STAGES)[number];

/** Times of the entry URL per family and stage; they differ at every audit and are kept apart from the facts. */
export type AuditTimings = Readonly<Record<Family, Readonly<Record<TimedStage, StageTimes>>>>;

/**
 * Everything that one audit saw of one portal: plain JSON, bounded, without opinion and without anything that
 * changes while the portal does not. Each key is stored content-addressed by itself.
 */
export interface AuditFacts {
  readonly gate: AuditGate;
  /** The entry host first, then variants and hops; at most 12 hosts. */
  readonly hosts: readonly HostSight[];
  readonly chains: Readonly<Record<Family, Sight<ChainSight>>>;
  readonly zone: Sight<ZoneSight>;
  readonly page: PageFacts;
  readonly mail: Sight<MailSight>;
  /** By fingerprint, every certificate of every chain above; at most 64. */
  readonly certificates: Readonly<Record<string, AuditCertificate>>;
}

/** One audit. Instants are milliseconds since the epoch. */
export interface AuditObservation {
  readonly url: string;
  readonly vantage: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly facts: AuditFacts;
  readonly timings: AuditTimings;
}
