import { createRoute, z } from "@hono/zod-openapi";
import { countFigures, listReleases, releaseBefore } from "../../reports/coverage-releases/list.ts";
import { verifyRelease } from "../../store/release-plan.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, noQuery, positionNumber } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound } from "../problem.ts";
import { releaseOrThrow } from "./found.ts";
import { releaseCode, releaseDetailSchema, releaseSchema } from "./schemas.ts";

const common = { method: "get" as const, tags: ["Coverage releases"], security: KEY_OPTIONAL };

const params = z.object({ code: releaseCode });

const COLUMNS = ["code", "as_of", "published_at", "figures", "sha256", "licence", "made_up"];

const list = createRoute({
  ...common,
  path: "/api/v1/coverage/releases",
  summary: "Releases of coverage figures, the last published one first",
  request: { query: z.strictObject(listFields) },
  responses: { 200: listAnswer(releaseSchema, "Releases"), ...PROBLEMS },
});

const one = createRoute({
  ...common,
  path: "/api/v1/coverage/releases/{code}",
  summary: "One release, with how many figures it has of each indicator",
  middleware: [onlyJson],
  request: { params, query: noQuery },
  responses: { 200: jsonAnswer(releaseDetailSchema, "The release"), ...PROBLEMS },
});

const verify = createRoute({
  ...common,
  path: "/api/v1/coverage/releases/{code}/verify",
  summary: "Work out a release's checksum again from the register",
  middleware: [onlyJson],
  request: { params, query: noQuery },
  responses: {
    200: jsonAnswer(
      z
        .object({
          release: releaseCode,
          matches: z.boolean(),
          recorded: z.string(),
          computed: z.string(),
          figures: z.number().int(),
        })
        .openapi("CoverageReleaseCheck"),
      "Both checksums",
    ),
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/releases, /{code} and /{code}/verify. */
export function releaseReads(deps: AppDeps) {
  return newApi()
    .openapi(list, (c) =>
      respondWithList(c, c.req.valid("query"), {
        name: "coverage-releases",
        columns: COLUMNS,
        position: z.tuple([positionNumber]).readonly(),
        read: (page) => listReleases(deps.db, page),
      }),
    )
    .openapi(one, async (c) => {
      const { code } = c.req.valid("param");
      const { row, edition } = await releaseOrThrow(deps.db, code);
      const counts = await countFigures(deps.db, edition);
      return c.json({ ...row, previous: await releaseBefore(deps.db, code), counts }, 200);
    })
    .openapi(verify, async (c) => {
      const { code } = c.req.valid("param");
      const checked = await verifyRelease(deps.db, code);
      if (checked === null) throw notFound(`release ${code}`);
      const matches = checked.recorded === checked.computed;
      return c.json({ release: code, matches, ...checked }, 200);
    });
}
