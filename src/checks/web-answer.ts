import type { AnswerSight } from "../domain/audit/host.ts";

/** Whether an answer is what a visitor wants: 2xx or 3xx, and no wall in its place. */
export function works({ outcome, status, wall }: AnswerSight): boolean {
  return outcome === "answered" && wall === null && status !== null && status < 400;
}

/** Whether a wall answered in the portal's stead: a recognised page, or 429 (RFC 6585 section 4). */
export function isWall({ wall, status }: AnswerSight): boolean {
  return wall !== null || status === 429;
}
