import type { Context } from "hono";
import { coverageGaps, forCommunes } from "../../reports/coverage/gaps.ts";
import { listCoverageSources } from "../../reports/coverage/sources.ts";
import { listTargets } from "../../reports/coverage/targets.ts";
import { atParams } from "../../web/coverage-read/map-links.ts";
import { gapsPage, type GapsView } from "../../web/coverage-read/gaps-page.ts";
import { answerWith } from "../compliance-pages/facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { refusedField, settle } from "../coverage/asked.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { today } from "../viewpoint.ts";
import { coverageFacts } from "./facts.ts";
import { gapsQuery } from "./fields.ts";
import { provinceNames } from "./province-names.ts";
import { provincesNow, shownIndicators } from "./map-read.ts";

/** GET /coverage/gaps: which communes keep a target from being met. */
export function gapsHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const query = readQuery(c, gapsQuery);
    const targets = await usableTargets(deps);
    const provinces = await provincesNow(deps);
    if (query.province !== undefined && !provinces.some(({ code }) => code === query.province)) {
      throw refusedField("province", "there is no such province");
    }
    const list = await listOf(deps, query, targets);
    const provinceOf = query.province === undefined ? await provinceNames(deps) : () => null;
    // A commune without a figure has nothing to be marked by, but whether it stands here follows from those that have one.
    const sources = await listCoverageSources(deps.db);
    const madeUp = list !== null && sources.some((source) => source.made_up);
    const facts = coverageFacts(c, deps, { asked: query.lang, madeUp });
    return answerWith(
      c,
      facts.lang,
      gapsPage({
        ...facts,
        query,
        provinces,
        list,
        provinceOf,
        targets: targets.map(({ shown }) => shown),
      }),
    );
  };
}

/** Targets that a commune can be held against, with whether communes have figures of their indicator. */
async function usableTargets(deps: AppDeps) {
  const { indicators, latest } = await shownIndicators(deps);
  const targets = await listTargets(deps.db, { on: today(deps) });
  return targets.flatMap((target) => {
    const indicator = indicators.find(({ code }) => code === target.indicator_code);
    const threshold = forCommunes(target);
    if (indicator?.lowest_level !== "commune" || threshold === null) return [];
    return [{ shown: { target, indicator }, threshold, hasFigures: latest.has(indicator.code) }];
  });
}

async function listOf(
  deps: AppDeps,
  { target: code, at, province }: GapsView["query"],
  targets: Awaited<ReturnType<typeof usableTargets>>,
): Promise<GapsView["list"]> {
  const found =
    code === undefined
      ? targets.find(({ hasFigures }) => hasFigures)
      : targets.find(({ shown }) => shown.target.code === code);
  if (found === undefined) {
    if (code === undefined) return null;
    throw refusedField("target", "is not one that a commune can be held against");
  }
  const { indicator } = found.shown;
  const question = await settle(deps, {
    indicator: indicator.code,
    ...(at === undefined ? {} : atParams(at)),
  });
  const rows = await coverageGaps(deps.db, { ...question, province }, found.threshold);
  return { ...found.shown, asOf: question.asOf, rows };
}
