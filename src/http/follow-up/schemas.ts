import { z } from "@hono/zod-openapi";
import { CHECK_IDS } from "../../domain/finding.ts";
import { FOLLOW_UP_KINDS, FOLLOW_UP_STATES } from "../../reports/follow-ups.ts";
import { familySchema, isoInstant } from "../portals/schemas.ts";

const day = z.string().openapi({ format: "date" });
const named = z.object({ id: z.string(), name_vi: z.string() });
const number = z.number().int();

export const checkSchema = z.enum(CHECK_IDS).openapi({ example: "W3" });
export const kindSchema = z.enum(FOLLOW_UP_KINDS);
export const stateSchema = z.enum(FOLLOW_UP_STATES);

export const followUpSchema = z
  .object({
    id: number,
    portal: named,
    agency: named,
    check: checkSchema,
    family: familySchema.nullable(),
    kind: kindSchema,
    text: z.string(),
    responsible_unit: z.string().nullable(),
    promised_on: day.nullable(),
    exempt_until: day.nullable(),
    evidence_url: z.string().nullable(),
    state: stateSchema,
    audit_before: number.nullable(),
    audit_after: number.nullable(),
    actor: z.string(),
    created_at: isoInstant,
    withdrawn_at: isoInstant.nullable(),
  })
  .openapi("FollowUp", {
    description:
      "What people say about a finding; nothing of it hides the finding. `state`: a promise is due, overdue, kept or " +
      "unclear; an exemption in_force or ended; a recheck done or unfinished; everything else standing.",
  });
