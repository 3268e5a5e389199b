import { createRoute, z } from "@hono/zod-openapi";
import { makeTemplate, type TemplateProblem } from "../../importing/province-template.ts";
import { askedFor } from "../../reports/coverage-rounds/rounds.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, provinceCode } from "../lists/fields.ts";
import { XLSX_TYPE } from "../lists/respond.ts";
import { Problem } from "../problem.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/template",
  summary:
    "The spreadsheet that a province fills in: its communes, headers, lists and known counts",
  tags: ["Coverage rounds"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      province: provinceCode,
      as_of: day,
      indicators: z
        .string()
        .regex(/^[a-z0-9_]{1,64}(,[a-z0-9_]{1,64}){0,99}$/, "must be codes, separated by commas")
        .optional()
        .openapi({
          description:
            "Codes, separated by commas; unless given those of the round of that day, or all.",
          example: "fibre_hh_passed,pop_4g",
        }),
    }),
  },
  responses: {
    200: {
      description: "The spreadsheet",
      content: { [XLSX_TYPE]: { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/template. */
export function coverageTemplate({ db }: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { province, as_of: asOf, indicators } = c.req.valid("query");
    const codes = indicators?.split(",") ?? (await askedFor(db, asOf));
    const made = await makeTemplate(db, { province, asOf, indicators: codes });
    if (!made.ok) throw toProblem(made.problem);
    return c.body(new Uint8Array(made.value.bytes), 200, {
      "Content-Type": XLSX_TYPE,
      "Content-Disposition": `attachment; filename="${made.value.name}"`,
    });
  });
}

function toProblem(problem: TemplateProblem): Problem {
  const error =
    problem.kind === "no_province"
      ? { field: "query.province", detail: "was no province on that day" }
      : {
          field: "query.indicators",
          detail: `communes are not asked for ${problem.codes.join(", ")}; there are ${problem.indicators.join(", ")}`,
        };
  return new Problem(400, "There is no such template.", { errors: [error] });
}
