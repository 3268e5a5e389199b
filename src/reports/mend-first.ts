import type { Cause } from "../domain/finding.ts";
import { mendFirst } from "../domain/mend-first.ts";
import type { ReadinessLevel } from "../domain/readiness.ts";
import type { Database } from "../store/database.ts";
import { type BlockedPortal, type MendFirstFilter, readBlocked } from "./mend-first-graph.ts";
import { type Sentence, stepSentence } from "./mend-first-text.ts";
import type { Viewpoint } from "./page.ts";

/** A portal that a step lifts by one level. */
export interface LiftedPortal {
  readonly portal: { readonly id: string; readonly name_vi: string };
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly from: ReadinessLevel;
  readonly to: ReadinessLevel;
}

/** Causes to be mended together, after those of the steps before. */
export interface MendFirstStep {
  readonly step: number;
  readonly causes: readonly Cause[];
  readonly lifts: readonly LiftedPortal[];
  /** Portals that this step and those before it lift, and causes that they mend. */
  readonly lifted_so_far: number;
  readonly mended_so_far: number;
  readonly says: Sentence;
}

/** What to mend first. */
export interface MendFirstPlan {
  /** Portals whose next level is in the way of something, and those of them of which nothing to mend is known. */
  readonly portals: number;
  readonly without_cause: number;
  readonly steps: readonly MendFirstStep[];
}

/**
 * The steps that lift the most portals by a level for the least work, as the last audits saw it: what an audit could
 * not look at because of an earlier fault may turn up after it is mended, and L4 takes thirty days of probes besides.
 */
export async function planMending(
  db: Database,
  view: Viewpoint,
  filter: MendFirstFilter,
  limit: number,
): Promise<MendFirstPlan> {
  const blocked = await readBlocked(db, view, filter);
  const { causes, numbers } = numberCauses(blocked);
  const steps = mendFirst(numbers, limit);
  const told: MendFirstStep[] = [];
  for (const step of steps) {
    const mended = step.causes
      .map((number) => causes[number])
      .filter((cause) => cause !== undefined);
    const lifts = step.lifts.flatMap((at) => (blocked[at] ? [toLifted(blocked[at])] : []));
    const before = told.at(-1);
    told.push({
      step: told.length + 1,
      causes: mended,
      lifts,
      lifted_so_far: (before?.lifted_so_far ?? 0) + lifts.length,
      mended_so_far: (before?.mended_so_far ?? 0) + mended.length,
      says: stepSentence(
        mended,
        lifts.map(({ to }) => to),
      ),
    });
  }
  const without = numbers.filter((each) => each.length === 0).length;
  return { portals: blocked.length, without_cause: without, steps: told };
}

/** Causes by kind and name, so that equal plans come out of equal facts, and each portal's causes by number. */
function numberCauses(blocked: readonly BlockedPortal[]) {
  const keys = [...new Set(blocked.flatMap(({ causes }) => causes.map(keyOf)))].toSorted();
  const numberOf = new Map(keys.map((key, number) => [key, number]));
  return {
    causes: keys.map((key): Cause => {
      const at = key.indexOf(" ");
      return { kind: key.slice(0, at) as Cause["kind"], name: key.slice(at + 1) };
    }),
    numbers: blocked.map(({ causes }) => causes.map((cause) => numberOf.get(keyOf(cause)) ?? -1)),
  };
}

function keyOf({ kind, name }: Cause): string {
  return `${kind} ${name}`;
}

function toLifted({ portal, agency, from, to }: BlockedPortal): LiftedPortal {
  return { portal, agency, from, to };
}
