import { z } from "@hono/zod-openapi";
import { PORTAL_KINDS } from "../../domain/portal.ts";
import { COMPLIANCE_SORTS } from "../../reports/compliance-sort.ts";
import { day, listFields, plainText, provinceCode, slug } from "../lists/fields.ts";
import { asOfField, langField } from "./about.ts";
import { gradeSchema, levelSchema, requirementVerdictSchema } from "./schemas.ts";

/** How a list about compliance can be had, where XLSX is one of the forms. */
export const workbookFormat = z.enum(["json", "csv", "xlsx"]).optional().openapi({
  description: "Wins over the Accept header. XLSX is always the whole list.",
});

/** Which portals, and in which language. */
export const placeFields = {
  agency: slug.optional(),
  province: provinceCode.optional(),
  kind: z.enum(PORTAL_KINDS).optional(),
  lang: langField,
};

export const requirementId = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/)
  .openapi({ example: "qd-38-2021-portals" });

/** What the compliance list can be asked. */
export const complianceFields = {
  ...listFields,
  format: workbookFormat,
  ...placeFields,
  as_of: asOfField,
  level: levelSchema.optional(),
  grade: gradeSchema.optional(),
  requirement: requirementId.optional(),
  verdict: requirementVerdictSchema
    .optional()
    .openapi({ description: "What the requirement must come to; `not_met` unless given." }),
  changed_since: day
    .optional()
    .openapi({ description: "The list shows another level or grade since this day." }),
  q: plainText
    .optional()
    .openapi({ description: "In a name, the URL or the id; case and diacritics aside." }),
  sort: z.enum(COMPLIANCE_SORTS).default("name"),
  order: z.enum(["asc", "desc"]).default("asc"),
};
