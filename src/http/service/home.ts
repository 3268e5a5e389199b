import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { PORTAL_KINDS } from "../../domain/portal.ts";
import { PORTAL_STATES } from "../../domain/portal-state.ts";
import { freshness } from "../../reports/freshness.ts";
import { listIncidents } from "../../reports/incidents/list.ts";
import { overview } from "../../reports/overview.ts";
import { listPortals } from "../../reports/portals.ts";
import { homePage } from "../../web/home-page.ts";
import type { HomeQuery } from "../../web/home-query.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import { noticePage } from "../../web/notice-page.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import {
  cursorText,
  MAX_LIMIT,
  plainText,
  positionText,
  provinceCode,
  slug,
} from "../lists/fields.ts";
import { shownTo } from "../outage-pages/visible.ts";
import { viewpoint } from "../viewpoint.ts";

/** Portals on one page. */
const PAGE_SIZE = 50;

/** An empty search field counts as no search. */
const searchText = z
  .literal("")
  .transform(() => undefined)
  .or(plainText);

const homeQuery = z.object({
  lang: z.enum(LANGS).optional(),
  state: z.enum(PORTAL_STATES).optional(),
  kind: z.enum(PORTAL_KINDS).optional(),
  agency: slug.optional(),
  province: provinceCode.optional(),
  q: searchText.optional(),
  cursor: cursorText.optional(),
});

const position = z.array(positionText).length(2).readonly();

/** GET /: the page for people. */
export function home(deps: AppDeps) {
  const app = newApi();
  app.get("/", async (c) => {
    const query = homeQuery.safeParse(c.req.query());
    if (!query.success) {
      const sentence =
        "Its address holds a filter that does not exist; start again from the first page.";
      return c.html(noticePage("There is no such list", [sentence]), 400);
    }
    const data = await homeData(c, deps, query.data);
    c.header("Vary", "Accept-Language, Cookie");
    c.header("Content-Language", data.lang);
    return c.html(homePage(data));
  });
  return app;
}

async function homeData(c: Context<AppEnv>, deps: AppDeps, query: HomeQuery) {
  const { lang, cursor, ...filter } = query;
  const view = viewpoint(deps);
  const list = `home ${JSON.stringify(Object.entries(filter))}`;
  const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
  const [numbers, incidents, fresh, portals] = await Promise.all([
    overview(deps.db, view),
    listIncidents(deps.db, view.now, { open: true }, { limit: MAX_LIMIT, after: null }),
    freshness(deps.db, view),
    listPortals(deps.db, view, filter, { limit: PAGE_SIZE, after, sort: "name" }),
  ]);
  const viewer = c.get("viewer");
  return {
    lang: pickLang(lang, c.req.header("accept-language")),
    query,
    overview: numbers,
    vantage: deps.vantage(),
    incidents: incidents.rows.map((row) => shownTo(viewer, deps.config.publicRead, row)),
    moreOpen: incidents.next !== null,
    freshness: fresh,
    portals: portals.rows,
    nextCursor: portals.next && encodeCursor(list, portals.next),
    madeUp: deps.config.madeUp || numbers.madeUp,
    signedIn: viewer.signedIn ? viewer.actor.name : null,
    timezone: deps.config.reportTimezone,
    version: deps.version,
  };
}
