import type { Context } from "hono";
import { complianceList } from "../../reports/compliance.ts";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { momentOf } from "../../reports/compliance-view.ts";
import { listFollowUps } from "../../reports/follow-ups.ts";
import { listAudits } from "../../reports/portal-audits.ts";
import { listFindings } from "../../reports/portal-findings.ts";
import { portalStanding } from "../../reports/portal-standing.ts";
import { portalPage } from "../../web/compliance/portal-page.ts";
import { complianceView } from "../compliance/about.ts";
import { visibleTo } from "../compliance/visible.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { MAX_LIMIT, slug } from "../lists/fields.ts";
import { findOrThrow } from "../portals/found.ts";
import { notFound } from "../problem.ts";
import { today } from "../viewpoint.ts";
import { answerWith, pageFacts } from "./facts.ts";
import { portalQuery, readQuery } from "./fields.ts";
import { latestTimes } from "./latest-times.ts";

/** Audits on the page; all of them are in the API. */
const AUDITS_SHOWN = 10;

/** GET /portals/{id}: one portal for people; findings and what they stand on only as far as the reader may see them. */
export function portalHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = readQuery(c, portalQuery);
    const id = slug.safeParse(c.req.param("id"));
    if (!id.success) throw notFound("such portal");
    const { number, detail, addresses, open } = await findOrThrow(c, deps, id.data);
    const view = complianceView(deps, undefined);
    const { day } = momentOf(view);
    const { db } = deps;
    const first = { limit: MAX_LIMIT, after: null } as const;
    const requirements = await listRequirements(db, day);
    const visible = visibleTo(c.get("viewer"), deps.config.publicRead, requirements);
    const wanted = { sort: "name", order: "asc", ...first } as const;
    const follow = { vantage: view.vantage, today: today(deps) };
    const [{ rows }, standing, findings, followUps, audits, latency] = await Promise.all([
      complianceList(db, view, { portal: id.data }, wanted),
      portalStanding(db, number, view.vantage),
      open ? listFindings(db, number, view, {}, first) : null,
      open ? listFollowUps(db, follow, { portal: id.data }, first) : null,
      listAudits(db, number, { limit: AUDITS_SHOWN, after: null }),
      latestTimes(deps, number, view.vantage),
    ]);
    const facts = pageFacts(c, deps, { asked: lang, day, madeUp: detail.made_up });
    const [row] = rows.map(visible.row);
    const page = portalPage({
      ...facts,
      portal: detail,
      row: row ?? null,
      standing,
      findings: findings?.rows ?? null,
      followUps: followUps?.rows ?? [],
      requirements,
      latency: latency(facts.lang),
      audits: audits.rows,
      seen: {
        addresses: open ? addresses : null,
        nameServers: open ? (standing?.nameServers ?? null) : null,
        certificates: detail.certificates,
      },
    });
    return answerWith(c, facts.lang, page);
  };
}
