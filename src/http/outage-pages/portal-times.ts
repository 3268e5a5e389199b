import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { complianceList } from "../../reports/compliance.ts";
import { listIncidents } from "../../reports/incidents/list.ts";
import { latencySeries } from "../../reports/latency-series.ts";
import { listMaintenance } from "../../reports/maintenance.ts";
import { listFindings } from "../../reports/portal-findings.ts";
import { portalPeriods } from "../../reports/portal-periods.ts";
import { listResults } from "../../reports/portal-results.ts";
import { portalStrip, STRIP_SPANS } from "../../reports/portal-strip.ts";
import type { AuditSummary } from "../../web/portal-times/audit-section.ts";
import { portalTimesPage } from "../../web/portal-times/page.ts";
import { complianceView } from "../compliance/about.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { pageFields } from "../coverage-work-pages/paging.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { MAX_LIMIT, slug } from "../lists/fields.ts";
import { findOrThrow } from "../portals/found.ts";
import { notFound } from "../problem.ts";
import { viewpoint } from "../viewpoint.ts";
import { answerWith, outageFacts } from "./facts.ts";
import { shownTo } from "./visible.ts";

const query = z.object({
  lang: pageFields.lang,
  span: z.enum(STRIP_SPANS).default("24h"),
});

/** Rows of the page; all of them are in the API and on the pages of incidents. */
const FAILURES_SHOWN = 10;
const INCIDENTS_SHOWN = 20;
const PERIODS_SHOWN = 2;

/** GET /portals/{id}/times: a portal over time; evidence only as far as the reader may see it. */
export function portalTimesHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { span } = readQuery(c, query);
    const id = slug.safeParse(c.req.param("id"));
    if (!id.success) throw notFound("such portal");
    const { number, detail, open } = await findOrThrow(c, deps, id.data);
    const { db, config } = deps;
    const view = viewpoint(deps);
    const wanted = { span, timezone: config.reportTimezone };
    const first = (limit: number) => ({ limit, after: null });
    const of = { portal: detail.id };
    const [strip, latency, availability, failures, audit, incidents, windows] = await Promise.all([
      portalStrip(db, number, view, wanted),
      latencySeries(db, number, view, wanted),
      portalPeriods(db, { portal: detail.id, vantage: view.vantage, most: PERIODS_SHOWN }),
      open ? listResults(db, number, { outcome: "fail" }, first(FAILURES_SHOWN)) : null,
      auditOf(deps, { id: detail.id, number, open }),
      listIncidents(db, view.now, of, first(INCIDENTS_SHOWN)),
      windowsOf(deps, detail.id),
    ]);
    const facts = outageFacts(c, deps, detail.made_up);
    const viewer = c.get("viewer");
    const page = portalTimesPage({
      ...facts,
      portal: detail,
      number,
      span,
      strip,
      latency,
      availability,
      failures: failures?.rows ?? null,
      audit,
      incidents: incidents.rows.map((row) => shownTo(viewer, config.publicRead, row)),
      windows,
    });
    return answerWith(c, facts, page);
  };
}

async function auditOf(
  deps: AppDeps,
  { id, number, open }: { readonly id: string; readonly number: number; readonly open: boolean },
): Promise<AuditSummary | null> {
  const view = complianceView(deps, undefined);
  const first = { limit: MAX_LIMIT, after: null };
  const sorted = { sort: "name", order: "asc", ...first } as const;
  const [{ rows }, findings] = await Promise.all([
    complianceList(deps.db, view, { portal: id }, sorted),
    open ? listFindings(deps.db, number, view, {}, first) : null,
  ]);
  const [row] = rows;
  if (row === undefined || row.last_audit === null) return null;
  const { level, level_since, grade, grade_since } = row;
  return { level, level_since, grade, grade_since, findings: findings?.rows ?? null };
}

async function windowsOf(deps: AppDeps, portal: string) {
  const all = { limit: MAX_LIMIT, after: null };
  const of = (state: "active" | "upcoming") =>
    listMaintenance(deps.db, deps.clock(), { state, portal }, all);
  const [active, upcoming] = await Promise.all([of("active"), of("upcoming")]);
  return [...active.rows, ...upcoming.rows];
}
