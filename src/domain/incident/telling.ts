import { type IncidentScope, SEVERITIES, type Severity } from "./kinds.ts";
import type { NotifyEvent } from "./notice.ts";
import type { IncidentPolicy } from "./policy.ts";

/** What was told of an incident last, so that only what got worse is told again; plain JSON. */
export interface ToldState {
  readonly severity: Severity;
  readonly scope: IncidentScope;
  /** Of an expiring certificate: the threshold that was told. */
  readonly step: number;
  readonly flapping: boolean;
  /** How many changes were told since the opening. */
  readonly changes: number;
}

/** Why nobody is told of something that is open. */
export type Held =
  | "child"
  | "maintenance"
  | "mass"
  | "vantage"
  | "late"
  | "other_family"
  | "group"
  | "flapping"
  | "no_channel"
  | "prometheus";

/** An incident as the decision needs it; instants in milliseconds since the epoch. */
export interface TellingView {
  readonly severity: Severity;
  readonly scope: IncidentScope;
  readonly step: number;
  readonly flapping: boolean;
  readonly openedAt: number;
  readonly confirmedAt: number;
  readonly resolvedAt: number | null;
  readonly toldAt: number | null;
  readonly toldResolvedAt: number | null;
  /** Also of an incident that was told, ended, and goes on. */
  readonly told: ToldState | null;
  readonly acknowledged: boolean;
  /** When it was last seen to fail by what still fails; null: by nothing any more; not asked of what no probe sees. */
  readonly failedAt: number | null | "not_probed";
  /** Its common cause is open, and speaks for it. */
  readonly hasParent: boolean;
  /** Every portal that it is about is in maintenance. */
  readonly muted: boolean;
  /** The places that confirmed it are ill themselves. */
  readonly doubt: "mass" | "vantage" | null;
  /** It could turn out to be one of several with one cause. */
  readonly mayBeGrouped: boolean;
  /** The portal's other family was not looked at since. */
  readonly otherFamilyUnseen: boolean;
}

/** What is to be said now, or why it is not; neither: there is nothing to say. */
export interface Telling {
  readonly event: NotifyEvent | null;
  readonly held: Held | null;
}

const NOTHING: Telling = { event: null, held: null };

/** However long it waits for company, an incident is told within two minutes of the first failing run. */
const LONGEST_WAIT_MS = 110_000;

/** What must be said of an incident now. What is held is asked again: nothing is lost by it. */
export function tellingOf(view: TellingView, now: number, policy: IncidentPolicy): Telling {
  if (view.resolvedAt !== null) {
    const isDue = view.toldAt !== null && view.toldResolvedAt === null;
    return isDue ? { event: "resolved", held: null } : NOTHING;
  }
  const event = view.toldAt === null ? openingOf(view) : newsOf(view);
  if (event === null) return NOTHING;
  if (event === "quiet") return { event: null, held: "flapping" };
  const held = lastingHold(view) ?? (view.toldAt === null ? firstHold(view, now, policy) : null);
  return held === null ? { event, held } : { event: null, held };
}

/** Whether the next step of an escalation may be taken. */
export function mayEscalate(view: TellingView): boolean {
  return (
    view.resolvedAt === null &&
    view.toldAt !== null &&
    !view.acknowledged &&
    lastingHold(view) === null
  );
}

function openingOf(view: TellingView): NotifyEvent | "quiet" {
  if (!view.flapping || view.told === null) return "opened";
  return view.told.flapping ? "quiet" : "flapping";
}

function newsOf(view: TellingView): NotifyEvent | null {
  const { told } = view;
  if (told === null) return null;
  if (view.flapping) return told.flapping ? null : "flapping";
  const isWorse =
    SEVERITIES.indexOf(view.severity) < SEVERITIES.indexOf(told.severity) ||
    (view.scope === "whole" && told.scope === "partial");
  if (isWorse) return "changed";
  return view.step > told.step && !view.acknowledged ? "changed" : null;
}

/** Reasons that hold for news as well as for the opening. */
function lastingHold(view: TellingView): Held | null {
  if (view.hasParent) return "child";
  if (view.muted) return "maintenance";
  return view.doubt;
}

function firstHold(view: TellingView, now: number, policy: IncidentPolicy): Held | null {
  const { failedAt, openedAt, confirmedAt } = view;
  // Nothing fails any more, or nothing was heard of it for long: its end will tell, or the next failure.
  if (failedAt === null) return "late";
  if (failedAt !== "not_probed" && now - failedAt > policy.lateAfterMs) return "late";
  if (now >= openedAt + LONGEST_WAIT_MS) return null;
  if (view.otherFamilyUnseen) return "other_family";
  return view.mayBeGrouped && now < confirmedAt + policy.group.waitMs ? "group" : null;
}
