import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { addDays } from "../../domain/calendar.ts";
import { INCIDENT_KINDS, SEVERITIES } from "../../domain/incident/kinds.ts";
import { complianceChoices } from "../../reports/compliance-choices.ts";
import { type IncidentFilter, listIncidents } from "../../reports/incidents/list.ts";
import { aboutMadeUp } from "../../reports/incidents/made-up.ts";
import type { IncidentRow } from "../../reports/incidents/row.ts";
import { dayStartIn } from "../../reports/zone-day.ts";
import { incidentsPage } from "../../web/incidents/list-page.ts";
import { hasRole } from "../access/viewer.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { blank, pageFields } from "../coverage-work-pages/paging.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { day, MAX_LIMIT, positionInstant, provinceCode, slug } from "../lists/fields.ts";
import { answerWith, outageFacts } from "./facts.ts";
import { shownTo } from "./visible.ts";

const query = z.object({
  ...pageFields,
  kind: blank(z.enum(INCIDENT_KINDS)),
  severity: blank(z.enum(SEVERITIES)),
  agency: blank(slug),
  province: blank(provinceCode),
  portal: blank(slug),
  from: blank(day),
  to: blank(day),
});

/** Ended incidents on one page. */
const PAGE_SIZE = 50;

const position = z.tuple([positionInstant, z.int().min(0)]).readonly();

/** GET /incidents: what is open now, and what was; for everyone who may read at all. */
export function incidentsHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang: _lang, cursor, ...asked } = readQuery(c, query);
    const filter = filterOf(asked, deps.config.reportTimezone);
    const list = `incidents-page ${JSON.stringify(asked)}`;
    const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
    const now = deps.clock();
    const [open, ended, choices] = await Promise.all([
      listIncidents(deps.db, now, { ...filter, open: true }, { limit: MAX_LIMIT, after: null }),
      listIncidents(deps.db, now, { ...filter, open: false }, { limit: PAGE_SIZE, after }),
      complianceChoices(deps.db, deps.vantage().name),
    ]);
    const viewer = c.get("viewer");
    const { publicRead } = deps.config;
    const ids = [...open.rows, ...ended.rows].map(({ id }) => id);
    const facts = outageFacts(c, deps, await aboutMadeUp(deps.db, ids));
    const shown = (row: IncidentRow) => shownTo(viewer, publicRead, row);
    const page = incidentsPage({
      ...facts,
      ...choices,
      query: asked,
      openNow: open.rows.map(shown),
      moreOpen: open.next !== null,
      ended: ended.rows.map(shown),
      nextCursor: ended.next && encodeCursor(list, ended.next),
      first: after === null,
      details: publicRead === "all" || hasRole(viewer, "reader"),
    });
    return answerWith(c, facts, page);
  };
}

/** Days become instants of the reporting zone; the last day is included. */
function filterOf(
  { from, to, ...rest }: Omit<z.infer<typeof query>, "lang" | "cursor">,
  timezone: string,
): IncidentFilter {
  const startOf = (date: string) => new Date(dayStartIn(timezone, date));
  return {
    ...rest,
    from: from && startOf(from),
    to: to && startOf(addDays(to, 1)),
  } as IncidentFilter;
}
