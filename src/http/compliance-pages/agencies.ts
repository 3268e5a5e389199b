import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { addDays, type Day } from "../../domain/calendar.ts";
import { isPublicEvidence } from "../../domain/requirement.ts";
import { complianceAgencies } from "../../reports/compliance-agencies.ts";
import { listRequirements, type RequirementRow } from "../../reports/compliance-requirements.ts";
import { momentOf } from "../../reports/compliance-view.ts";
import { agenciesPage } from "../../web/compliance/agencies-page.ts";
import { complianceView } from "../compliance/about.ts";
import { visibleTo } from "../compliance/visible.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { DEFAULT_LIMIT, slug } from "../lists/fields.ts";
import { today } from "../viewpoint.ts";
import { answerWith, formFacts, pageFacts } from "./facts.ts";
import { agenciesQuery, listName, readQuery } from "./fields.ts";

const position = z.tuple([slug]).readonly();

/** GET /compliance/agencies: agencies with their portals judged together, for people. */
export function agenciesHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const query = readQuery(c, agenciesQuery);
    const { lang, cursor, as_of: asOf, ...filter } = query;
    const view = complianceView(deps, asOf);
    const { day } = momentOf(view);
    const requirements = await listRequirements(deps.db, day);
    const visible = visibleTo(c.get("viewer"), deps.config.publicRead, requirements);
    const list = listName("compliance-agencies", query);
    const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
    const [{ choices, audited }, { rows, next }] = await Promise.all([
      formFacts(deps, requirements, visible.any),
      complianceAgencies(deps.db, view, filter, { limit: DEFAULT_LIMIT, after }),
    ]);
    const madeUp = rows.some((row) => row.made_up);
    const facts = pageFacts(c, deps, { asked: lang, day, madeUp });
    const page = agenciesPage({
      ...facts,
      query,
      today: today(deps),
      choices,
      audited,
      auditIntervalMs: deps.config.auditIntervalMs,
      rows: rows.map(visible.agency),
      nextCursor: next && encodeCursor(list, next),
      shown: requirements.filter(
        (requirement) =>
          isLately(requirement, day) && (visible.any || isPublicEvidence(requirement.evidence)),
      ),
    });
    return answerWith(c, facts.lang, page);
  };
}

/** A duty whose time closed within a year is still reported on: how a programme ended is asked after its end. */
const CLOSING_DAYS = 365;

/** Whether a column is worth its room: a duty that can be judged here, and that binds or bound lately. */
function isLately({ evidence, certainty, duty, force, valid_to: to }: RequirementRow, day: Day) {
  const binds = force === "in_force" || (to !== null && to >= addDays(day, -CLOSING_DAYS));
  return evidence.by !== "nothing" && certainty !== "unverified" && duty === "mandatory" && binds;
}
