import { z } from "zod";
import { type Expectation, LIFECYCLES, PORTAL_KINDS } from "../domain/portal.ts";
import { parsePortalUrl } from "../domain/portal-url.ts";
import { expectationFault } from "../expectations/expectation-fault.ts";

/** Longest text of a name, a note or a source. */
const MAX_NAME = 300;
const MAX_NOTE = 4000;
/** Longest text or pattern that is looked for in a body. */
const MAX_PATTERN = 1000;

/** The stable id of a portal or an agency: lower-case ASCII letters, digits and dashes. */
export const slugInput = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);

const statusInput = z
  .union([z.number().int().min(100).max(599), z.string().max(7)])
  .superRefine(usableAs((status) => ({ status: [status] })));

/** What an answer must look like; every part is optional, and an empty one stands for the default. */
export const expectationInput = z.strictObject({
  status: z.array(statusInput).min(1).max(50).optional(),
  body_text: z.string().min(1).max(MAX_PATTERN).optional(),
  body_regex: z
    .string()
    .min(1)
    .max(MAX_PATTERN)
    .superRefine(usableAs((bodyRegex) => ({ bodyRegex })))
    .optional(),
  json_path: z
    .strictObject({
      path: z
        .string()
        .min(1)
        .max(MAX_PATTERN)
        .superRefine(usableAs((path) => ({ jsonPath: { path } }))),
      equals: z.union([z.string().max(MAX_PATTERN), z.number(), z.boolean(), z.null()]).optional(),
    })
    .optional(),
  max_response_ms: z.number().int().min(1).max(120_000).optional(),
});

export type ExpectationInput = z.infer<typeof expectationInput>;

const urlInput = z.string().superRefine((text, context) => {
  const parsed = parsePortalUrl(text);
  if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.problem });
});

/** A portal as people write it, in the API and in files; `id` is made from the host where it is absent. */
export const portalInput = z.strictObject({
  id: slugInput.optional(),
  url: urlInput,
  name_vi: z.string().trim().min(1).max(MAX_NAME),
  name_en: z.string().trim().min(1).max(MAX_NAME).nullish(),
  kind: z.enum(PORTAL_KINDS),
  agency: slugInput,
  province: z
    .string()
    .regex(/^[0-9]{2}$/)
    .nullish(),
  lifecycle: z.enum(LIFECYCLES).optional(),
  merged_into: slugInput.nullish(),
  expectation: expectationInput.optional(),
  note: z.string().max(MAX_NOTE).nullish(),
  source: z.string().max(MAX_NOTE).nullish(),
});

export type PortalInput = z.infer<typeof portalInput>;

/** A change of a portal: what is absent stays, null empties. The id never changes. */
export const portalChange = portalInput.omit({ id: true }).partial();

export type PortalChange = z.infer<typeof portalChange>;

/** Refuses what no run could be measured by, in the words of who measures. */
function usableAs<Value>(toExpectation: (value: Value) => Expectation) {
  return (value: Value, context: z.core.$RefinementCtx<Value>) => {
    const fault = expectationFault(toExpectation(value));
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  };
}
