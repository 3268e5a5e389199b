import { createRoute, z } from "@hono/zod-openapi";
import { addDays } from "../../domain/calendar.ts";
import { complianceDiff, type ComplianceDiffRow } from "../../reports/compliance-diff.ts";
import { everyRow } from "../../reports/compliance-report.ts";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { CRITERIA, REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL } from "../define-route.ts";
import { newApi } from "../env.ts";
import { hasRole, maySeeDetails } from "../access/viewer.ts";
import { day, listFields, plainText, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { about, complianceView, demandPast, langOf } from "./about.ts";
import { placeFields, workbookFormat } from "./fields.ts";
import { complianceAnswers, complianceDiffSchema } from "./schemas.ts";
import { visibleTo } from "./visible.ts";
import { workbookOf } from "./workbook.ts";

const COLUMNS = [
  "id",
  "url",
  "name_vi",
  "name_en",
  "kind",
  "agency.id",
  "agency.name_vi",
  "change",
  "change_text",
  ...["level", "grade"].flatMap((what) => ["from", "to", "change"].map((end) => `${what}.${end}`)),
];

/** What a month is where nobody says: "what changed since last month". */
const MONTH_DAYS = 30;

const route = createRoute({
  method: "get",
  path: "/api/v1/compliance/diff",
  summary: "What changed between the ends of two days, and the findings that go with it",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      format: workbookFormat,
      from: day
        .optional()
        .openapi({ description: "The earlier day; 30 days before `to` unless given." }),
      to: day.optional().openapi({ description: "The later day; today unless given." }),
      ...placeFields,
      q: plainText.optional(),
    }),
  },
  responses: complianceAnswers(
    complianceDiffSchema,
    "Portals that differ",
    { from: z.string(), to: z.string() },
    true,
  ),
});

/** GET /api/v1/compliance/diff. */
export function complianceDiffRoute(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const {
      limit,
      cursor,
      format,
      lang: asked,
      from,
      to = today(deps),
      ...filter
    } = c.req.valid("query");
    const days = { from: from ?? addDays(to, -MONTH_DAYS), to };
    for (const end of ["from", "to"] as const) demandPast(deps, end, days[end]);
    const lang = langOf(c, asked);
    const view = complianceView(deps, to);
    const viewer = c.get("viewer");
    const { publicRead } = deps.config;
    const isOpen = (row: ComplianceDiffRow) =>
      maySeeDetails(viewer, publicRead, {
        agency: row.agency.id,
        province: row.province?.code ?? null,
      });
    const reader = publicRead === "all" || hasRole(viewer, "reader");
    const workbook = async () => {
      const rows = await everyRow<ComplianceDiffRow, readonly [string]>((page) =>
        complianceDiff(deps.db, view, days, filter, page),
      );
      const requirements = await listRequirements(deps.db, to);
      const visible = visibleTo(viewer, publicRead, requirements);
      const shown = rows.map((row) => (isOpen(row) ? row : { ...row, because: [] }));
      const request = { filter, sort: "name", order: "asc" } as const;
      return workbookOf(deps, view, request, visible, lang, { since: days.from, rows: shown });
    };
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: "compliance-diff",
        columns: [...COLUMNS, ...(reader ? ["because"] : []), "criteria", "made_up"],
        position: z.tuple([slug]).readonly(),
        read: async (page) => {
          const { rows, next } = await complianceDiff(deps.db, view, days, filter, page);
          return { rows: rows.map((row) => (isOpen(row) ? row : withoutBecause(row))), next };
        },
        extra: () => ({ ...about(deps, view, lang), ...days }),
        csvRow: (row) => ({
          ...row,
          change_text: REPORT_WORDS[lang].changes[row.change],
          because: "because" in row ? row.because.map(findingLine) : [],
          criteria: CRITERIA[lang],
          made_up: deps.config.madeUp || row.made_up,
        }),
        workbook,
      },
    );
  });
}

function withoutBecause({ because: _because, ...row }: ComplianceDiffRow) {
  return row;
}

function findingLine({ check, family, from, to }: ComplianceDiffRow["because"][number]): string {
  const over = family === null ? "" : ` ${family}`;
  return `${check}${over}: ${from?.verdict ?? "none"} to ${to?.verdict ?? "none"}`;
}
