import { createRoute, z } from "@hono/zod-openapi";
import { FAMILIES } from "../../domain/family.ts";
import { PHASES } from "../../domain/observation.ts";
import { listResults, type ResultRow } from "../../reports/portal-results.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { instant, listFields, positionInstant, positionSmallint, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { findOrThrow } from "./found.ts";
import {
  failureSchema,
  familySchema,
  isoInstant,
  outcomeSchema,
  skipReasonSchema,
} from "./schemas.ts";

const COLUMNS = [
  "scheduled_at",
  "family",
  "vantage",
  "attempt",
  "start_delay_ms",
  "outcome",
  "failure.kind",
  "failure.source",
  "skip_reason",
  "http_status",
  ...PHASES.map((phase) => `phases_ms.${phase}`),
  "total_ms",
  "redirects",
  "body_bytes",
  "loop_lag_ms",
  "certificate.fingerprint",
  "certificate.earliest_not_after",
  "address",
];

const milliseconds = z.number().nonnegative();

export const resultSchema = z
  .object({
    scheduled_at: isoInstant,
    family: familySchema,
    vantage: z.string(),
    attempt: z.number().int(),
    start_delay_ms: milliseconds,
    outcome: outcomeSchema,
    failure: failureSchema.nullable(),
    skip_reason: skipReasonSchema.nullable(),
    http_status: z.number().int().nullable(),
    phases_ms: z.object({
      resolve: milliseconds,
      connect: milliseconds,
      tls: milliseconds,
      processing: milliseconds,
      transfer: milliseconds,
    }),
    total_ms: milliseconds,
    redirects: z.number().int(),
    body_bytes: z.number().int(),
    loop_lag_ms: milliseconds,
    certificate: z
      .object({
        fingerprint: z.string(),
        subject: z.string(),
        issuer: z.string(),
        earliest_not_after: isoInstant,
      })
      .nullable(),
    address: z.string().nullable().optional(),
    evidence: z.record(z.string(), z.unknown()).nullable().optional(),
  })
  .openapi("ProbeResult", {
    description: "One run; address and evidence are absent for those who may not see them.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}/results",
  summary: "Runs of one portal, latest first",
  tags: ["Portals"],
  security: KEY_OPTIONAL,
  request: {
    params: z.object({ id: slug }),
    query: z.strictObject({
      ...listFields,
      family: familySchema.optional(),
      outcome: outcomeSchema.optional(),
      from: instant.optional().openapi({ description: "Runs due at this instant or later." }),
      to: instant.optional().openapi({ description: "Runs due before this instant." }),
    }),
  },
  responses: { 200: listAnswer(resultSchema, "Runs"), ...PROBLEMS },
});

const POSITION = z
  .tuple([positionInstant, z.enum(FAMILIES), positionSmallint, positionSmallint])
  .readonly();

/** GET /api/v1/portals/{id}/results. */
export function portalResults(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { limit, cursor, format, family, outcome, from, to } = c.req.valid("query");
    const { number, open } = await findOrThrow(c, deps, c.req.valid("param").id);
    const filter = { family, outcome, from: toDate(from), to: toDate(to) };
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `${c.req.valid("param").id}-results`,
        columns: open ? COLUMNS : COLUMNS.filter((column) => column !== "address"),
        position: POSITION,
        read: async (page) => {
          const { rows, next } = await listResults(deps.db, number, filter, page);
          return { rows: open ? rows : rows.map(withoutDetails), next };
        },
      },
    );
  });
}

function withoutDetails({ address: _address, evidence: _evidence, ...row }: ResultRow) {
  return row;
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
