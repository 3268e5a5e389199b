import { html } from "hono/html";
import {
  checkTexts,
  gradeMeaning,
  gradeText,
  levelMeaning,
  levelText,
  reasonTexts,
} from "../../catalogue/index.ts";
import type { Blocker } from "../../domain/judgement.ts";
import {
  GRADE_VALUE,
  HTTPS_GRADES,
  type HttpsGrade,
  LEVEL_VALUE,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../../domain/readiness.ts";
import { GRADE_TONE, LEVEL_TONE } from "../../reports/compliance-sheet.ts";
import { gradeWords, levelWords } from "../../reports/compliance-texts.ts";
import { CRITERIA } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { familyText } from "./marks.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What stands between a portal and its next step; null for a reader who may not see findings. */
type Blockers = readonly Blocker[] | null;

/** The ladder with the step that the portal stands on, and what the next one asks. */
export function ladderSection(level: ReadinessLevel, blockers: Blockers, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const next = nextLevel(level);
  return html`<section aria-labelledby="ladder">
    <h2 id="ladder">${words.ladder} (${CRITERIA[lang]})</h2>
    ${levelStairs(level, lang)}
    <p><b>${levelWords(level, lang)}.</b> ${levelMeaning(level, lang)}</p>
    ${wayUp(next === null ? null : levelWords(next, lang), { known: level !== "U", blockers, lang })}
  </section>`;
}

/** The grades likewise, worst first, so that both climb to the right. */
export function gradeSection(grade: HttpsGrade, blockers: Blockers, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const next = nextGrade(grade);
  return html`<section aria-labelledby="grade">
    <h2 id="grade">${words.grade} (${CRITERIA[lang]})</h2>
    ${gradeStairs(grade, lang)}
    <p><b>${gradeWords(grade, lang)}.</b> ${gradeMeaning(grade, lang)}</p>
    ${wayUp(next === null ? null : gradeWords(next, lang), { known: grade !== "U", blockers, lang })}
  </section>`;
}

/** The ladder drawn, with the step that a portal stands on. */
export function levelStairs(level: ReadinessLevel, lang: Lang): Html {
  const steps = READINESS_LEVELS.map((step) => ({
    code: step,
    name: levelText(step, lang),
    tone: LEVEL_TONE[step],
    value: LEVEL_VALUE[step],
  }));
  return stairs(steps, { present: level, lang });
}

/** The grades drawn likewise. */
export function gradeStairs(grade: HttpsGrade, lang: Lang): Html {
  const steps = HTTPS_GRADES.toReversed().map((step) => ({
    code: step,
    name: gradeText(step, lang),
    tone: GRADE_TONE[step],
    value: GRADE_VALUE[step],
  }));
  return stairs(steps, { present: grade, lang });
}

interface Step {
  readonly code: string;
  readonly name: string;
  readonly tone: string;
  /** Null for a step beside the others. */
  readonly value: number | null;
}

function stairs(
  steps: readonly Step[],
  { present, lang }: { readonly present: string; readonly lang: Lang },
): Html {
  const words = COMPLIANCE_WORDS[lang];
  const stands = steps.find(({ code }) => code === present)?.value ?? null;
  // LX lies below L0 without being a step of the way.
  const isBehind = ({ value }: Step) =>
    value !== null && value >= 0 && stands !== null && value < stands;
  return html`<ol class="stairs">
    ${steps.map((step) => {
      const here = step.code === present;
      const state = here ? `here ${step.tone}` : isBehind(step) ? "behind" : "ahead";
      return html`<li class="${state}" ${here ? html`aria-current="step"` : ""}>
        <b class="code">${step.code}</b> <span>${step.name}</span>
        ${here ? html`<em>${words.here}</em>` : ""}
        ${isBehind(step) ? html`<span class="hidden">(${words.reached})</span>` : ""}
      </li>`;
    })}
  </ol>`;
}

/** LX lies below L0, but nobody takes the address away to climb: the next step of both is L1. */
function nextLevel(level: ReadinessLevel): ReadinessLevel | null {
  if (level === "U" || level === "L5") return null;
  const value = Math.max(0, LEVEL_VALUE[level] ?? 0);
  return READINESS_LEVELS.find((one) => LEVEL_VALUE[one] === value + 1) ?? null;
}

/** Whoever has no HTTPS, or a broken one, needs C first. */
function nextGrade(grade: HttpsGrade): HttpsGrade | null {
  if (grade === "U" || grade === "A") return null;
  return grade === "C" ? "B" : grade === "B" ? "A" : "C";
}

interface WayUp {
  readonly known: boolean;
  readonly blockers: Blockers;
  readonly lang: Lang;
}

/** What has to change for the next step. */
function wayUp(next: string | null, { known, blockers, lang }: WayUp): Html {
  const words = COMPLIANCE_WORDS[lang];
  if (!known) return html`<p>${words.undecided}</p>`;
  if (next === null) return html`<p>${words.top}</p>`;
  if (blockers === null) return html`<p>${words.hiddenFindings}</p>`;
  if (blockers.length === 0) return html`<p>${words.nothingInTheWay}</p>`;
  return html`<div class="way-up">
    <h3>${words.toReach(next)}</h3>
    <ul>
      ${[...Map.groupBy(blockers, ({ check, reason }) => `${check} ${reason}`).values()].map(
        (alike) => blockerItem(alike, lang),
      )}
    </ul>
  </div>`;
}

/** One thing in the way, over whichever families. */
function blockerItem(alike: readonly Blocker[], lang: Lang): Html | "" {
  const [first] = alike;
  if (first === undefined) return "";
  const { check, reason } = first;
  const { says, mend } = reasonTexts(check, reason, lang);
  const families = alike.map(({ family }) => familyText(family, lang)).join(", ");
  return html`<li>
    <span class="code">${check} ${families}</span>
    <b>${checkTexts(check, lang).title}.</b> ${says}
    ${mend === null ? "" : html`<span class="mend">${mend}</span>`}
  </li>`;
}
