import { z } from "@hono/zod-openapi";
import type { SubmissionDetail } from "../../reports/coverage-imports/submissions.ts";
import type { UnderstoodFile } from "../../web/coverage-work/understood-section.ts";

const text = z.string().nullable().catch(null);

const settings = z.object({
  source: text,
  as_of: text,
  units: text,
  basis: text,
  operator: text,
  reason: text,
  all_or_nothing: z.boolean().catch(false),
});

const understood = z.object({
  assumed_basis: text,
  encoding: z
    .object({ name: z.string(), guessed: z.boolean(), sample: z.string() })
    .nullable()
    .catch(null),
  columns: z
    .array(
      z.object({
        sheet: z.string().nullable(),
        header: z.string(),
        letter: z.string(),
        role: z.string(),
        decimal: z.enum([",", "."]).nullable(),
      }),
    )
    .catch([]),
});

/** What was stated beside a stored file; an import of an earlier version may know less. */
export function settingsOf(found: SubmissionDetail): z.infer<typeof settings> {
  return settings.parse(found.settings);
}

/** What a stored file was taken for, as far as that was kept. */
export function understoodOf(found: SubmissionDetail): UnderstoodFile {
  const { assumed_basis: assumedBasis, ...file } = understood.parse(found.understood ?? {});
  return { format: found.format, assumedBasis, ...file };
}
