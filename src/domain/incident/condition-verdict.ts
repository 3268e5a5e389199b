import type { Family } from "../family.ts";
import type { OpenIncident, Sight } from "./change.ts";
import type { IncidentScope } from "./kinds.ts";
import type { FamilyJudgement } from "./quorum.ts";
import type { Condition } from "./track.ts";

/** How far a condition of a portal reaches. */
export interface Reach {
  readonly scope: IncidentScope;
  /** The one family that is meant; null: all that are published. */
  readonly family: Family | null;
}

/** What follows for the incident of one condition, over both families: `keep`: an open one stays as it is. */
export type Verdict =
  | { readonly type: "keep" }
  | { readonly type: "good" }
  | (Reach & {
      readonly type: "bad";
      readonly condition: Condition;
      /** Those who saw it. */
      readonly sights: readonly Sight[];
      /** What it is called where it is not what the last bad run failed by. */
      readonly cause: string | null;
    });

const KEEP: Verdict = { type: "keep" };
const WHOLE: Reach = { scope: "whole", family: null };

/** What is asked of the families of one condition. */
export interface Question {
  readonly condition: Condition;
  readonly judgements: readonly FamilyJudgement[];
  readonly open: OpenIncident | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly partialAfterMs: number;
}

/**
 * Whether a condition opens, keeps or closes the portal's incident of its kind, and how far it reaches. One family is
 * meant alone only while the other is known to work; of a family of which nothing is known, nothing follows that was
 * not so before.
 */
export function verdictOf(question: Question): Verdict {
  const { judgements, open } = question;
  const downs = judgements.filter(({ level }) => level === "down");
  if (open === null) {
    if (downs.length > 0) return bad(question, downs, reachOf(downs, judgements, null));
    const late = judgements.filter((each) => isPartialSince(each, question));
    return late.length > 0 ? bad(question, late, partOf(late, judgements)) : KEEP;
  }
  if (downs.length > 1) return bad(question, downs, WHOLE);
  const isMoving = judgements.some((each) => each.level === "unsettled" || each.lastKnownBad);
  if (isMoving) return KEEP;
  if (downs.length > 0) return bad(question, downs, reachOf(downs, judgements, open));
  const parts = judgements.filter(({ level }) => level === "partial");
  if (parts.length > 0) return bad(question, parts, partOf(parts, judgements));
  return isKnownGood(judgements, open) ? { type: "good" } : KEEP;
}

function bad(
  { condition }: Question,
  judgements: readonly FamilyJudgement[],
  reach: Reach,
): Verdict {
  const sights = judgements.flatMap(({ down }) => down);
  return { type: "bad", condition, sights, cause: null, ...reach };
}

/** How far an outage by quorum reaches: one family alone where the other is known to work, or was so far. */
export function reachOf(
  downs: readonly FamilyJudgement[],
  judgements: readonly FamilyJudgement[],
  open: Reach | null,
): Reach {
  const [first] = downs;
  if (first === undefined || downs.length > 1) return WHOLE;
  const { family } = first;
  const other = judgements.find((each) => each.family !== family)?.level ?? "unknown";
  if (other === "absent") return WHOLE;
  if (other === "unknown") return open?.family === family ? { scope: "partial", family } : WHOLE;
  return { scope: "partial", family };
}

/** How far an outage that only some vantage points see reaches; never the whole. */
function partOf(parts: readonly FamilyJudgement[], judgements: readonly FamilyJudgement[]): Reach {
  const [first] = parts;
  const works = judgements.some(({ level }) => level === "good");
  const family = parts.length === 1 && works ? (first?.family ?? null) : null;
  return { scope: "partial", family };
}

function isPartialSince(
  { level, down }: FamilyJudgement,
  { condition, at, partialAfterMs }: Question,
): boolean {
  if (level !== "partial") return false;
  const since = Math.min(...down.map(({ track }) => track.conditions[condition].since));
  return at - since >= partialAfterMs;
}

/** Nothing bad is left: somebody can tell, of the family too that the incident is about. */
function isKnownGood(judgements: readonly FamilyJudgement[], open: OpenIncident): boolean {
  return judgements.some(
    ({ family, level }) => level !== "unknown" && (open.family === null || open.family === family),
  );
}
