import {
  checkTexts,
  criteriaText,
  gradeMeaning,
  gradeText,
  type Lang,
  levelMeaning,
  levelText,
  reasonTexts,
  verdictText,
} from "../catalogue/index.ts";
import {
  type AuditObservation,
  type StageTimes,
  TIMED_STAGES,
} from "../domain/audit/observation.ts";
import { FAMILIES, type Family, familyNumber } from "../domain/family.ts";
import type { Finding, Verdict } from "../domain/finding.ts";
import type { Blocker, Judgement } from "../domain/judgement.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { AuditStep } from "../probes/audit/index.ts";
import { AUDIT_WORDS } from "./audit-words.ts";

/** The order in which a reader wants them: what is to be done comes first. */
const ORDER: readonly Verdict[] = ["fail", "warn", "unknown", "pass", "not_applicable"];

/** Characters of evidence that a person reads in a terminal; `--json` has all of it. */
const EVIDENCE_LENGTH = 600;

/** What an audit is doing, in one line. */
export function stepText(step: AuditStep, lang: Lang): string {
  return `… ${AUDIT_WORDS[lang].steps[step]}`;
}

/** What can't be looked at from here, and why; nothing where all can. */
export function gateText(gate: VantageState, families: readonly Family[], lang: Lang): string[] {
  const words = AUDIT_WORDS[lang];
  const closed = FAMILIES.filter((family) => !gate.families[family].healthy).map((family) =>
    families.includes(family)
      ? words.closed(nameOf(family), gate.families[family].why)
      : words.leftOut(nameOf(family)),
  );
  return [...closed, ...(gate.resolver.usable ? [] : [words.resolver(gate.resolver.why)])];
}

/** The whole report for a person; what the portal sent can't move the terminal. */
export function auditText(
  observation: AuditObservation,
  judgement: Judgement,
  families: readonly Family[],
  lang: Lang,
): string[] {
  const words = AUDIT_WORDS[lang];
  const at = `${new Date(observation.startedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const findings = ORDER.flatMap((verdict) =>
    judgement.findings.filter((finding) => finding.verdict === verdict),
  );
  return [
    "",
    observation.url,
    words.seen(observation.vantage, at, judgement.ruleset),
    ...FAMILIES.filter((family) => !families.includes(family)).map((family) =>
      words.leftOut(nameOf(family)),
    ),
    "",
    ...standing(judgement, lang),
    "",
    ...findings.flatMap((finding) => findingText(finding, lang)),
    "",
    ...timesText(observation, lang),
    words.notMeasured,
  ].map(printable);
}

function standing({ level, grade }: Judgement, lang: Lang): string[] {
  const words = AUDIT_WORDS[lang];
  const by = criteriaText(lang);
  return [
    `${words.level}: ${level.level} – ${levelText(level.level, lang)} (${by})`,
    `  ${levelMeaning(level.level, lang)}`,
    ...possibleText(level.possible, level.level, lang),
    ...(level.provisionalDays === null ? [] : [`  ${words.history}`]),
    ...blockersText(level.blockers, lang),
    `${words.grade}: ${grade.grade} – ${gradeText(grade.grade, lang)} (${by})`,
    `  ${gradeMeaning(grade.grade, lang)}`,
    ...possibleText(grade.possible, grade.grade, lang),
    ...blockersText(grade.blockers, lang),
  ];
}

function possibleText(possible: string, proven: string, lang: Lang): string[] {
  return possible === proven ? [] : [`  ${AUDIT_WORDS[lang].upTo(possible)}`];
}

function blockersText(blockers: readonly Blocker[], lang: Lang): string[] {
  if (blockers.length === 0) return [];
  const named = blockers.map(({ check, family }) => `${check}${familyText(family)}`);
  return [`  ${AUDIT_WORDS[lang].next}: ${[...new Set(named)].join(", ")}`];
}

function findingText({ check, family, verdict, reason, evidence }: Finding, lang: Lang): string[] {
  const words = AUDIT_WORDS[lang];
  const { title } = checkTexts(check, lang);
  const { says, mend } = reasonTexts(check, reason, lang);
  const head = `[${verdictText(verdict, lang)}] ${check}${familyText(family)} ${title}: ${says}`;
  if (verdict !== "fail" && verdict !== "warn") return [head];
  const facts = evidenceText(evidence);
  return [
    head,
    ...(mend === null ? [] : [`    ${words.mend}: ${mend}`]),
    ...(facts === "" ? [] : [`    ${words.evidence}: ${facts}`]),
  ];
}

function evidenceText(evidence: Finding["evidence"]): string {
  const facts = Object.entries(evidence)
    .map(([name, value]) => [name, valueText(value)])
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
  return facts.length <= EVIDENCE_LENGTH ? facts : `${facts.slice(0, EVIDENCE_LENGTH)}…`;
}

function valueText(value: unknown): string {
  if (value === null) return "";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return value.join(", ");
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The median of each stage over both families, and their ratio. */
function timesText({ timings }: AuditObservation, lang: Lang): string[] {
  const words = AUDIT_WORDS[lang];
  const rows = TIMED_STAGES.flatMap((stage) => {
    const [ip4, ip6] = [median(timings.ip4[stage]), median(timings.ip6[stage])];
    if (ip4 === null && ip6 === null) return [];
    const ratio = ip4 && ip6 ? `, ${words.ratio} ${(ip6 / ip4).toFixed(2)}` : "";
    const shown = (value: number | null) => (value === null ? "–" : String(Math.round(value)));
    return [`  ${stage}: IPv4 ${shown(ip4)}, IPv6 ${shown(ip6)}${ratio}`];
  });
  return rows.length === 0 ? [] : [`${words.times}:`, ...rows];
}

function median(times: StageTimes): number | null {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? null;
}

function familyText(family: Family | null): string {
  return family === null ? "" : ` (${nameOf(family)})`;
}

function nameOf(family: Family): string {
  return `IPv${familyNumber(family)}`;
}

/** Controls and marks that change the direction of text are taken out: pages and headers may hold them. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{FFFD}");
}
