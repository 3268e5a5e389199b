import { z } from "@hono/zod-openapi";
import { BASES } from "../../domain/coverage/figure.ts";
import { HELD_STATES } from "../../domain/coverage/held-review.ts";
import { RULE_IDS, SEVERITIES } from "../../domain/coverage/import-fault.ts";
import { day, plainText } from "../lists/fields.ts";

const instant = z.string().openapi({ format: "date-time" });
const count = z.number().int();
const format = z.enum(["csv", "xlsx", "ods", "unknown"]);

export const outcomeKind = z.enum(["accepted", "held", "refused"]);
export const ruleId = z.enum(RULE_IDS).openapi({ example: "V05" });
export const severity = z.enum(SEVERITIES);
export const heldState = z.enum(HELD_STATES);
export const sourceCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "must be the code of a source, e.g. province-01")
  .openapi({ example: "province-01" });

const yes = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .openapi({ type: "boolean" });

export const importForm = z
  .strictObject({
    file: z
      .instanceof(File, { error: "must be a file" })
      .openapi({ type: "string", format: "binary", description: "CSV, XLSX or ODS." }),
    source: sourceCode.optional(),
    as_of: day.optional().openapi({ description: "For rows that don't say." }),
    units: day.optional().openapi({ description: "The day whose codes and names the file uses." }),
    basis: z.enum(BASES).optional().openapi({
      description:
        "For rows that don't say. If nobody does, files of provinces, ministries and operators are `reported`.",
    }),
    operator: sourceCode.optional().openapi({ description: "`all` unless given." }),
    reason: plainText.optional().openapi({ description: "Why figures that are there change." }),
    dry_run: yes.optional(),
    all_or_nothing: yes.optional(),
  })
  .openapi("CoverageImportForm");

export const faultSchema = z
  .object({
    file: z.string(),
    sheet: z.string().nullable(),
    row: count.nullable(),
    column: z.string().nullable(),
    value: z.string().nullable(),
    rule: z.enum(RULE_IDS),
    severity,
    message_vi: z.string(),
    message_en: z.string(),
  })
  .openapi("ImportFault", {
    description:
      "`reject_file` and `reject_row` keep out, `hold` waits for a person, `warn` only tells.",
  });

const columnSchema = z.object({
  sheet: z.string().nullable(),
  header: z.string(),
  letter: z.string(),
  role: z.string(),
  decimal: z.enum([",", "."]).nullable(),
});

export const outcomeSchema = z
  .object({
    submission: count.nullable(),
    repeated: z.boolean(),
    dry_run: z.boolean(),
    outcome: outcomeKind,
    accepted: count,
    held: count,
    refused: count,
    unchanged: count,
    figures: count,
    format,
    encoding: z.object({ name: z.string(), guessed: z.boolean(), sample: z.string() }).nullable(),
    columns: z.array(columnSchema).readonly(),
    assumed_basis: z.enum(BASES).nullable(),
    fault_count: count,
    faults: z.array(faultSchema).readonly(),
  })
  .openapi("CoverageImport", {
    description:
      "`accepted`, `held` and `refused` are rows, `unchanged` figures that were recorded already, `figures` those that " +
      "were written. `assumed_basis`: what figures were taken to be because neither the file nor the form says it. `repeated`: the same file came before, as this submission, and nothing has changed. The first " +
      "500 faults; all of them stand at /faults.",
  });

export const submissionSchema = z
  .object({
    id: count,
    file: z.string(),
    sha256: z.string(),
    bytes: count,
    format,
    encoding: z.string().nullable(),
    source: z.string().nullable(),
    via: z.enum(["command", "api", "page", "inbox", "seed"]),
    by: z.string(),
    received_at: instant,
    outcome: outcomeKind,
    accepted: count,
    held: count,
    refused: count,
    unchanged: count,
    faults: count,
    waiting: count,
    kept: z.boolean(),
  })
  .openapi("CoverageSubmission", {
    description: "`waiting`: held rows that nobody has decided. `kept`: the file can be had again.",
  });

export const submissionDetailSchema = submissionSchema
  .extend({
    settings: z.record(z.string(), z.unknown()),
    understood: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi("CoverageSubmissionDetail");

export const heldSchema = z
  .object({
    id: count,
    submission: count,
    file: z.string(),
    sheet: z.string().nullable(),
    row: count,
    unit: z.object({ level: z.string(), code: z.string(), name_vi: z.string() }),
    province: z.string().nullable(),
    state: heldState,
    rules: z.array(z.string()).readonly(),
    figures: z
      .array(
        z.object({
          indicator: z.string(),
          indicator_version: count,
          operator: z.string(),
          as_of: z.string(),
          basis: z.string(),
          source: z.string(),
          status: z.string(),
          numerator: z.number().nullable(),
          denominator: z.number().nullable(),
          stated_ratio: z.number().nullable(),
        }),
      )
      .readonly(),
    faults: z.array(faultSchema).readonly(),
    proposed_by: z.string().nullable(),
    proposed_at: instant.nullable(),
    decided_by: z.string().nullable(),
    decided_at: instant.nullable(),
    reason: z.string().nullable(),
  })
  .openapi("HeldRow", {
    description:
      "`proposed`: one person would accept it, another one has to agree. `superseded`: newer figures took its place.",
  });

export const decidedSchema = z
  .object({ accepted: count, proposed: count, refused: count, same_person: count, figures: count })
  .openapi("HeldDecided", {
    description: "Rows; `same_person`: they still wait for somebody else. `figures` were written.",
  });
