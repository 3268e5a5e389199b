import type { MissingReason } from "../../domain/coverage/sum.ts";
import type { Piece } from "./choose-piece.ts";
import type { Ancestor, Lineage } from "./lineage.ts";
import { addMissing, addValue, obstacle, type Tally } from "./tally.ts";

/** The figures, and where units came from. */
interface Heritage {
  readonly pieces: ReadonlyMap<number, Piece>;
  readonly lineage: Lineage;
  readonly addable: boolean;
}

/** Present units and all that they came from, where nothing of it is in any other unit. */
interface Cluster {
  readonly units: readonly number[];
  readonly ancestors: readonly number[];
  /** Whether every part of the ancestors is in units of this cluster, and none of it in two ancestors. */
  readonly closed: boolean;
}

/**
 * Adds the figures of earlier units for present ones that have none of their own. Where all that units came from is in
 * the group, it is taken whole, also what was divided between them: that is exact. Otherwise whole predecessors are
 * exact, divided ones are taken by a stated share, and without one the unit is left open.
 */
export function recast(tally: Tally, units: readonly number[], heritage: Heritage): void {
  if (!heritage.addable) {
    for (const unit of units) leaveOpen(tally, unit, "not_reported", heritage);
    return;
  }
  for (const cluster of clusters(units, heritage.lineage)) {
    if (cluster.closed) addWhole(tally, cluster, heritage);
    else for (const unit of cluster.units) addParts(tally, unit, heritage);
  }
}

function clusters(units: readonly number[], lineage: Lineage): Cluster[] {
  const waiting = new Set(units);
  const found: Cluster[] = [];
  for (const first of units) {
    if (!waiting.delete(first)) continue;
    const members = [first];
    const ancestors = new Set<number>();
    let closed = true;
    for (const member of members) {
      for (const { unit: ancestor } of lineage.ancestors(member)) {
        if (ancestors.has(ancestor)) continue;
        ancestors.add(ancestor);
        if (lineage.retold(ancestor)) closed = false;
        for (const heir of lineage.descendants(ancestor)) {
          if (waiting.delete(heir)) members.push(heir);
          else if (!members.includes(heir)) closed = false;
        }
      }
    }
    found.push({ units: members, ancestors: [...ancestors], closed });
  }
  return found;
}

function addWhole(
  tally: Tally,
  { units, ancestors }: Cluster,
  { pieces, lineage }: Heritage,
): void {
  const reasons = new Map<number, MissingReason | null>();
  for (const unit of ancestors) {
    const piece = pieces.get(unit);
    const reason = obstacle(piece, tally.origin);
    reasons.set(unit, reason);
    addPart(tally, { unit, whole: true, share: 1 }, piece, reason);
  }
  for (const unit of units) {
    settle(
      tally,
      lineage.ancestors(unit).map((ancestor) => reasons.get(ancestor.unit) ?? null),
    );
  }
}

function addParts(tally: Tally, unit: number, heritage: Heritage): void {
  const ancestors = heritage.lineage.ancestors(unit);
  if (ancestors.some(({ share }) => share === null)) {
    leaveOpen(tally, unit, "split_without_share", heritage);
    return;
  }
  const reasons = ancestors.map((ancestor) => {
    const piece = heritage.pieces.get(ancestor.unit);
    const reason = obstacle(piece, tally.origin);
    addPart(tally, ancestor, piece, reason);
    return reason;
  });
  settle(tally, reasons);
}

function addPart(
  tally: Tally,
  { unit, whole, share }: Ancestor,
  piece: Piece | undefined,
  reason: MissingReason | null,
): void {
  if (reason === null && piece) {
    addValue(tally, piece, share ?? 1);
    tally.recast[whole ? "exact" : "estimated"] += 1;
  } else if (reason !== "not_applicable") {
    tally.gaps.push({ unit, share: share ?? 1 });
  }
}

/** Counts a present unit as reported or missing, by what kept its predecessors out. */
function settle(tally: Tally, reasons: readonly (MissingReason | null)[]): void {
  const first = reasons.find((reason) => reason !== null && reason !== "not_applicable") ?? null;
  if (first !== null) {
    addMissing(tally, first === "not_reported" ? "predecessor_missing" : first);
  } else if (reasons.every((reason) => reason === "not_applicable")) {
    addMissing(tally, "not_applicable");
  } else {
    tally.reported += 1;
  }
}

function leaveOpen(
  tally: Tally,
  unit: number,
  reason: MissingReason,
  { pieces, lineage }: Heritage,
): void {
  addMissing(tally, reason);
  tally.gaps.push({ unit, share: 1 });
  tally.recast.left_open += lineage
    .ancestors(unit)
    .filter((ancestor) => pieces.has(ancestor.unit)).length;
}
