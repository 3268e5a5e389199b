import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import {
  acknowledge,
  comment,
  type IncidentProblem,
  resolveByHand,
  unacknowledge,
  writePostMortem,
} from "../../store/incidents/people.ts";
import type { WriteContext } from "../../store/write-context.ts";
import { ACK_CHOICES, type IncidentValues } from "../../web/incidents/forms-section.ts";
import { INCIDENT_WORDS } from "../../web/incidents/words.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { isStorable } from "../storable-text.ts";
import { outageFacts } from "./facts.ts";
import { formText, incidentId, NO_VALUES, showIncident } from "./incident.ts";

/** What a form says to be done; null where it does not say it rightly. */
type Deed = (
  context: WriteContext,
  id: number,
  now: number,
) => Promise<Result<null, IncidentProblem>>;

const text = z.string().trim().min(1).max(2000).refine(isStorable);
const longText = z.string().trim().max(50_000).refine(isStorable);

/** POST /incidents/{id}/acknowledge: for so many minutes, or until it ends. */
export function acknowledgeHandler(deps: AppDeps) {
  return handler(deps, (field) => {
    const choice = z.enum(ACK_CHOICES).safeParse(field("until"));
    const values = { ...NO_VALUES, until: field("until") };
    if (!choice.success) return { values, deed: null };
    return {
      values,
      deed: (context, id, now) => {
        const until = choice.data === "end" ? null : now + Number(choice.data) * 60_000;
        return acknowledge(context, id, { until }, now);
      },
    };
  });
}

/** POST /incidents/{id}/unacknowledge */
export function unacknowledgeHandler(deps: AppDeps) {
  return handler(deps, () => ({ values: NO_VALUES, deed: unacknowledge }));
}

/** POST /incidents/{id}/comment */
export function commentHandler(deps: AppDeps) {
  return handler(deps, (field) => {
    const read = text.safeParse(field("comment"));
    return {
      values: { ...NO_VALUES, comment: field("comment") },
      deed: read.success ? (context, id, now) => comment(context, id, read.data, now) : null,
    };
  });
}

/** POST /incidents/{id}/resolve: ends it by hand, for a reason; the next failing run opens it again. */
export function resolveHandler(deps: AppDeps) {
  return handler(deps, (field) => {
    const read = text.safeParse(field("note"));
    return {
      values: { ...NO_VALUES, note: field("note") },
      deed: read.success
        ? (context, id, now) => resolveByHand(context, id, { note: read.data }, now)
        : null,
    };
  });
}

/** POST /incidents/{id}/post-mortem: what is empty removes it. */
export function postMortemHandler(deps: AppDeps) {
  return handler(deps, (field) => {
    const read = longText.safeParse(field("post_mortem").replaceAll("\r\n", "\n"));
    return {
      values: { ...NO_VALUES, post_mortem: field("post_mortem") },
      deed: read.success
        ? (context, id, now) => writePostMortem(context, id, read.data || null, now)
        : null,
    };
  });
}

function handler(
  deps: AppDeps,
  read: (field: (name: string) => string) => {
    readonly values: IncidentValues;
    readonly deed: Deed | null;
  },
) {
  return async (c: Context<AppEnv>) => {
    const { lang } = outageFacts(c, deps);
    const { problems } = INCIDENT_WORDS[lang];
    const id = incidentId(c);
    const { values, deed } = read(await formText(c));
    const again = (told: string, status: 400 | 403 | 409) =>
      showIncident(c, deps, { values, told: { done: false, text: told } }, status);
    if (deed === null) return again(problems.invalid, 400);
    const written = await deed(writeContext(c, deps), id, deps.clock());
    if (!written.ok) {
      const { kind } = written.problem;
      return again(problems[kind], kind === "not_covered" ? 403 : 409);
    }
    deps.live.publish({ type: "incidents", ids: [id] });
    return c.redirect(`/incidents/${id}?lang=${lang}&told=done`, 303);
  };
}
