import { z } from "@hono/zod-openapi";
import { INCIDENT_KINDS, SEVERITIES } from "../../domain/incident/kinds.ts";
import { SUBJECT_TYPES } from "../../domain/incident/subject.ts";
import { PORTAL_KINDS } from "../../domain/portal.ts";
import { resultSchema } from "../portals/results.ts";
import { familySchema, isoInstant } from "../portals/schemas.ts";

export const incidentKindSchema = z.enum(INCIDENT_KINDS);
export const severitySchema = z.enum(SEVERITIES);

const count = z.number().int().nonnegative();
const facts = z.record(z.string(), z.unknown());

const incidentPortalSchema = z.object({
  id: z.string(),
  name_vi: z.string(),
  name_en: z.string().nullable(),
  url: z.string(),
  kind: z.enum(PORTAL_KINDS),
  agency: z.object({ id: z.string(), name_vi: z.string() }),
  province: z.object({ code: z.string(), name_vi: z.string() }).nullable(),
});

/** What everyone sees who may read at all. */
const shownToAll = {
  id: z.number().int(),
  kind: incidentKindSchema,
  severity: severitySchema,
  scope: z.enum(["whole", "partial"]),
  family: familySchema.nullable(),
  portal: incidentPortalSchema.nullable(),
  opened_at: isoInstant,
  resolved_at: isoInstant.nullable(),
  duration_seconds: count,
};

/** What is for those who may see details. */
const details = {
  confirmed_at: isoInstant,
  last_bad_at: isoInstant,
  subject: z.object({ type: z.enum(SUBJECT_TYPES), name: z.string() }),
  cause: z.string(),
  network: z.string(),
  vantage: z.string().nullable(),
  closed_by: z.string().nullable(),
  parent: z.number().int().nullable(),
  children: count,
  members: count,
  flapping: z.boolean(),
  reopened: count,
  told_at: isoInstant.nullable(),
  held: z.string().nullable(),
  acknowledged: z
    .object({ by: z.string(), at: isoInstant, until: isoInstant.nullable() })
    .nullable(),
};

export const incidentSchema = z
  .object({ ...shownToAll, ...z.object(details).partial().shape })
  .openapi("Incident", {
    description:
      "From the first bad observation to the first good one. `family` null: every family that the portal publishes. Cause, subject, who was told and who looks after it are absent for those who may not see details.",
  });

const timelineSchema = z
  .object({
    id: z.number().int(),
    event: z.string(),
    at: isoInstant,
    recorded_at: isoInstant,
    actor: z.string().nullable(),
    facts,
  })
  .openapi("IncidentEvent");

const memberSchema = z
  .object({
    id: z.string(),
    name_vi: z.string(),
    name_en: z.string().nullable(),
    url: z.string(),
    agency: z.string(),
    province: z.string().nullable(),
    family: familySchema.nullable(),
    from_at: isoInstant,
    to_at: isoInstant.nullable(),
  })
  .openapi("IncidentMember");

const moreDetails = z.object({
  confirmation: z
    .object({
      vantages: z.array(z.string()).readonly(),
      observations: count,
      confirmations: count,
      single_vantage: z.boolean(),
    })
    .nullable(),
  evidence: facts,
  post_mortem: z.string().nullable(),
  timeline: z.array(timelineSchema).readonly(),
  child_incidents: z.array(incidentSchema).readonly(),
  member_portals: z.array(memberSchema).readonly(),
  runs: z.array(resultSchema).readonly(),
});

export const incidentDetailSchema = z
  .object({ ...incidentSchema.shape, ...moreDetails.partial().shape })
  .openapi("IncidentDetail", {
    description:
      "`runs` are those around the opening with phases, address, certificate and evidence (resolver answers too), as long as they are kept.",
  });
