import { z } from "zod";

/** What a window is for: exactly one of a portal's id, an agency's id, a province's code. */
const target = z.union([
  z.strictObject({ portal: z.string().min(1).max(100) }),
  z.strictObject({ agency: z.string().min(1).max(100) }),
  z.strictObject({ province: z.string().min(1).max(10) }),
]);

/** A maintenance window as people write it. */
export const windowInput = z.strictObject({
  title: z.string().trim().min(1).max(200),
  note: z.string().trim().min(1).max(4000).nullish(),
  target,
  /** An instant, ISO 8601 with an offset. */
  starts_at: z.iso.datetime({ offset: true }),
  duration_minutes: z.int().min(1).max(43_200),
  /** RFC 5545 without DTSTART; null or absent: once. */
  rrule: z.string().trim().min(1).max(500).nullish(),
  timezone: z.string().min(1).max(60).optional(),
});

export type WindowInput = z.infer<typeof windowInput>;
export type WindowTarget = z.infer<typeof target>;
