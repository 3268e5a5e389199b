import { z } from "zod";
import { DEFAULT_POLICY, type IncidentPolicy } from "./domain/incident/policy.ts";
import { UsageError } from "./domain/usage-error.ts";

/** How often at most something can be asked to be seen: a day at a probe a minute is 1,440. */
const times = z.number().int().min(1).max(1440);
const share = z.number().min(0).max(1);
/** Milliseconds, at most a week. */
const duration = z.number().int().min(0).max(604_800_000);

const confirmed = z
  .strictObject({
    openAfter: times,
    openAfterScheduled: z.number().int().min(0).max(1440),
    closeAfter: times,
  })
  .refine(
    (rule) => rule.openAfterScheduled <= rule.openAfter,
    "openAfterScheduled is more than openAfter",
  );

/** Every threshold; docs/incidents.md describes them. */
const policy = z.strictObject({
  down: confirmed,
  degraded: confirmed,
  unresolvable: confirmed,
  certificate: confirmed,
  expiring: z
    .array(
      z.strictObject({
        days: z.number().min(0).max(3650),
        lifetimeShare: share.refine((value) => value > 0),
      }),
    )
    .max(20)
    .refine(
      (steps) => steps.every((step, index) => step.days < (steps[index - 1]?.days ?? Infinity)),
      "the days of a step are not fewer than those of the one before",
    ),
  flapping: z
    .strictObject({ window: z.number().int().min(2).max(200), begin: share, end: share })
    .refine((flapping) => flapping.end <= flapping.begin, "end is above begin"),
  freshIntervals: z.number().min(1).max(60),
  partialAfterMs: duration,
  reopenWithinMs: duration,
  lateAfterMs: duration,
  group: z.strictObject({
    withinMs: duration,
    children: z.number().int().min(2).max(10_000),
    share: share.refine((value) => value > 0),
    minChildren: z.number().int().min(2).max(10_000),
    waitMs: duration,
  }),
  mass: z
    .strictObject({
      share: share.refine((value) => value > 0),
      endShare: share,
      minPortals: z.number().int().min(2).max(100_000),
      minPrefixes: z.number().int().min(1).max(100_000),
      withinIntervals: z.number().min(1).max(60),
    })
    .refine((mass) => mass.endShare <= mass.share, "endShare is above share"),
  vantage: z.strictObject({ openAfterMs: duration, closeAfterMs: duration }),
});

/** A file as it was read: where from, and its text. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The policy that a JSON file asks for: what it does not name is as in DEFAULT_POLICY, within a part too; null is all
 * of DEFAULT_POLICY. Throws UsageError with one line that says what is wrong where.
 */
export function readIncidentPolicy(file: PolicyFile | null, option: string): IncidentPolicy {
  if (file === null) return DEFAULT_POLICY;
  const wrong = (what: string) =>
    new UsageError(
      `${option}=${JSON.stringify(file.path)} is not allowed: ${what}. Mend the file.`,
    );
  const given = parsed(file.text);
  if (!isObject(given)) throw wrong("it is no JSON object");
  const read = policy.safeParse(over(DEFAULT_POLICY, given));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const at = issue?.path.join(".") ?? "";
  throw wrong(`${at === "" ? "" : `${at}: `}${issue?.message ?? "wrong"}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Objects are taken part by part; lists and values whole. */
function over(base: object, given: Readonly<Record<string, unknown>>): object {
  const parts: Readonly<Record<string, unknown>> = { ...base };
  const entries = Object.entries(given).map(([name, value]) => {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    return [name, isObject(part) && isObject(value) ? over(part, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
