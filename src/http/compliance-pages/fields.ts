import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { PORTAL_KINDS } from "../../domain/portal.ts";
import { COMPLIANCE_SORTS } from "../../reports/compliance-sort.ts";
import { PLAN_STATES } from "../../reports/plans.ts";
import { TARGETS } from "../../web/compliance/mend-first-page.ts";
import { LANGS } from "../../web/lang.ts";
import { requirementId } from "../compliance/fields.ts";
import { gradeSchema, levelSchema, requirementVerdictSchema } from "../compliance/schemas.ts";
import type { AppEnv } from "../env.ts";
import { cursorText, day, MAX_LIMIT, plainText, provinceCode, slug } from "../lists/fields.ts";
import { Problem } from "../problem.ts";

/** A field that a form sends empty counts as one that was not given. */
const blank = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .literal("")
    .transform(() => undefined)
    .or(schema)
    .optional();

const place = {
  lang: z.enum(LANGS).optional(),
  agency: blank(slug),
  province: blank(provinceCode),
  cursor: blank(cursorText),
};

/** What the address of the list may say; parameters of others, such as a mailer's, are left alone. */
export const listQuery = z.object({
  ...place,
  kind: blank(z.enum(PORTAL_KINDS)),
  level: blank(levelSchema),
  grade: blank(gradeSchema),
  requirement: blank(requirementId),
  verdict: blank(requirementVerdictSchema),
  changed_since: blank(day),
  as_of: blank(day),
  q: blank(plainText),
  sort: blank(z.enum(COMPLIANCE_SORTS)),
  order: blank(z.enum(["asc", "desc"])),
  limit: blank(z.coerce.number<string>().int().min(1).max(MAX_LIMIT)),
});

export const agenciesQuery = z.object({
  lang: place.lang,
  province: place.province,
  cursor: place.cursor,
  kind: blank(z.enum(PORTAL_KINDS)),
  as_of: blank(day),
});

export const changesQuery = z.object({
  ...place,
  kind: blank(z.enum(PORTAL_KINDS)),
  q: blank(plainText),
  from: blank(day),
  to: blank(day),
});

export const mendFirstQuery = z.object({
  lang: place.lang,
  agency: place.agency,
  province: place.province,
  to_level: blank(z.enum(TARGETS)),
});

export const plansQuery = z.object({
  lang: place.lang,
  agency: place.agency,
  cursor: place.cursor,
  state: blank(z.enum(PLAN_STATES)),
});

export const portalQuery = z.object({ lang: place.lang });

/** The query of a page. Throws 400 for a filter that does not exist. */
export function readQuery<Query>(c: Context<AppEnv>, schema: z.ZodType<Query>): Query {
  const query = schema.safeParse(c.req.query());
  if (query.success) return query.data;
  throw new Problem(400, "The page's address holds a filter that does not exist.");
}

/** The name of a paged list with its filters, for cursors: what differs from page to page is left out. */
export function listName(page: string, query: object): string {
  const kept = Object.entries(query)
    .filter(([name, value]) => value !== undefined && !["cursor", "limit", "lang"].includes(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `${page} ${JSON.stringify(kept)}`;
}
