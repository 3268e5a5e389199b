import type { Family } from "../domain/family.ts";
import type { CheckId, Finding, Verdict } from "../domain/finding.ts";
import type { Blocker } from "../domain/judgement.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";

/** Whether a condition holds; `maybe` if a check could not tell. */
export type Truth = "yes" | "no" | "maybe";

/** One condition of a level or grade, as it turned out. */
export interface Met {
  readonly truth: Truth;
  /** What keeps it from holding, or from being known to. */
  readonly blocker: Blocker;
  /** Whether there was nothing to judge, which usually follows from what another condition says. */
  readonly apart?: boolean | undefined;
}

/** One condition of a level or grade, over the findings of an audit. */
export type Condition = (findings: Findings) => Met;

/** The findings of one audit, to be asked for by check and family. */
export class Findings {
  readonly #byKey: ReadonlyMap<string, Finding>;

  constructor(all: readonly Finding[]) {
    this.#byKey = new Map(all.map((one) => [`${one.check} ${one.family ?? ""}`, one]));
  }

  /** The finding of a check about one family (null: about the portal as a whole); undefined if it was not run. */
  of(check: CheckId, family: Family | null): Finding | undefined {
    return this.#byKey.get(`${check} ${family ?? ""}`);
  }
}

/** What is good enough: a verdict, or one reason of a check that otherwise is not. */
type Enough<Id extends CheckId> = Verdict | { readonly reason: ReasonOf<Id> };

/** The condition that a finding is good enough; `unknown` leaves it open. */
export function needs<Id extends CheckId>(
  check: Id,
  family: Family | null,
  ...enough: readonly Enough<Id>[]
): Condition {
  return (findings) => {
    const finding = findings.of(check, family);
    const reason = finding?.reason ?? "own_fault";
    const apart = finding?.verdict === "not_applicable";
    return { truth: truthOf(finding, enough), blocker: { check, family, reason }, apart };
  };
}

function truthOf(
  finding: Finding | undefined,
  enough: readonly (Verdict | { readonly reason: string })[],
): Truth {
  if (finding === undefined) return "maybe";
  const { verdict, reason } = finding;
  const good = enough.some(
    (one) => one === verdict || (typeof one === "object" && one.reason === reason),
  );
  if (good) return "yes";
  return verdict === "unknown" ? "maybe" : "no";
}

/** Whether all of several conditions hold. */
export function all(conditions: readonly Met[]): Truth {
  if (conditions.some(({ truth }) => truth === "no")) return "no";
  return conditions.every(({ truth }) => truth === "yes") ? "yes" : "maybe";
}

/** What keeps conditions from holding: what is wrong if anything is, else what could not be told. */
export function blockers(conditions: readonly Met[]): readonly Blocker[] {
  const truth = conditions.some((one) => one.truth === "no") ? "no" : "maybe";
  const unmet = conditions.filter((one) => one.truth === truth);
  const first = unmet.filter(({ apart }) => apart !== true);
  return (first.length > 0 ? first : unmet).map(({ blocker }) => blocker);
}

/** One rung of a ladder: what reaching it takes beside the rungs below. */
export interface Step<Value> {
  readonly value: Value;
  readonly met: readonly Met[];
}

/** The highest rung up to which every condition turned out in one of these ways; `floor` below the first. */
export function climb<Value>(
  floor: Value,
  steps: readonly Step<Value>[],
  held: readonly Truth[],
): Value {
  const first = steps.findIndex(({ met }) => !held.includes(all(met)));
  const climbed = first === -1 ? steps : steps.slice(0, first);
  return climbed.at(-1)?.value ?? floor;
}
