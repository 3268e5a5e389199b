import { createRoute, z } from "@hono/zod-openapi";
import {
  type ChallengeRow,
  findChallenge,
  listChallenges,
} from "../../reports/coverage-challenges/list.ts";
import { figureHistory } from "../../reports/coverage/figure-history.ts";
import type { Viewer } from "../access/viewer.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import {
  listFields,
  noQuery,
  positionNumber,
  provinceCode,
  rowNumber,
  yes,
} from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound } from "../problem.ts";
import { today } from "../viewpoint.ts";
import { challengeDetailSchema, challengeSchema, challengeState } from "./schemas.ts";

const FIGURE_COLUMNS = [
  "id",
  "unit.level",
  "unit.code",
  "unit.name_vi",
  "province",
  "indicator",
  "indicator_version",
  "operator",
  "as_of",
  "basis",
  "source",
  "status",
  "numerator",
  "denominator",
  "ratio",
  "revision",
  "made_up",
];

const COLUMNS = Object.keys(challengeSchema.shape).flatMap((column) =>
  column === "figure" ? FIGURE_COLUMNS.map((each) => `figure.${each}`) : [column],
);

const list = createRoute({
  method: "get",
  path: "/api/v1/coverage/challenges",
  summary: "Challenges of figures, newest first",
  tags: ["Coverage challenges"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      state: challengeState.optional(),
      overdue: yes.optional(),
      province: provinceCode.optional(),
      indicator: indicatorField.optional(),
      figure: rowNumber.optional(),
    }),
  },
  responses: { 200: listAnswer(challengeSchema, "Challenges"), ...PROBLEMS },
});

const one = createRoute({
  method: "get",
  path: "/api/v1/coverage/challenges/{id}",
  summary: "One challenge, with its figure as it was challenged and as it is now",
  tags: ["Coverage challenges"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 200: jsonAnswer(challengeDetailSchema, "The challenge"), ...PROBLEMS },
});

/** GET /api/v1/coverage/challenges and one of them. */
export function challengeReads(deps: AppDeps) {
  return newApi()
    .openapi(list, (c) => {
      const { limit, cursor, format, ...filter } = c.req.valid("query");
      const seen = seenBy(c.get("viewer"));
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "coverage-challenges",
          columns: COLUMNS,
          position: z.tuple([positionNumber]).readonly(),
          async read(page) {
            const { rows, ...rest } = await listChallenges(deps.db, filter, today(deps), page);
            return { rows: rows.map(seen), ...rest };
          },
        },
      );
    })
    .openapi(one, async (c) =>
      c.json(await challengeDetail(deps, c.get("viewer"), c.req.valid("param").id), 200),
    );
}

/** One challenge as this viewer may see it, with the figure that counts now. Throws 404 where there is none. */
export async function challengeDetail(deps: AppDeps, viewer: Viewer, id: number) {
  const found = await findChallenge(deps.db, id, today(deps));
  if (found === null) throw notFound("such challenge");
  const last = (await figureHistory(deps.db, found.figure.id)).at(-1);
  if (!last) throw new Error(`The figure of challenge ${id} has no revision`);
  const { from: _from, ...figureNow } = last;
  return { ...seenBy(viewer)(found), figure_now: figureNow };
}

/** Who filed, answered and decided is told to holders of a key alone. */
function seenBy(viewer: Viewer): (row: ChallengeRow) => ChallengeRow {
  if (viewer.role !== null) return (row) => row;
  return (row) => ({ ...row, filed_by: null, answered_by: null, decided_by: null });
}
