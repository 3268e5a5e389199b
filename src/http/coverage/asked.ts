import type { Day } from "../../domain/calendar.ts";
import type { Basis } from "../../domain/coverage/figure.ts";
import { quarterBefore } from "../../domain/coverage/quarter.ts";
import { latestDays } from "../../reports/coverage/days.ts";
import { type SumIndicator, versionFor, versionsOf } from "../../reports/coverage/indicators.ts";
import type { Known } from "../../reports/coverage/question.ts";
import { dayEndIn } from "../../reports/zone-day.ts";
import { releaseOrThrow } from "../coverage-releases/found.ts";
import type { AppDeps } from "../deps.ts";
import { Problem } from "../problem.ts";
import { today } from "../viewpoint.ts";

/** The parameters that say what of an indicator is asked for. */
export interface Asked {
  readonly indicator: string;
  readonly version?: number | undefined;
  readonly basis?: Basis | undefined;
  readonly operator?: string | undefined;
  readonly units?: Day | undefined;
  readonly as_of?: Day | undefined;
  readonly release?: string | undefined;
  readonly known_on?: Day | undefined;
}

type Deps = Pick<AppDeps, "db" | "clock" | "config">;

/** What was known then, and the day of the release where one is named. Throws 404 for a release that is not there. */
export async function knownThen(
  deps: Deps,
  { release, known_on }: Pick<Asked, "release" | "known_on">,
): Promise<{ readonly known: Known; readonly day: Day | null }> {
  if (release !== undefined && known_on !== undefined) {
    throw refusedField("known_on", "not together with release");
  }
  if (release !== undefined) {
    const { edition } = await releaseOrThrow(deps.db, release);
    return { known: { cut: edition.cut }, day: edition.asOf };
  }
  if (known_on === undefined) return { known: null, day: null };
  // The instant at which the day is over belongs to the next one.
  const on = new Date(dayEndIn(deps.config.reportTimezone, known_on) - 1);
  return { known: { on }, day: null };
}

/** The question in full: the day and the units are settled. Throws 400 for an indicator that is not there. */
export async function settle(deps: Deps, asked: Asked) {
  const { version, basis = "reported", operator } = asked;
  const { known, day } = await knownThen(deps, asked);
  if (day !== null && asked.as_of !== undefined && asked.as_of > day) {
    throw refusedField("as_of", `the release ends with ${day}`);
  }
  const asOf = asked.as_of ?? day ?? (await lastDay(deps, asked.indicator, { basis, known }));
  const indicator = versionFor(await indicatorsOf(deps, asked.indicator), asked.indicator, {
    version,
    day: asOf,
  });
  if (indicator === null) {
    throw refusedField(
      version === undefined ? "indicator" : "version",
      `there is no such version of ${asked.indicator} on ${asOf}`,
    );
  }
  const units = asked.units ?? today(deps);
  return {
    indicator: asked.indicator,
    version: indicator.version,
    asOf,
    basis,
    operator,
    known,
    units,
  };
}

/** Every version of the indicator. Throws 400 where there is none. */
export async function indicatorsOf({ db }: Deps, code: string): Promise<SumIndicator[]> {
  const versions = await versionsOf(db, code);
  if (versions.length === 0) throw refusedField("indicator", "there is no such indicator");
  return versions;
}

/** 400 for one parameter. */
export function refusedField(field: string, detail: string): Problem {
  return new Problem(400, "The request has fields that are not allowed or not valid.", {
    errors: [{ field: `query.${field}`, detail }],
  });
}

async function lastDay(
  deps: Deps,
  indicator: string,
  { basis, known }: { readonly basis: Basis; readonly known: Known },
): Promise<Day> {
  const days = await latestDays(deps.db, basis, known);
  return days.get(indicator) ?? quarterBefore(today(deps));
}
