import type { Context } from "hono";
import { figureOrigins, indicatorsReported } from "../../reports/coverage/figure-origins.ts";
import { listFigures } from "../../reports/coverage/figures.ts";
import { coverageGaps, forCommunes } from "../../reports/coverage/gaps.ts";
import { coverageSeries } from "../../reports/coverage/series.ts";
import { listTargets, type TargetRow } from "../../reports/coverage/targets.ts";
import { listReleases } from "../../reports/coverage-releases/list.ts";
import { successionsOf, unitOn } from "../../reports/units.ts";
import type { MapLevel } from "../../web/coverage-read/map-view.ts";
import { unitPage } from "../../web/coverage-read/unit-page.ts";
import type { UnitIndicator, UnitView } from "../../web/coverage-read/unit-view.ts";
import { answerWith } from "../compliance-pages/facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { notFound } from "../problem.ts";
import { today } from "../viewpoint.ts";
import { coverageFacts } from "./facts.ts";
import { langQuery } from "./fields.ts";
import { shownIndicators } from "./map-read.ts";
import { heldAgainst } from "./held-against.ts";

/** Nobody has a hundred years of quarters. */
const MOST_RELEASES = 400;

const MOST_ORIGINS = 20;
const MOST_REVISIONS = 500;
const FIRST_GAPS = 10;

/** GET /coverage/units/{level}/{code}: a province or commune of today. */
export function unitHandler(deps: AppDeps, level: MapLevel) {
  return async (c: Context<AppEnv, "/:code">) => {
    const { lang } = readQuery(c, langQuery);
    const code = c.req.param("code");
    const on = today(deps);
    const book = await deps.units.book();
    const unit = unitOn(book, level, code, on);
    if (unit === null) throw notFound(`${level} ${code}`);
    const targets = await listTargets(deps.db, { on });
    const indicators = await indicatorsOf(deps, { level, code }, targets);
    const { rows } = await listFigures(
      deps.db,
      { level, unit: code, units: on, replaced: true, known: null },
      { limit: MOST_REVISIONS, after: null },
    );
    const madeUp = indicators.some(({ series }) => series.some((sum) => sum.made_up));
    const view: UnitView = {
      ...coverageFacts(c, deps, { asked: lang, madeUp: madeUp || rows.some((row) => row.made_up) }),
      level,
      unit,
      predecessors: successionsOf(book, "predecessors", { level, code, on }) ?? [],
      indicators,
      origins: await figureOrigins(deps.db, { level, code, limit: MOST_ORIGINS }),
      revisions: rows.toReversed(),
      gaps: level === "province" ? await gapsOf(deps, code, indicators) : null,
    };
    return answerWith(c, view.lang, unitPage(view));
  };
}

/** Every indicator that was reported of the unit on some day. */
async function indicatorsOf(
  deps: AppDeps,
  { level, code }: { readonly level: MapLevel; readonly code: string },
  targets: readonly TargetRow[],
): Promise<UnitIndicator[]> {
  const { indicators } = await shownIndicators(deps);
  const reported = await indicatorsReported(deps.db, { level, code });
  const releases = (await listReleases(deps.db, { limit: MOST_RELEASES, after: null })).rows;
  const found: UnitIndicator[] = [];
  for (const indicator of indicators.filter((each) => reported.has(each.code))) {
    const question = { indicator: indicator.code, level, unit: code, units: today(deps) };
    const sums = await coverageSeries(deps.db, question);
    // Days on which only others have figures say nothing of this unit.
    const series = sums.filter((sum) => sum.reported_communes > 0 || sum.stated !== null);
    if (series.length === 0) continue;
    const own = targets.filter(({ indicator_code: its }) => its === indicator.code);
    const breaks = releases
      .filter((release) => release.breaks.some((each) => each.indicator === indicator.code))
      .map((release) => release.as_of);
    found.push({ indicator, series, breaks, held: heldAgainst(own, undefined) });
  }
  return found;
}

async function gapsOf(
  deps: AppDeps,
  province: string,
  indicators: readonly UnitIndicator[],
): Promise<UnitView["gaps"]> {
  for (const { indicator, series, held } of indicators) {
    const asOf = series.at(-1)?.as_of;
    const threshold = held === null ? null : forCommunes(held.target);
    if (held === null || threshold === null || asOf === undefined) continue;
    if (indicator.lowest_level !== "commune") continue;
    const question = { indicator: indicator.code, asOf, province, units: today(deps) };
    const rows = await coverageGaps(deps.db, question, threshold);
    return { target: held.target, rows: rows.slice(0, FIRST_GAPS), all: rows.length };
  }
  return null;
}
