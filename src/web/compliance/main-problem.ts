import { html } from "hono/html";
import { reasonTexts } from "../../catalogue/index.ts";
import { CHECK_IDS, type CheckId } from "../../domain/finding.ts";
import type { ComplianceRow, ProblemRow } from "../../reports/compliance-row.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { familyText } from "./marks.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What must hold first: the order in which the ladder and then the grade ask. Checks that neither asks come last. */
const ASKED: readonly CheckId[] = [
  ...(["D1", "D2", "W1", "W2", "W5", "W3", "W6"] as const),
  ...(["H1", "H2", "W7", "D3", "D4", "W8", "H3", "H4"] as const),
];

/** Problems in the order in which they should be mended: what fails first, and of that what the ladder asks first. */
export function inMendingOrder<Problem extends Pick<ProblemRow, "check" | "verdict">>(
  problems: readonly Problem[],
): Problem[] {
  const place = ({ check, verdict }: Problem) => {
    const asked = ASKED.indexOf(check);
    const rank = asked === -1 ? ASKED.length + CHECK_IDS.indexOf(check) : asked;
    return (verdict === "fail" ? 0 : 100) + rank;
  };
  return problems.toSorted((one, other) => place(one) - place(other));
}

/** The first problem in plain words with what to do, and how many more there are; `more` is where they stand. */
export function mainProblemCell(
  row: Pick<ComplianceRow, "problems" | "findings" | "level" | "stale">,
  lang: Lang,
  more: string,
): Html {
  const words = COMPLIANCE_WORDS[lang];
  const [first, ...others] = inMendingOrder(row.problems);
  if (first === undefined) return html`${nothingWrong(row, lang)}`;
  const { says, mend } = reasonTexts(first.check, first.reason, lang);
  const rest = words.moreProblems(others.length);
  return html`<p class="says">
      <span class="code">${first.check} ${familyText(first.family, lang)}</span> ${says}
    </p>
    ${mend === null ? "" : html`<p class="mend">${mend}</p>`}
    ${others.length === 0 ? "" : html`<p class="more"><a href="${more}">${rest}</a></p>`}`;
}

/** That nothing wrong was seen is said of what was looked at alone. */
function nothingWrong(
  { level, stale, findings }: Pick<ComplianceRow, "level" | "stale" | "findings">,
  lang: Lang,
): Html | "" {
  if (level === "U" || stale) return "";
  const unknown =
    findings.unknown === 0 ? "" : COMPLIANCE_WORDS[lang].unknownChecks(findings.unknown);
  return html`<span class="soft">${COMPLIANCE_WORDS[lang].noProblem} ${unknown}</span>`;
}
