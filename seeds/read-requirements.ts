import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { CHECK_IDS } from "../src/domain/finding.ts";
import { PORTAL_KINDS } from "../src/domain/portal.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../src/domain/readiness.ts";
import type { RequirementEvidence } from "../src/domain/requirement.ts";
import type { RequirementInput } from "../src/store/requirements.ts";

const optional = z.string().transform((text) => (text === "" ? null : text));
const day = z
  .literal("")
  .transform(() => null)
  .or(z.iso.date());
const words = (text: string) => text.split(" ").filter((word) => word !== "");

/** `checks D5 H1`, `level L4`, `grade C`, `plan issued` or `nothing`. */
const evidence = z.string().transform((text, context): RequirementEvidence => {
  const [by = "", ...rest] = words(text);
  const [first = ""] = rest;
  const read = EVIDENCE.safeParse(
    by === "checks"
      ? { by, checks: rest }
      : by === "plan"
        ? { by, state: first }
        : by === "nothing"
          ? { by }
          : { by, atLeast: first },
  );
  if (read.success) return read.data;
  context.addIssue({ code: "custom", message: `is no evidence: ${text}` });
  return z.NEVER;
});

const EVIDENCE = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("checks"), checks: z.array(z.enum(CHECK_IDS)).min(1) }),
  z.strictObject({ by: z.literal("level"), atLeast: z.enum(READINESS_LEVELS).exclude(["U"]) }),
  z.strictObject({ by: z.literal("grade"), atLeast: z.enum(HTTPS_GRADES).exclude(["U"]) }),
  z.strictObject({ by: z.literal("plan"), state: z.enum(["issued", "fulfilled"]) }),
  z.strictObject({ by: z.literal("nothing") }),
]);

const requirement = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  programme: z.string().min(1),
  document_number: z.string().min(1),
  title_vi: z.string().min(1),
  title_en: z.string().min(1),
  article: optional,
  text_vi: z.string().min(1),
  text_en: z.string().min(1),
  issued_on: day,
  valid_from: day,
  valid_to: day,
  certainty: z.enum(["text", "press", "secondary", "unverified"]),
  source_url: optional.pipe(z.url().nullable()),
  duty: z.enum(["mandatory", "advisory"]),
  subject: z.enum(["portal", "agency"]),
  kinds: z
    .string()
    .transform(words)
    .pipe(z.array(z.enum(PORTAL_KINDS))),
  evidence,
});

/** The requirements in the order in which reports show them; a row that does not fit is a fault of ours. */
export async function readRequirements(): Promise<RequirementInput[]> {
  const text = await readFile(new URL("requirements.csv", import.meta.url), "utf8");
  const rows: unknown[] = parse(text, { columns: true });
  return rows.map((row, position) => {
    const read = requirement.safeParse(row);
    if (!read.success) {
      throw new Error(`seeds/requirements.csv is broken, row ${position + 1}`, {
        cause: read.error,
      });
    }
    return { ...read.data, position: position + 1 };
  });
}
