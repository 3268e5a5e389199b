import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import { listPortals } from "../../reports/portals.ts";
import { statusPage } from "../../reports/status-page.ts";
import { addNote, choosePortals, endNote, type StatusProblem } from "../../store/status-page.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import type { Told } from "../../web/coverage-work/work-facts.ts";
import { statusEditPage, type StatusValues } from "../../web/status/edit-page.ts";
import { STATUS_WORDS } from "../../web/status/words.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { MAX_LIMIT, rowNumber, slug } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { isStorable } from "../storable-text.ts";
import { viewpoint } from "../viewpoint.ts";
import { answerWith, outageFacts } from "./facts.ts";
import { formText } from "./incident.ts";

/** More rows than anybody reads. */
const MOST_PORTALS = 200;

const NO_VALUES: StatusValues = { portal: "", text_vi: "", text_en: "", incident: "" };

const noteText = z.string().trim().min(1).max(2000).refine(isStorable);
const blankText = z.literal("").transform(() => null);
const noteInput = z.object({
  text_vi: noteText,
  text_en: blankText.or(noteText),
  incident: blankText.or(rowNumber),
});

/** GET /status/edit, for operators whose key is for everything. */
export function statusEditHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const { done } = STATUS_WORDS[outageFacts(c, deps).lang];
    const told = c.req.query("told") === "done" ? { done: true, text: done } : null;
    return showEdit(c, deps, { values: NO_VALUES, errors: [], told });
  };
}

/** POST /status/edit/portals: adds a portal, moves it by one place, or takes it away. */
export function choosePortalsHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const words = STATUS_WORDS[outageFacts(c, deps).lang].errors;
    const field = await formText(c);
    const values = { ...NO_VALUES, portal: field("portal") };
    const again = (text: string, status: 400 | 403 | 409) =>
      showEdit(c, deps, { values, errors: [{ field: "portal", text }], told: null }, status);
    const portal = slug.safeParse(field("portal").trim());
    if (!portal.success) return again(words.no_portal, 400);
    const { portals } = await statusPage(deps.db, viewpoint(deps));
    const chosen = moved(
      portals.map(({ id }) => id),
      portal.data,
      field("move"),
    );
    if (chosen.length > MOST_PORTALS) return again(words.full, 409);
    const written = await choosePortals(writeContext(c, deps), chosen, new Date(deps.clock()));
    return finish(c, deps, written, again);
  };
}

/** POST /status/edit/notes: publishes a note. */
export function addNoteHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const words = STATUS_WORDS[outageFacts(c, deps).lang].errors;
    const field = await formText(c);
    const [textVi, textEn, incident] = ["text_vi", "text_en", "incident"].map(field);
    const values = {
      ...NO_VALUES,
      text_vi: textVi ?? "",
      text_en: textEn ?? "",
      incident: incident ?? "",
    };
    const again = (at: string, text: string, status: 400 | 403 | 409) =>
      showEdit(c, deps, { values, errors: [{ field: at, text }], told: null }, status);
    const read = noteInput.safeParse(values);
    if (!read.success) {
      const at = String(read.error.issues[0]?.path[0]);
      return again(at, at === "incident" ? words.invalid : words.text, 400);
    }
    const written = await addNote(writeContext(c, deps), read.data, new Date(deps.clock()));
    return finish(c, deps, written, (text, status) => again("incident", text, status));
  };
}

/** POST /status/edit/notes/{id}/end: takes a note down. */
export function endNoteHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const id = rowNumber.safeParse(c.req.param("id"));
    if (!id.success) throw notFound("such note");
    const written = await endNote(writeContext(c, deps), id.data, new Date(deps.clock()));
    return finish(c, deps, written, (text, status) =>
      showEdit(c, deps, { values: NO_VALUES, errors: [], told: { done: false, text } }, status),
    );
  };
}

/** The order after one step; a portal that is not there is only ever added. */
function moved(chosen: readonly string[], portal: string, move: string): string[] {
  const at = chosen.indexOf(portal);
  if (move === "add") return at === -1 ? [...chosen, portal] : [...chosen];
  if (at === -1) return [...chosen];
  const rest = chosen.toSpliced(at, 1);
  if (move === "up") return rest.toSpliced(Math.max(0, at - 1), 0, portal);
  if (move === "down") return rest.toSpliced(at + 1, 0, portal);
  return move === "remove" ? rest : [...chosen];
}

/** Back to the page, with what was done or why not. */
function finish(
  c: Context<AppEnv>,
  deps: AppDeps,
  written: Result<unknown, StatusProblem>,
  again: (text: string, status: 403 | 409) => Promise<Response>,
): Response | Promise<Response> {
  const { lang } = outageFacts(c, deps);
  if (written.ok) {
    // Who looks at the public page sees it at once.
    deps.live.publish({ type: "incidents", ids: [] });
    return c.redirect(`/status/edit?lang=${lang}&told=done`, 303);
  }
  const { kind } = written.problem;
  return again(STATUS_WORDS[lang].errors[kind], kind === "not_covered" ? 403 : 409);
}

async function showEdit(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: {
    readonly values: StatusValues;
    readonly errors: readonly FormError[];
    readonly told: Told | null;
  },
  status: 200 | 400 | 403 | 409 = 200,
): Promise<Response> {
  const view = viewpoint(deps);
  const [shown, portals] = await Promise.all([
    statusPage(deps.db, view),
    listPortals(deps.db, view, {}, { limit: MAX_LIMIT, after: null, sort: "name" }),
  ]);
  const facts = outageFacts(c, deps, shown.made_up);
  const chosen = new Set(shown.portals.map(({ id }) => id));
  const offered = portals.rows.filter(({ id }) => !chosen.has(id));
  return answerWith(
    c,
    facts,
    statusEditPage({ ...facts, ...form, status: shown, offered }),
    status,
  );
}
