import type { AnswerSight } from "../domain/audit/host.ts";
import { isUnseen } from "../domain/audit/sight.ts";
import { FAMILIES } from "../domain/family.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { entryOf } from "./host-name.ts";
import { answerTold } from "./stages.ts";
import { tally } from "./told.ts";
import { works } from "./web-answer.ts";

/** S1: the usual security headers are set and the landing page loads nothing over plain HTTP. Information only. */
export const s1: Check = {
  id: "S1",
  about: [null],
  transport: [],
  judge: ({ facts }) => {
    const entry = entryOf(facts);
    if (entry === undefined) return [conclude("S1", null, "own_fault")];
    const views = FAMILIES.map((family) => familyView(entry, family));
    const answers = tally(
      views.flatMap((view) => (view.presence === "some" ? view.addresses.map(answerTold) : [])),
    );
    const answered = answers.good.filter(({ fact }) => works(fact));
    const missing = [...new Set(answered.flatMap(({ fact }) => missingHeaders(fact)))].toSorted();
    const { resources } = facts.page;
    const mixed = isUnseen(resources) ? [] : resources.mixed;
    const count = isUnseen(resources) ? 0 : resources.mixedCount;
    const evidence = { missing, mixed, mixed_count: count };
    const named = causes("host", [entry.host]);
    if (count > 0) return [conclude("S1", null, "mixed_content", evidence, named)];
    if (missing.length > 0) return [conclude("S1", null, "headers_missing", evidence, named)];
    const unsure = views.find((view) => view.presence === "unsure")?.why;
    const why = isUnseen(resources) ? resources.unseen : (unsure ?? answers.missing);
    if (why !== null) return [conclude("S1", null, why, evidence)];
    return [conclude("S1", null, answered.length > 0 ? "headers_set" : "no_answer", evidence)];
  },
};

/** The headers that protect visitors of any page; `frame-ancestors` of a CSP stands for X-Frame-Options. */
function missingHeaders({ headers }: AnswerSight): readonly string[] {
  const has = (name: string) => (headers[name] ?? []).length > 0;
  const framed = (headers["content-security-policy"] ?? []).some((policy) =>
    /(^|[;\s])frame-ancestors\s/i.test(policy),
  );
  const wanted = ["content-security-policy", "x-content-type-options", "referrer-policy"];
  const missing = wanted.filter((name) => !has(name));
  return framed || has("x-frame-options") ? missing : [...missing, "x-frame-options"];
}
