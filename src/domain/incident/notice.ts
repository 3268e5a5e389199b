import type { Family } from "../family.ts";
import type { PortalKind } from "../portal.ts";
import type { IncidentKind, IncidentScope, Severity } from "./kinds.ts";
import type { SubjectType } from "./subject.ts";

/** What somebody is told of; `changed`: the scope or severity is another one. */
export const NOTIFY_EVENTS = [
  "opened",
  "changed",
  "flapping",
  "escalated",
  "resolved",
  "digest",
  "test",
] as const;

export type NotifyEvent = (typeof NOTIFY_EVENTS)[number];

/** A name in both languages; the English one may be absent. */
export interface NoticeName {
  readonly vi: string;
  readonly en: string | null;
}

/** The portal that an incident is about. */
export interface NoticePortal {
  readonly id: string;
  readonly name: NoticeName;
  readonly url: string;
  readonly kind: PortalKind;
  readonly agency: { readonly id: string; readonly name: NoticeName };
  /** Code and name, null for portals of the centre. */
  readonly province: { readonly code: string; readonly name: string } | null;
}

/** Something that this portal has in common with others that fail too. */
export interface NoticeShare {
  readonly key: SubjectType;
  readonly value: string;
  /** Portals that have it in common, and how many of them have an open incident of the kind. */
  readonly portals: number;
  readonly failing: number;
}

/** One incident as it is told. Instants are UTC, ISO 8601. */
export interface NoticeIncident {
  readonly id: number;
  readonly kind: IncidentKind;
  readonly scope: IncidentScope;
  readonly family: Family | null;
  readonly severity: Severity;
  /** A failure kind or another slug. */
  readonly cause: string;
  readonly network: string;
  readonly opened_at: string;
  readonly confirmed_at: string;
  readonly resolved_at: string | null;
  readonly subject: { readonly type: SubjectType; readonly name: string };
  readonly portal: NoticePortal | null;
  readonly confirmation: {
    /** Names. */
    readonly vantages: readonly string[];
    readonly observations: number;
    readonly confirmations: number;
    readonly single_vantage: boolean;
  };
  readonly flapping: boolean;
  readonly acknowledged_by: string | null;
  readonly shares: readonly NoticeShare[];
  /** Portals that the incident is about beside `portal`: of a parent or a certificate; the first 20, and how many in all. */
  readonly members: { readonly total: number; readonly portals: readonly NoticePortal[] };
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** What is told, whatever the channel: the JSON of webhooks, version 1. Adding keys keeps the version. */
export interface NotifyMessage {
  readonly version: 1;
  readonly event: NotifyEvent;
  /** When it was decided to tell it. */
  readonly at: string;
  /** Everything in it is made up: a demonstration. */
  readonly made_up: boolean;
  readonly incident: NoticeIncident | null;
  /** Many in one: what a channel's rate kept back; the first 20, and how many in all. */
  readonly digest: {
    readonly total: number;
    readonly items: readonly {
      readonly event: NotifyEvent;
      readonly incident: NoticeIncident;
    }[];
  } | null;
}

/** What decides who is told. */
export interface RoutingFacts {
  readonly kind: IncidentKind;
  readonly severity: Severity;
  /** Ids of agencies and codes of provinces that the incident's portals belong to. */
  readonly agencies: readonly string[];
  readonly provinces: readonly string[];
}

/** Who is told, by the configuration; names are those of channels. */
export interface Router {
  /** Told at the opening, at this instant (milliseconds since the epoch). */
  readonly tells: (facts: RoutingFacts, at: number) => readonly string[];
  /** Told when nobody has acknowledged for so long; by step, from 1 on, in order; empty: no escalation. */
  readonly escalations: (
    facts: RoutingFacts,
    at: number,
  ) => readonly { readonly afterMinutes: number; readonly channels: readonly string[] }[];
}
