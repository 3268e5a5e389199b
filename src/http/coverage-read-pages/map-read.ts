import type { Context } from "hono";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { daysWithFigures, latestDays } from "../../reports/coverage/days.ts";
import { type FigureRow, listFigures } from "../../reports/coverage/figures.ts";
import { forCommunes } from "../../reports/coverage/gaps.ts";
import { listIndicators, versionFor } from "../../reports/coverage/indicators.ts";
import { listCoverageSources } from "../../reports/coverage/sources.ts";
import { coverageSums } from "../../reports/coverage/sums.ts";
import { listTargets } from "../../reports/coverage/targets.ts";
import { listReleases } from "../../reports/coverage-releases/list.ts";
import { atParams } from "../../web/coverage-read/map-links.ts";
import type {
  MapQuery,
  MapSort,
  MapView,
  ShownIndicator,
} from "../../web/coverage-read/map-view.ts";
import { refusedField, settle } from "../coverage/asked.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { listProvinces } from "../../reports/admin-units.ts";
import { today } from "../viewpoint.ts";
import { coverageFacts } from "./facts.ts";
import { heldAgainst } from "./held-against.ts";
import { provinceNames } from "./province-names.ts";

/** What forms offer at most; there is one release a quarter, and there are 34 provinces. */
const MOST_RELEASES = 200;
const MOST_PROVINCES = 100;
const MOST_STATED = 100;

/** The indicators in force with the days of their figures, those with figures first, and their latest days. */
export async function shownIndicators(deps: AppDeps): Promise<{
  readonly indicators: readonly ShownIndicator[];
  readonly latest: ReadonlyMap<string, string>;
}> {
  const { db } = deps;
  const on = today(deps);
  const [versions, days, latest] = [
    await listIndicators(db),
    await daysWithFigures(db),
    await latestDays(db, "reported"),
  ];
  const daysOf = new Map(days.map((each) => [each.indicator, each.days]));
  const indicators = versions
    .filter((each) => versionFor(versions, each.code, { version: undefined, day: on }) === each)
    .map((each) => ({ ...each, days: daysOf.get(each.code) ?? [] }));
  return { indicators, latest };
}

/** The provinces of today, by code. */
export async function provincesNow(deps: AppDeps) {
  const page = { limit: MOST_PROVINCES, after: null };
  return (await listProvinces(deps.db, today(deps), page)).rows;
}

/** Everything that a map's page shows; null where there is no figure of anything. */
export async function readMap(
  c: Context<AppEnv>,
  deps: AppDeps,
  query: MapQuery,
): Promise<MapView | null> {
  const { db } = deps;
  const { indicators, latest } = await shownIndicators(deps);
  const chosen =
    query.indicator ??
    (indicators.find(({ code }) => latest.has(code)) ?? indicators.find(({ days }) => days.length))
      ?.code;
  if (chosen === undefined) return null;
  const indicator = indicators.find(({ code }) => code === chosen);
  if (indicator === undefined) throw refusedField("indicator", "there is no such indicator");
  const day = latest.get(chosen) ?? indicator.days[0];
  const at = query.at ?? day;
  const question = await settle(deps, {
    indicator: chosen,
    ...(at === undefined ? {} : atParams(at)),
  });
  const provinces = await provincesNow(deps);
  const province = provinces.find(({ code }) => code === query.province) ?? null;
  if (query.province !== undefined && province === null) {
    throw refusedField("province", "there is no such province");
  }
  const level = query.level ?? (province === null ? "province" : "commune");
  const within = level === "commune" ? province : null;
  const sums = await coverageSums(db, { ...question, level, province: within?.code });
  const [whole = null] = await coverageSums(
    db,
    within === null
      ? { ...question, level: "country" }
      : { ...question, level: "province", unit: within.code },
  );
  const targets = await listTargets(db, { indicator: chosen, on: today(deps) });
  const held = heldAgainst(targets, query.target);
  const stated = await statedFigures(deps, chosen, within?.code ?? null);
  const facts = coverageFacts(c, deps, {
    asked: query.lang,
    madeUp: [...sums, ...stated, whole].some((each) => each?.made_up === true),
  });
  return {
    ...facts,
    query,
    choices: {
      indicators,
      releases: (await listReleases(db, { limit: MOST_RELEASES, after: null })).rows,
      provinces,
      targets: targets.filter((target) => forCommunes(target) !== null),
    },
    indicator,
    asOf: question.asOf,
    level,
    province: within,
    held,
    whole,
    provinceOf: level === "commune" && within === null ? await provinceNames(deps) : () => null,
    sums: sorted(sums, query),
    targets,
    stated,
    sources: await listCoverageSources(db),
  };
}

/** What was said of the country or of one province itself, newest first. */
async function statedFigures(
  { db }: AppDeps,
  indicator: string,
  province: string | null,
): Promise<readonly FigureRow[]> {
  const { rows } = await listFigures(
    db,
    province === null
      ? { indicator, level: "country", known: null }
      : { indicator, level: "province", unit: province, known: null },
    { limit: MOST_STATED, after: null },
  );
  return rows
    .filter(({ status }) => status === "present")
    .toSorted((one, other) => (one.as_of < other.as_of ? 1 : -1));
}

const KEYS: Readonly<Record<Exclude<MapSort, "name">, (sum: CoverageSum) => number>> = {
  ratio: ({ ratio, numerator }) => ratio ?? numerator ?? -1,
  numerator: ({ numerator }) => numerator ?? -1,
  reported: (sum) =>
    sum.expected_communes === 0 ? -1 : sum.reported_communes / sum.expected_communes,
};

function sorted(sums: readonly CoverageSum[], { sort = "name", order }: MapQuery): CoverageSum[] {
  const byName = sums.toSorted((one, other) =>
    one.unit.name_vi.localeCompare(other.unit.name_vi, "vi"),
  );
  const ordered =
    sort === "name" ? byName : byName.toSorted((one, other) => KEYS[sort](one) - KEYS[sort](other));
  return order === "desc" ? ordered.toReversed() : ordered;
}
