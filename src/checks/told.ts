import type { UnseenReason } from "../domain/audit/sight.ts";
import { firstReason } from "./conclude.ts";

/** Why an address takes no part in a check: an earlier stage that it does not pass, which another check tells. */
export type Apart = "port_443_closed" | "no_handshake" | "no_answer";

/** What one address says on one question. */
export type Told<Fact> =
  | { readonly is: "good" | "bad"; readonly address: string; readonly fact: Fact }
  | { readonly is: "unseen"; readonly why: UnseenReason }
  | { readonly is: "apart"; readonly why: Apart };

/** One address with the fact that it was judged by. */
export interface At<Fact> {
  readonly address: string;
  readonly fact: Fact;
}

/** What all addresses of a family say on one question. */
export interface Tally<Fact> {
  readonly good: readonly At<Fact>[];
  readonly bad: readonly At<Fact>[];
  /** Why something is missing; null if everything was seen. */
  readonly missing: UnseenReason | null;
  /** Why addresses took no part; null if all did. */
  readonly apart: Apart | null;
}

/** Latest stage first: it says most. */
const STAGES: readonly Apart[] = ["no_answer", "no_handshake", "port_443_closed"];

/** Counts what every address says. */
export function tally<Fact>(all: readonly Told<Fact>[]): Tally<Fact> {
  const at = (is: "good" | "bad") =>
    all.flatMap((one) => (one.is === is ? [{ address: one.address, fact: one.fact }] : []));
  const apart = new Set(all.flatMap((one) => (one.is === "apart" ? [one.why] : [])));
  return {
    good: at("good"),
    bad: at("bad"),
    missing: firstReason(all.flatMap((one) => (one.is === "unseen" ? [one.why] : []))),
    apart: STAGES.find((stage) => apart.has(stage)) ?? null,
  };
}
