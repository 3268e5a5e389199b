import { z } from "@hono/zod-openapi";
import { CAUSE_KINDS } from "../../domain/finding.ts";
import { READINESS_LEVELS } from "../../domain/readiness.ts";
import { checkSchema } from "../follow-up/schemas.ts";

const count = z.number().int();
const named = z.object({ id: z.string(), name_vi: z.string() });
const levelSchema = z.enum(READINESS_LEVELS);

export const causeKindSchema = z.enum(CAUSE_KINDS);

/** Levels that a portal can be lifted to. */
export const targetSchema = z.enum(["L1", "L2", "L3", "L4", "L5"]);

export const mendFirstSchema = z
  .object({
    portals: count,
    without_cause: count,
    steps: z
      .array(
        z.object({
          step: count,
          causes: z.array(z.object({ kind: causeKindSchema, name: z.string() })).readonly(),
          lifts: z
            .array(z.object({ portal: named, agency: named, from: levelSchema, to: levelSchema }))
            .readonly(),
          lifted_so_far: count,
          mended_so_far: count,
          says: z.object({ vi: z.string(), en: z.string() }),
        }),
      )
      .readonly(),
  })
  .openapi("MendFirst", {
    description:
      "Each step names causes that have to be mended together and the portals that climb by one level once they and " +
      "those of the steps before are, as the last audits saw it, by this system's criteria. `portals` are those that " +
      "something keeps from their next level, `without_cause` those of them where no thing to mend is known.",
  });

export const causeSchema = z
  .object({
    kind: causeKindSchema,
    name: z.string(),
    portals: count,
    findings: count,
    checks: z.array(checkSchema).readonly(),
  })
  .openapi("FindingCause");
