import { createHash } from "node:crypto";
import type { Context } from "hono";
import { communesLink } from "../../web/coverage-read/map-links.ts";
import { emptyMapPage, mapPage } from "../../web/coverage-read/map-page.ts";
import type { MapView } from "../../web/coverage-read/map-view.ts";
import { unitLink } from "../../web/coverage-read/paths.ts";
import { regionText } from "../../web/coverage-read/region-text.ts";
import { scaleFor } from "../../web/coverage-read/scale.ts";
import { answerWith } from "../compliance-pages/facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { isKnown } from "../coverage-releases/found.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { notFound } from "../problem.ts";
import { coverageFacts } from "./facts.ts";
import { mapQuery } from "./fields.ts";
import { readMap } from "./map-read.ts";
import { namedIslands } from "./named-islands.ts";

/** GET /coverage: one indicator as a map and a table. */
export function mapHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const query = readQuery(c, mapQuery);
    const view = await readMap(c, deps, query);
    if (view !== null) return answerWith(c, view.lang, mapPage(view));
    const facts = coverageFacts(c, deps, { asked: query.lang, madeUp: false });
    return answerWith(c, facts.lang, emptyMapPage(facts));
  };
}

/** GET /coverage/map.json: what the page's script says and draws of each unit; the same figures as the table's. */
export function mapValuesHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const view = await readMap(c, deps, readQuery(c, mapQuery));
    if (view === null) throw notFound("figure");
    const text = JSON.stringify({
      units: unitsOf(view),
      islands: await namedIslands(deps.boundaries, {
        province: view.province?.code ?? null,
        lang: view.lang,
      }),
    });
    c.header("Vary", "Accept-Language, Cookie, Authorization");
    if (isKnown(c, createHash("sha256").update(text).digest("hex"))) return c.body(null, 304);
    return c.body(text, 200, { "Content-Type": "application/json" });
  };
}

function unitsOf(view: MapView): Record<string, object> {
  const { level, lang, indicator, sums } = view;
  const scale = scaleFor(sums, { denominator_kind: indicator.denominator_kind, level, lang });
  return Object.fromEntries(
    sums.map((sum) => {
      const { code } = sum.unit;
      const { id, text } = scale.classOf(sum);
      const link = level === "province" ? communesLink(view, code) : unitLink(level, code, lang);
      return [
        code,
        {
          class: id,
          says: regionText(sum, { province: view.provinceOf(code), classText: text, lang }),
          link,
        },
      ];
    }),
  );
}
