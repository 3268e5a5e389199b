import { z } from "@hono/zod-openapi";
import {
  CHALLENGE_OUTCOMES,
  CHALLENGE_REASONS,
  CHALLENGE_STATES,
  DAYS_TO_ANSWER,
} from "../../domain/coverage/challenge.ts";
import { releaseCode } from "../coverage-releases/schemas.ts";
import { figureSchema } from "../coverage/schemas.ts";
import { plainText } from "../lists/fields.ts";

const count = z.number().int();
const day = z.string().openapi({ format: "date" });
const instant = z.string().openapi({ format: "date-time" });

const MAX_TEXT = 4000;
const MAX_URL = 2000;

export const challengeState = z.enum(CHALLENGE_STATES);
const reasonCode = z.enum(CHALLENGE_REASONS);
const outcomeCode = z.enum(CHALLENGE_OUTCOMES);

const text = z.string().trim().min(1).max(MAX_TEXT);

/** Ids of figures are whole numbers that JavaScript has exactly. */
const figureId = z.int().min(1);
const counted = z.int().min(0);

const correctionInput = z
  .union([
    z.strictObject({
      numerator: counted,
      denominator: counted.optional(),
      denominator_source: plainText.optional(),
      replaces: figureId.optional(),
    }),
    z.strictObject({ withdraw: z.literal(true), replaces: figureId.optional() }),
  ])
  .openapi("FigureCorrection", {
    description:
      "Other counts (what is left out stays as it is), or that the figure is taken back. `replaces`: the revision that it is written over, where it is not the challenged one any more.",
  });

export const challengeInput = z
  .strictObject({
    figure_id: figureId,
    release: releaseCode.optional().openapi({ description: "The release that shows the figure." }),
    reason_code: reasonCode,
    statement: text,
    evidence_url: z
      .url({ protocol: /^https?$/, error: "must be an http or https URL" })
      .max(MAX_URL)
      .optional(),
    filed_by: plainText
      .optional()
      .openapi({ description: "Who brings it, the holder of the key unless given; not public." }),
  })
  .openapi("CoverageChallengeInput");

export const answerInput = z
  .union([
    z.strictObject({ answer: z.literal("rebutted"), text }),
    z.strictObject({
      answer: z.literal("conceded"),
      text,
      outcome_code: outcomeCode.optional(),
      correction: correctionInput.optional(),
    }),
  ])
  .openapi("ChallengeAnswerInput");

export const decisionInput = z
  .union([
    z.strictObject({ decision: z.literal("rejected"), outcome_code: outcomeCode, text }),
    z.strictObject({
      decision: z.literal("upheld"),
      outcome_code: outcomeCode,
      text,
      correction: correctionInput.optional(),
    }),
  ])
  .openapi("ChallengeDecisionInput");

export const challengeSchema = z
  .object({
    id: count,
    state: challengeState,
    overdue: z.boolean(),
    figure: figureSchema.omit({ recorded_at: true }),
    release: z.string().nullable(),
    reason_code: reasonCode,
    statement: z.string(),
    evidence_url: z.string().nullable(),
    filed_by: z.string().nullable(),
    filed_at: instant,
    due_on: day,
    answer: z.string().nullable(),
    answered_by: z.string().nullable(),
    answered_at: instant.nullable(),
    outcome_code: outcomeCode.nullable(),
    decision: z.string().nullable(),
    decided_by: z.string().nullable(),
    decided_at: instant.nullable(),
    result_figure: count.nullable(),
  })
  .openapi("CoverageChallenge", {
    description: `\`figure\` as it was challenged, \`result_figure\` the revision that came of it. The source has ${DAYS_TO_ANSWER} days to answer; \`overdue\`: it has not, and the challenge can be decided without it. Names of people are shown to holders of a key.`,
  });

export const challengeDetailSchema = challengeSchema
  .extend({ figure_now: figureSchema })
  .openapi("CoverageChallengeDetail", {
    description: "`figure_now`: the revision that counts at present, whatever brought it.",
  });
