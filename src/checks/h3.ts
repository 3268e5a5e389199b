import type { AnswerSight } from "../domain/audit/host.ts";
import type { RuleSet } from "../domain/judgement.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { parseHsts } from "./hsts.ts";
import { perFamily } from "./per-family.ts";
import { answerTold } from "./stages.ts";
import { type At, type Told, tally } from "./told.ts";
import { isWall } from "./web-answer.ts";

type Reason = OwnReason<"H3">;

const HEADER = "strict-transport-security";

/** H3: the first answer over HTTPS carries one valid HSTS field that lasts long enough (RFC 6797). */
export const h3: Check = {
  id: "H3",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("H3", ({ family, entry, addresses, context: { rules } }) => {
    const judged = addresses.map((view): Told<AnswerSight> => {
      const told = answerTold(view);
      if (told.is === "bad") return { is: "apart", why: "no_answer" };
      const well = told.is === "good" && hstsReason(told.fact, rules) === "hsts";
      return told.is === "good" && !well ? { ...told, is: "bad" } : told;
    });
    const { good, bad, missing, apart } = tally(judged);
    const evidence = {
      port: entry.httpsPort,
      least_max_age: rules.hstsSeconds,
      addresses: [...good, ...bad].map(inShort),
    };
    const reasons = bad.map(({ fact }) => hstsReason(fact, rules));
    const [reason] = reasons.filter((one) => one !== "waf_suspected").toSorted();
    if (reason !== undefined) {
      return conclude("H3", family, reason, evidence, causes("host", [entry.host]));
    }
    if (bad.length > 0) return conclude("H3", family, "waf_suspected", evidence);
    if (missing !== null) return conclude("H3", family, missing, evidence);
    if (good.length > 0) return conclude("H3", family, "hsts", evidence);
    return conclude("H3", family, apart === "port_443_closed" ? apart : "no_answer", evidence);
  }),
};

function hstsReason(answer: AnswerSight, rules: RuleSet): Reason {
  const fields = answer.headers[HEADER] ?? [];
  const [field] = fields;
  if (fields.length > 1) return "repeated";
  // A wall answers for itself: that its answer has no field says nothing of the portal's.
  if (field === undefined)
    return isWall(answer) || answer.status === 403 ? "waf_suspected" : "missing";
  const parsed = parseHsts(field);
  if (!parsed.valid) return "invalid";
  if (parsed.maxAge === 0) return "switched_off";
  return parsed.maxAge >= rules.hstsSeconds ? "hsts" : "too_short";
}

function inShort({ address, fact }: At<AnswerSight>) {
  return { address, status: fact.status, fields: fact.headers[HEADER] ?? [] };
}
