import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { complianceChoices } from "../../reports/compliance-choices.ts";
import {
  findMaintenance,
  listMaintenance,
  type MaintenanceRow,
} from "../../reports/maintenance.ts";
import { dayIn } from "../../reports/zone-day.ts";
import { cancelWindow, createWindow, type WindowProblem } from "../../store/maintenance.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import type { Told } from "../../web/coverage-work/work-facts.ts";
import type { WindowValues } from "../../web/maintenance/form.ts";
import { maintenancePage } from "../../web/maintenance/page.ts";
import { MAINTENANCE_WORDS, type MaintenanceWords } from "../../web/maintenance/words.ts";
import { covers, hasRole, type Viewer } from "../access/viewer.ts";
import { writeContext } from "../access/write-context.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { blank, cursorOf, pageFields, placeIn } from "../coverage-work-pages/paging.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { MAX_LIMIT, rowNumber, slug } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { answerWith, outageFacts } from "./facts.ts";
import { readWindow } from "./window-input.ts";

const query = z.object({
  ...pageFields,
  portal: blank(slug),
  told: z.enum(["created", "cancelled"]).optional().catch(undefined),
});

/** Windows that are over on one page. */
const PAGE_SIZE = 50;
const LIST = "maintenance-page";

/** GET /maintenance: what is and will be in maintenance; the form is for operators. */
export function maintenanceHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const { portal = "", told } = readQuery(c, query);
    const words = MAINTENANCE_WORDS[outageFacts(c, deps).lang];
    return showMaintenance(c, deps, {
      values: { ...emptyValues(deps), portal },
      errors: [],
      told: told === undefined ? null : { done: true, text: words.told[told] },
    });
  };
}

/** POST /maintenance: plans a window, once or repeated. */
export function createWindowHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = outageFacts(c, deps);
    const words = MAINTENANCE_WORDS[lang].errors;
    const values = valuesOf(await c.req.parseBody({ all: true }), deps);
    const read = readWindow(values, words);
    const again = (errors: readonly FormError[], status: 400 | 403 | 409) =>
      showMaintenance(c, deps, { values, errors, told: null }, status);
    if (!read.ok) return again(read.errors, 400);
    const made = await createWindow(writeContext(c, deps), read.input, new Date(deps.clock()));
    if (!made.ok) {
      const { kind } = made.problem;
      return again([errorOf(made.problem, words)], kind === "not_covered" ? 403 : 409);
    }
    deps.live.publish({ type: "incidents", ids: [] });
    return c.redirect(`/maintenance?lang=${lang}&told=created`, 303);
  };
}

/** POST /maintenance/{id}/cancel: ends a window; what was of it stays. */
export function cancelWindowHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = outageFacts(c, deps);
    const id = rowNumber.safeParse(c.req.param("id"));
    const now = deps.clock();
    if (!id.success || (await findMaintenance(deps.db, id.data, now)) === null) {
      throw notFound("such maintenance window");
    }
    const ended = await cancelWindow(writeContext(c, deps), id.data, new Date(now));
    if (!ended.ok) {
      const { text } = errorOf(ended.problem, MAINTENANCE_WORDS[lang].errors);
      const form = { values: emptyValues(deps), errors: [], told: { done: false, text } };
      return showMaintenance(c, deps, form, ended.problem.kind === "not_covered" ? 403 : 409);
    }
    deps.live.publish({ type: "incidents", ids: [] });
    return c.redirect(`/maintenance?lang=${lang}&told=cancelled`, 303);
  };
}

/** Which field a refusal is about, and why in words; the reason of a rule is English. */
function errorOf(problem: WindowProblem, words: MaintenanceWords["errors"]): FormError {
  switch (problem.kind) {
    case "no_target":
      return { field: problem.field, text: words.no_target };
    case "bad_rule":
      return { field: FIELDS[problem.field], text: `${words.rule} ${problem.why}` };
    case "other_target":
      return { field: "portal", text: words.invalid };
    case "no_window":
    case "cancelled":
    case "not_covered":
      return { field: "portal", text: words[problem.kind] };
  }
}

const FIELDS = {
  rrule: "rule",
  timezone: "timezone",
  starts_at: "day",
  duration_minutes: "hours",
} as const;

function emptyValues(deps: Pick<AppDeps, "config" | "clock">): WindowValues {
  const timezone = deps.config.reportTimezone;
  return {
    title: "",
    note: "",
    portal: "",
    agency: "",
    province: "",
    day: dayIn(timezone, deps.clock()),
    time: "",
    hours: "2",
    minutes: "0",
    repeat: "once",
    days: [],
    last: "",
    rule: "",
    timezone,
  };
}

function valuesOf(
  body: Readonly<Record<string, unknown>>,
  deps: Pick<AppDeps, "config" | "clock">,
): WindowValues {
  const empty = emptyValues(deps);
  const texts = Object.keys(empty).map((name) => {
    const value = body[name];
    return [name, typeof value === "string" ? value : ""];
  });
  const days = [body["days"]].flat().filter((day) => typeof day === "string");
  return { ...empty, ...Object.fromEntries(texts), days };
}

async function showMaintenance(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: {
    readonly values: WindowValues;
    readonly errors: readonly FormError[];
    readonly told: Told | null;
  },
  status: 200 | 400 | 403 | 409 = 200,
): Promise<Response> {
  const { db } = deps;
  const now = deps.clock();
  const after = placeIn(LIST, c.req.method === "GET" ? readQuery(c, query).cursor : undefined);
  const all = { limit: MAX_LIMIT, after: null };
  const [active, upcoming, past, choices] = await Promise.all([
    listMaintenance(db, now, { state: "active" }, all),
    listMaintenance(db, now, { state: "upcoming" }, all),
    listMaintenance(db, now, { past: true }, { limit: PAGE_SIZE, after }),
    complianceChoices(db, deps.vantage().name),
  ]);
  const viewer = c.get("viewer");
  const facts = outageFacts(c, deps);
  const page = maintenancePage({
    ...facts,
    active: active.rows,
    upcoming: upcoming.rows,
    past: past.rows,
    nextCursor: cursorOf(LIST, past.next),
    details: hasRole(viewer, "reader") || deps.config.publicRead === "all",
    mayCancel: (window) => mayCancel(viewer, window),
    form: { ...choices, values: form.values, errors: form.errors },
    told: form.told,
  });
  return answerWith(c, facts, page, status);
}

function mayCancel(viewer: Viewer, { belongs }: MaintenanceRow): boolean {
  const { agency, province } = belongs;
  return hasRole(viewer, "operator") && covers(viewer, { agency: agency ?? "", province });
}
