import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { addDays } from "../../domain/calendar.ts";
import { complianceList } from "../../reports/compliance.ts";
import type { ComplianceFilter } from "../../reports/compliance-filter.ts";
import { complianceShares } from "../../reports/compliance-groups.ts";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { momentOf } from "../../reports/compliance-view.ts";
import { listPage } from "../../web/compliance/list-page.ts";
import { complianceView } from "../compliance/about.ts";
import { demandFilter, visibleTo } from "../compliance/visible.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { DEFAULT_LIMIT, positionText } from "../lists/fields.ts";
import { today } from "../viewpoint.ts";
import { readChanges } from "./changes-read.ts";
import { answerWith, formFacts, pageFacts } from "./facts.ts";
import { listName, listQuery, readQuery } from "./fields.ts";

/** "Since last month". */
const MONTH_DAYS = 30;

const position = z.tuple([positionText, positionText]).readonly();

/** GET /compliance: the list for people. */
export function listHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const query = readQuery(c, listQuery);
    const { lang, as_of: asOf, sort = "name", order = "asc", limit = DEFAULT_LIMIT } = query;
    const { lang: _lang, cursor, as_of: _asOf, sort: _sort, order: _order, ...filter } = query;
    const { limit: _limit, ...wanted } = filter;
    const { publicRead } = deps.config;
    const viewer = c.get("viewer");
    const view = complianceView(deps, asOf);
    const { day } = momentOf(view);
    const requirements = await listRequirements(deps.db, day);
    demandFilter(viewer, publicRead, wanted, requirements);
    const visible = visibleTo(viewer, publicRead, requirements);
    const list = listName("compliance", query);
    const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
    const days = { from: addDays(day, -MONTH_DAYS), to: day };
    const [{ choices, audited }, shares, changes, { rows, next }] = await Promise.all([
      formFacts(deps, requirements, visible.any),
      complianceShares(deps.db, view, wanted),
      isAboutNow(wanted) ? null : readChanges(c, deps, { view, days, filter: wanted }),
      complianceList(deps.db, view, wanted, { limit, after, sort, order }),
    ]);
    const facts = pageFacts(c, deps, { asked: lang, day, madeUp: rows.some((row) => row.made_up) });
    const page = listPage({
      ...facts,
      query,
      today: today(deps),
      choices,
      audited,
      auditIntervalMs: deps.config.auditIntervalMs,
      shares: visible.shares(shares),
      changes:
        changes && audited ? { ...days, rows: changes.rows, more: changes.next !== null } : null,
      rows: rows.map(visible.row),
      nextCursor: next && encodeCursor(list, next),
      withFindings: visible.any,
      requirements,
    });
    return answerWith(c, facts.lang, page);
  };
}

/** Whether a filter asks for how portals stand now, which a difference between two days cannot be narrowed by. */
function isAboutNow({
  level,
  grade,
  requirement,
  changed_since: since,
}: ComplianceFilter): boolean {
  return [level, grade, requirement, since].some((part) => part !== undefined);
}
