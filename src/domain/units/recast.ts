import type { Day } from "../calendar.ts";
import type { AdminLevel, Unit, UnitBook } from "./unit.ts";
import { isThere } from "./unit-book.ts";
import { compareName, readName } from "./unit-name.ts";

/** What of a unit is where on the target day. */
export interface RecastPart {
  readonly unit: Unit;
  /** The part of the old unit that is in it: 1 if all is, null where nobody stated it. */
  readonly share: number | null;
}

/** `exact`: all of it is in one unit; `split`: in several, or a part in one; `unknown`: it can't be told. */
export const RECAST_OUTCOMES = ["exact", "split", "unknown"] as const;

export type RecastOutcome = (typeof RECAST_OUTCOMES)[number];

/** Why, in slugs that docs/units.md explains. */
export type RecastReason =
  | "same_unit"
  | "merged_whole"
  | "divided"
  | "no_code"
  | "unknown_code"
  | "not_valid"
  | "name_differs"
  | "no_successor";

export interface Recast {
  readonly outcome: RecastOutcome;
  readonly reason: RecastReason;
  /** The unit that was meant; null where it is not known. */
  readonly from: Unit | null;
  /** One of an exact outcome, none of an unknown one. */
  readonly parts: readonly RecastPart[];
}

/** A code with what stands beside it. */
export interface RecastQuestion {
  readonly level: AdminLevel;
  readonly code: string;
  /** Null: nothing stands beside it, and the code is believed. */
  readonly name: string | null;
}

/**
 * What the unit that had this code on the day `from` is on the day `to`, which is not before. A name that is another
 * unit's makes it unknown: nothing is guessed.
 */
export function recast(
  book: UnitBook,
  { level, code, name }: RecastQuestion,
  from: Day,
  to: Day,
): Recast {
  if (code === "") return unknown("no_code", null);
  const unit = book.on(level, code, from);
  if (!unit) {
    return unknown(book.withCode(level, code).length > 0 ? "not_valid" : "unknown_code", null);
  }
  if (name !== null && !wasCalled(book, unit, name)) return unknown("name_differs", unit);
  if (isThere(unit, to)) {
    return { outcome: "exact", reason: "same_unit", from: unit, parts: [{ unit, share: 1 }] };
  }
  const parts = follow(book, unit, to);
  if (parts.length === 0) return unknown("no_successor", unit);
  const isWhole = parts.length === 1 && parts[0]?.share === 1;
  return isWhole
    ? { outcome: "exact", reason: "merged_whole", from: unit, parts }
    : { outcome: "split", reason: "divided", from: unit, parts };
}

/** Whether a unit was ever called so; the type may be another one, as it changes. */
function wasCalled(book: UnitBook, unit: Unit, name: string): boolean {
  const written = readName(name);
  return book.attributesOf(unit.id).some((each) => compareName(each, written) !== "other");
}

function unknown(reason: RecastReason, from: Unit | null): Recast {
  return { outcome: "unknown", reason, from, parts: [] };
}

/** Where all of a unit went until a day, through as many steps as there were; empty where a part was lost on the way. */
function follow(book: UnitBook, unit: Unit, to: Day): RecastPart[] {
  if (isThere(unit, to)) return [{ unit, share: 1 }];
  const shares = new Map<Unit, number | null>();
  for (const step of book.successors(unit.id)) {
    const next = book.byId(step.to);
    const parts = next && step.effective <= to ? follow(book, next, to) : [];
    if (parts.length === 0) return [];
    const here = step.part === "whole" ? 1 : step.share;
    for (const { unit: end, share } of parts) {
      const known = shares.get(end);
      const added = here === null || share === null ? null : here * share;
      shares.set(end, known === undefined ? added : sum(known, added));
    }
  }
  return [...shares]
    .map(([end, share]) => ({ unit: end, share }))
    .toSorted((one, other) => (one.unit.code < other.unit.code ? -1 : 1));
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
