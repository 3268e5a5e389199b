import { createRoute, z } from "@hono/zod-openapi";
import { summariseChanges, releaseChanges } from "../../reports/coverage-releases/changes.ts";
import { editionSums } from "../../reports/coverage-releases/edition-sums.ts";
import { countFigures, releaseBefore } from "../../reports/coverage-releases/list.ts";
import { publishRelease } from "../../store/coverage-releases.ts";
import { planRelease, type ReleasePlan, type ReleaseRequest } from "../../store/release-plan.ts";
import { requireUnlimited } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, noQuery } from "../lists/fields.ts";
import { today } from "../viewpoint.ts";
import { indicatorField } from "./fields.ts";
import { editionBefore, releaseOrThrow } from "./found.ts";
import { releaseDetail, releaseRefused } from "./refusals.ts";
import { releaseDetailSchema, releasePlanSchema } from "./schemas.ts";

const note = z.string().trim().min(1).max(4000);

const input = z
  .strictObject({
    as_of: day.openapi({ description: "The last day of the quarter." }),
    note_vi: note.nullish(),
    note_en: note.nullish(),
    breaks: z
      .array(z.strictObject({ indicator: indicatorField, note_vi: note, note_en: note }))
      .max(200)
      .refine(
        (breaks) => new Set(breaks.map(({ indicator }) => indicator)).size === breaks.length,
        "must name each indicator once",
      )
      .optional()
      .openapi({
        description:
          "Indicators whose figures do not compare with those of the release before, and why.",
      }),
    despite_held: z.boolean().optional().openapi({
      description: "Publish although rows of the quarter wait for review; a note has to say so.",
    }),
    dry_run: z.boolean().optional().openapi({ description: "Only tell what it would be." }),
  })
  .openapi("CoverageReleaseInput");

const route = createRoute({
  method: "post",
  path: "/api/v1/coverage/releases",
  summary: "Publish a quarter's figures, for good; or tell what that would be",
  tags: ["Coverage releases"],
  security: KEY_NEEDED,
  // The key comes first: nobody without one makes us read a body.
  middleware: [requireUnlimited("admin"), limitBody, onlyUtf8],
  request: { query: noQuery, body: jsonBody(input) },
  responses: {
    200: jsonAnswer(releasePlanSchema, "What it would be"),
    201: jsonAnswer(releaseDetailSchema, "The release"),
    ...PROBLEMS,
  },
});

/** So many changes are shown with a dry run; the summary counts all. */
const CHANGES_SHOWN = 100;

/** POST /api/v1/coverage/releases. */
export function releasePublish(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const body = c.req.valid("json");
    const request: ReleaseRequest = {
      asOf: body.as_of,
      noteVi: body.note_vi ?? null,
      noteEn: body.note_en ?? null,
      breaks: (body.breaks ?? []).map(({ indicator, note_vi: noteVi, note_en: noteEn }) => ({
        indicator,
        noteVi,
        noteEn,
      })),
      licence: deps.config.coverageLicence,
      despiteHeld: body.despite_held ?? false,
    };
    const at = { now: new Date(deps.clock()), today: today(deps) };
    if (body.dry_run) {
      return c.json(await planned(deps, await planRelease(deps.db, request, at)), 200);
    }
    const made = await publishRelease(writeContext(c, deps), request, editionSums, at);
    if (!made.ok) throw releaseRefused(made.problem);
    const { code } = made.value;
    const { row, edition } = await releaseOrThrow(deps.db, code);
    const counts = await countFigures(deps.db, edition);
    return c.json({ ...row, previous: await releaseBefore(deps.db, code), counts }, 201);
  });
}

async function planned({ db }: AppDeps, plan: ReleasePlan) {
  const between = { from: await editionBefore(db, plan.previous), to: plan };
  const read = await releaseChanges(db, between, {});
  return {
    dry_run: true as const,
    code: plan.code,
    as_of: plan.asOf,
    sha256: plan.sha256,
    figures: plan.figures,
    made_up: plan.madeUp,
    held: plan.held,
    since: plan.previous,
    problems: plan.problems.map((problem) => ({
      kind: problem.kind,
      detail: releaseDetail(problem).detail,
    })),
    counts: await countFigures(db, plan),
    changes: await summariseChanges(db, between),
    first_changes: (await read({ limit: CHANGES_SHOWN, after: null })).rows,
  };
}
