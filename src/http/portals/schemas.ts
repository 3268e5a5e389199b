import { z } from "@hono/zod-openapi";
import { FAILURES, type FailureKind, SKIP_REASONS } from "../../domain/failure.ts";
import { FAMILIES } from "../../domain/family.ts";
import { OUTCOMES } from "../../domain/observation.ts";
import { LIFECYCLES, PORTAL_KINDS } from "../../domain/portal.ts";
import { PORTAL_STATES } from "../../domain/portal-state.ts";
import { expectationInput } from "../../store/portal-input.ts";

const kinds = Object.keys(FAILURES) as [FailureKind, ...FailureKind[]];

export const isoInstant = z.string().openapi({ format: "date-time" });

export const failureSchema = z.object({
  kind: z.enum(kinds),
  source: z.enum(["target", "resolver", "internal"]),
});

export const outcomeSchema = z.enum(OUTCOMES);

export const skipReasonSchema = z.enum(SKIP_REASONS);

export const familySchema = z.enum(FAMILIES);

const familyStatusSchema = z.object({
  outcome: outcomeSchema,
  failure: failureSchema.nullable(),
  skip_reason: skipReasonSchema.nullable(),
  http_status: z.number().int().nullable(),
  total_ms: z.number(),
  checked_at: isoInstant,
  since: isoInstant,
  fresh: z.boolean(),
});

export const portalSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    host: z.string(),
    name_vi: z.string(),
    name_en: z.string().nullable(),
    kind: z.enum(PORTAL_KINDS),
    agency: z.object({ id: z.string(), name_vi: z.string() }),
    province: z.object({ code: z.string(), name_vi: z.string() }).nullable(),
    lifecycle: z.enum(LIFECYCLES),
    merged_into: z.string().nullable(),
    made_up: z.boolean(),
    state: z.enum(PORTAL_STATES),
    families: z.object({
      ip4: familyStatusSchema.nullable(),
      ip6: familyStatusSchema.nullable(),
    }),
  })
  .openapi("Portal");

const seenAddressSchema = z.object({
  family: familySchema,
  address: z.string(),
  first_seen: isoInstant,
  last_seen: isoInstant,
});

const seenCertificateSchema = z.object({
  family: familySchema,
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  not_before: isoInstant,
  not_after: isoInstant,
  earliest_not_after: isoInstant,
  names: z.array(z.string()).readonly(),
  key_type: z.string(),
  key_bits: z.number().int().nullable(),
  chain_length: z.number().int(),
  first_seen: isoInstant,
  last_seen: isoInstant,
});

export const portalDetailSchema = portalSchema
  .extend({
    expectation: expectationInput,
    source: z.string().nullable(),
    evidence_class: z.string().nullable(),
    note: z.string().nullable(),
    created_at: isoInstant,
    updated_at: isoInstant,
    retired_at: isoInstant.nullable(),
    certificates: z.array(seenCertificateSchema).readonly(),
    addresses: z.array(seenAddressSchema).readonly().optional().openapi({
      description: "Absent for those who may not see addresses.",
    }),
  })
  .openapi("PortalDetail");
