import { z } from "zod";
import type { Day } from "../domain/calendar.ts";
import { FAMILIES } from "../domain/family.ts";

/** Longest text of an entry and longest name of a unit, in characters. */
const MAX_TEXT = 4000;
const MAX_UNIT = 300;

const text = z.string().trim().min(1).max(MAX_TEXT);
/** A calendar day; PostgreSQL knows no year 0. */
const day = z.iso.date().regex(/^(19|20|21)/);
/** Shown as a link: no other scheme can do harm in a page. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

const common = {
  /** Null or absent: what the check found over every family. */
  family: z.enum(FAMILIES).nullish(),
  text,
};

/** An entry about a finding as people write it in the API. */
export const followUpInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("note"), ...common, evidence_url: webAddress.nullish() }),
  z.strictObject({
    kind: z.literal("responsible"),
    ...common,
    responsible_unit: z.string().trim().min(1).max(MAX_UNIT),
  }),
  z.strictObject({
    kind: z.literal("promise"),
    ...common,
    promised_on: day,
    responsible_unit: z.string().trim().min(1).max(MAX_UNIT).nullish(),
  }),
  z.strictObject({ kind: z.literal("exemption"), ...common, exempt_until: day }),
  z.strictObject({ kind: z.literal("reply"), ...common, evidence_url: webAddress.nullish() }),
]);

export type FollowUpInput = z.infer<typeof followUpInput>;

/** What somebody says who asks for "mended, check again". */
export const recheckInput = z.strictObject({
  family: z.enum(FAMILIES).nullish(),
  /** What was mended. */
  text: text.optional(),
});

export type RecheckInput = z.infer<typeof recheckInput>;

/** The field whose day has passed already, or null: nobody promises or exempts for the past. */
export function pastDay(input: FollowUpInput, today: Day): "promised_on" | "exempt_until" | null {
  if (input.kind === "promise" && input.promised_on < today) return "promised_on";
  if (input.kind === "exemption" && input.exempt_until < today) return "exempt_until";
  return null;
}
