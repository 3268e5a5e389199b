import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { aboutMadeUp } from "../../reports/incidents/made-up.ts";
import { findIncident, type IncidentDetail } from "../../reports/incidents/one.ts";
import type { IncidentValues } from "../../web/incidents/forms-section.ts";
import { incidentPage } from "../../web/incidents/one-page.ts";
import { INCIDENT_WORDS } from "../../web/incidents/words.ts";
import type { Told } from "../../web/coverage-work/work-facts.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { rowNumber } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { answerWith, outageFacts } from "./facts.ts";
import { isOpenTo, mayWriteAbout } from "./visible.ts";

/** Forms in which nothing was typed yet. */
export const NO_VALUES: IncidentValues = { until: "60", comment: "", note: "", post_mortem: null };

/** GET /incidents/{id}: that it is there for everyone who may read at all, the rest as far as the reader may see it. */
export function incidentHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { done } = INCIDENT_WORDS[outageFacts(c, deps).lang];
    const told = c.req.query("told") === "done" ? { done: true, text: done } : null;
    return showIncident(c, deps, { values: NO_VALUES, told });
  };
}

/** The number in the address. Throws 404 for what can be none. */
export function incidentId(c: Context<AppEnv>): number {
  const id = rowNumber.safeParse(c.req.param("id"));
  if (!id.success) throw notFound("such incident");
  return id.data;
}

/** Answers with the page of the incident in the address. Throws 404. */
export async function showIncident(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: { readonly values: IncidentValues; readonly told: Told | null },
  status: 200 | 400 | 403 | 409 = 200,
): Promise<Response> {
  const incident = await findIncident(deps.db, incidentId(c), deps.clock());
  if (incident === null) throw notFound("such incident");
  const viewer = c.get("viewer");
  const open = isOpenTo(viewer, deps.config.publicRead, incident);
  const facts = outageFacts(c, deps, await aboutMadeUp(deps.db, [incident.id]));
  const page = incidentPage({
    ...facts,
    ...form,
    incident: open ? incident : withoutDetails(incident),
    open,
    may: mayWriteAbout(viewer, incident),
  });
  return answerWith(c, facts, page, status);
}

/** What must not reach a page by mistake is not handed to it. */
function withoutDetails(incident: IncidentDetail): IncidentDetail {
  return {
    ...incident,
    cause: "",
    closed_by: null,
    acknowledged: incident.acknowledged && { ...incident.acknowledged, by: "" },
    confirmation: null,
    evidence: {},
    post_mortem: null,
    timeline: [],
    member_portals: [],
    runs: [],
  };
}

/** The fields of a form, as text; what is a file or missing is empty. */
export async function formText(c: Context<AppEnv>): Promise<(name: string) => string> {
  const body = await c.req.parseBody();
  return (name) => z.string().catch("").parse(body[name]);
}
