import type { Family } from "../family.ts";
import type { PortalKind } from "../portal.ts";
import type { IncidentKind, IncidentScope, Severity } from "./kinds.ts";
import type { Track } from "./track.ts";

/** How an incident was confirmed. */
export interface Confirmation {
  /** Numbers of the vantage points that saw it. */
  readonly vantages: readonly number[];
  /** Bad observations in all, and how many of them were confirmations. */
  readonly observations: number;
  readonly confirmations: number;
  /** Only one vantage point could tell: its confirmations stand for the others. */
  readonly singleVantage: boolean;
}

/** What is the same of a new, an open and a closed incident; instants in milliseconds since the epoch. */
export interface IncidentFacts {
  readonly kind: IncidentKind;
  /** See subject.ts. */
  readonly subject: string;
  readonly network: string;
  readonly portal: number | null;
  /** The one family that is meant; null: all. */
  readonly family: Family | null;
  readonly scope: IncidentScope;
  readonly severity: Severity;
  /** A failure kind or another slug. */
  readonly cause: string;
  /** First bad observation. */
  readonly openedAt: number;
  readonly confirmedAt: number;
  readonly lastBadAt: number;
  readonly confirmation: Confirmation;
  /** Small facts for people, plain JSON. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly flapping: boolean;
}

/** An incident that the register holds as open. */
export interface OpenIncident extends IncidentFacts {
  readonly id: number;
}

/** An incident that ended a short while ago, so that it can go on. */
export interface EndedIncident extends IncidentFacts {
  readonly id: number;
  readonly resolvedAt: number;
}

/**
 * What ended an incident: good runs, its children's ends, an audit, a certificate that is served no more, a place that
 * is well again, its portal being probed no longer, or a person.
 */
export type ClosedBy =
  | "recovered"
  | "children"
  | "restored"
  | "not_served"
  | "well_again"
  | "portal_retired"
  | "person";

/** What is to be done to incidents; `at` is when what led to it was seen. */
export type IncidentChange =
  | { readonly type: "open"; readonly at: number; readonly incident: IncidentFacts }
  | {
      readonly type: "reopen";
      readonly at: number;
      readonly id: number;
      readonly incident: IncidentFacts;
    }
  /** Another scope, family, severity, cause, or flapping began or ended. */
  | {
      readonly type: "change";
      readonly at: number;
      readonly id: number;
      readonly incident: IncidentFacts;
      /** What differs, for the timeline. */
      readonly reason: string;
    }
  | {
      readonly type: "resolve";
      readonly at: number;
      readonly id: number;
      /** First good observation. */
      readonly resolvedAt: number;
      readonly closedBy: ClosedBy;
    };

/** A vantage point as the quorum needs it. */
export interface Voter {
  readonly vantage: number;
  readonly network: string;
  /** Whether its last self-tests vouch for the family, and its schedule keeps up. */
  readonly healthy: Readonly<Record<Family, boolean>>;
}

/** One vantage point's sight of one portal over one family. */
export interface Sight {
  readonly family: Family;
  readonly vantage: number;
  readonly track: Track;
}

/** Everything that decides about the incidents of one portal. */
export interface PortalView {
  readonly portal: number;
  readonly portalKind: PortalKind;
  readonly sights: readonly Sight[];
  readonly voters: readonly Voter[];
  readonly open: readonly OpenIncident[];
  /** Ended within the time in which they can go on. */
  readonly ended: readonly EndedIncident[];
  /** Milliseconds since the epoch: of the observation that made the view worth looking at. */
  readonly at: number;
  /** The clock of whoever decides: what ended later was ended by a clock that was ahead. Absent: no clock was wrong. */
  readonly now?: number | undefined;
  readonly intervalMs: number;
  readonly severityOf: (kind: IncidentKind, scope: IncidentScope, portal: PortalKind) => Severity;
}
