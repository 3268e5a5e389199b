import type { AnswerSight } from "../domain/audit/host.ts";
import { otherFamily } from "../domain/family.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";
import type { AddressView } from "./family-view.ts";
import { familyView } from "./family-view.ts";
import type { Check } from "./check.ts";
import { causes, conclude, failedTries } from "./conclude.ts";
import { type FamilyCase, perFamily } from "./per-family.ts";
import { answerTold } from "./stages.ts";
import { type At, type Told, tally } from "./told.ts";
import { isWall, works } from "./web-answer.ts";

/** W5: the web server answers 2xx or 3xx; worse than over the other family is `fail`, bad over both only `warn`. */
export const w5: Check = {
  id: "W5",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("W5", (one) => {
    const { family, entry } = one;
    const { good, bad, missing, apart } = tally(one.addresses.map(statusTold));
    const other = otherSide(one);
    const evidence = {
      port: entry.httpsPort,
      addresses: [...good, ...bad].map(inShort),
      other_family: other,
    };
    const accused = bad.filter(({ fact }) => !suspected(fact, other));
    if (accused.length > 0) {
      const tries = failedTries(accused.map(({ fact }) => fact));
      const silent = accused.some(({ fact }) => fact.outcome === "failed");
      const reason = REASON[silent ? "no_answer" : "http_error"][other];
      return conclude(
        "W5",
        family,
        reason,
        { ...evidence, ...tries },
        causes("host", [entry.host]),
      );
    }
    if (bad.length > 0) return conclude("W5", family, "waf_suspected", evidence);
    if (missing !== null) return conclude("W5", family, missing, evidence);
    if (good.length > 0) return conclude("W5", family, "answers", evidence);
    const reason = apart === "no_handshake" ? "no_handshake" : "port_443_closed";
    return conclude("W5", family, reason, evidence);
  }),
};

/** What the other family is known to do: `works` if any of its addresses does, `uncompared` if that is open. */
type OtherSide = "works" | "fails" | "uncompared";

const REASON: Readonly<
  Record<"http_error" | "no_answer", Readonly<Record<OtherSide, ReasonOf<"W5">>>>
> = {
  http_error: {
    works: "http_error",
    fails: "http_error_both",
    uncompared: "http_error_uncompared",
  },
  no_answer: { works: "no_answer", fails: "no_answer_both", uncompared: "no_answer_uncompared" },
};

function otherSide({ entry, family }: FamilyCase): OtherSide {
  const view = familyView(entry, otherFamily(family));
  if (view.presence !== "some") return "uncompared";
  const { good, bad, missing } = tally(view.addresses.map(statusTold));
  if (good.length > 0) return "works";
  return bad.length > 0 && missing === null ? "fails" : "uncompared";
}

function statusTold(view: AddressView): Told<AnswerSight> {
  const told = answerTold(view);
  return told.is === "good" && !works(told.fact) ? { ...told, is: "bad" } : told;
}

/** A wall is never held against a portal; a bare 403 only where the other family is let in (b.3, b.8). */
function suspected(answer: AnswerSight, other: OtherSide): boolean {
  return isWall(answer) || (answer.status === 403 && other !== "works");
}

function inShort({ address, fact }: At<AnswerSight>) {
  const { outcome, kind, status, location, wall } = fact;
  return { address, stage: "http", outcome, code: kind, status, location, wall };
}
