import { html } from "hono/html";
import { causeText, checkTexts } from "../../catalogue/index.ts";
import { findingTexts } from "../../reports/compliance-texts.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { FollowUpRow } from "../../reports/follow-ups.ts";
import type { FindingRow } from "../../reports/portal-findings.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { instantDayText, timeText } from "../time-text.ts";
import { evidenceTable } from "./evidence-table.ts";
import { followUpList, speaksOf } from "./follow-up-list.ts";
import { inMendingOrder } from "./main-problem.ts";
import { familyText, verdictMark } from "./marks.ts";
import type { Style } from "./page-facts.ts";
import { tableHead } from "./table-head.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What a finding's place is told by. */
export interface FindingPlace extends Style {
  /** The address of the facts of one audit. */
  readonly factsLink: (audit: number) => string;
}

/** What is to be mended, each finding with everything that is known of it; then the other checks in short. */
export function findingsSection(
  findings: readonly FindingRow[],
  followUps: readonly FollowUpRow[],
  place: FindingPlace,
): Html {
  const words = COMPLIANCE_WORDS[place.lang];
  const wrong = inMendingOrder(findings.flatMap((one) => (isWrong(one) ? [one] : [])));
  const others = findings.filter((one) => !isWrong(one));
  return html`<section aria-labelledby="mend">
      <h2 id="mend">${words.toMend(wrong.length)}</h2>
      ${findings.length === 0 ? html`<p class="empty">${words.noFindings}</p>` : ""}
      ${findings.length > 0 && wrong.length === 0 ? html`<p>${words.noProblem}</p>` : ""}
      ${wrong.map((finding) => findingCard(finding, followUps, place))}
    </section>
    ${
      others.length === 0
        ? ""
        : html`<section aria-labelledby="others">
            <h2 id="others">${words.inOrder}</h2>
            ${shortTable(others, place)}
          </section>`
    }`;
}

type WrongFinding = FindingRow & { readonly verdict: "fail" | "warn" };

function isWrong(finding: FindingRow): finding is WrongFinding {
  return finding.verdict === "fail" || finding.verdict === "warn";
}

function findingCard(
  finding: WrongFinding,
  followUps: readonly FollowUpRow[],
  place: FindingPlace,
): Html {
  const { lang } = place;
  const words = COMPLIANCE_WORDS[lang];
  const { title, says, mend } = findingTexts(finding, lang);
  const evidence = evidenceTable(finding.evidence, finding.timings, lang);
  return html`<article class="finding ${finding.verdict}">
    <h3>
      ${verdictMark(finding.verdict, lang)}
      <span class="code">${finding.check} ${familyText(finding.family, lang)}</span> ${title}
    </h3>
    <p class="says">${says}</p>
    ${mend === null ? "" : html`<p class="mend"><b>${words.mend}:</b> ${mend}</p>`}
    ${
      finding.causes.length === 0
        ? ""
        : html`<p class="causes">
            <b>${words.causes}:</b>
            ${finding.causes.map((cause) => causeText(cause, lang)).join("; ")}
          </p>`
    }
    ${timesLine(finding, place)}
    ${
      evidence === null
        ? ""
        : html`<div class="evidence-box">
            <h4>${words.evidence}</h4>
            ${evidence}
          </div>`
    }
    ${followUpList(
      followUps.filter((entry) => speaksOf(entry, finding)),
      place,
    )}
  </article>`;
}

/** Since when it has been so, when it was seen last, when it changed last, and where all facts stand. */
function timesLine(finding: FindingRow, place: FindingPlace): Html {
  const words = COMPLIANCE_WORDS[place.lang];
  const named = [
    [words.times.since, finding.since],
    [words.times.lastSeen, finding.last_seen],
    [words.times.lastChanged, finding.last_changed],
  ] as const;
  return html`<p class="when">
    ${named.map(
      ([name, at]) =>
        html`<span>${name}: <time datetime="${at}">${timeText(at, place)}</time></span> · `,
    )}
    ${words.audits(numberText(finding.audits, place.lang))} ·
    <a href="${place.factsLink(finding.last_audit)}">${words.facts}</a>
  </p>`;
}

function shortTable(findings: readonly FindingRow[], place: FindingPlace): Html {
  const { lang } = place;
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const headers = [columns.check, columns.verdict, columns.says, words.times.since];
  return html`<table class="cards finding-table">
    ${tableHead(headers)}
    <tbody>
      ${findings.map((finding) => shortRow(finding, place))}
    </tbody>
  </table>`;
}

function shortRow(finding: FindingRow, place: FindingPlace): Html {
  const { lang } = place;
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const { title, says } = findingTexts(finding, lang);
  const evidence = evidenceTable(finding.evidence, finding.timings, lang);
  return html`<tr>
    <th scope="row">
      <span class="code">${finding.check} ${familyText(finding.family, lang)}</span> ${title}
    </th>
    <td data-label="${columns.verdict}">${verdictMark(finding.verdict, lang)}</td>
    <td data-label="${columns.says}">
      ${says}
      ${
        finding.known === null
          ? ""
          : html`<span class="also"
              >${words.times.lastKnown}: ${verdictMark(finding.known.verdict, lang)}
              ${words.since(instantDayText(finding.known.since, place))}</span
            >`
      }
      <details>
        <summary>${words.evidence}</summary>
        <p class="soft">${checkTexts(finding.check, lang).about}</p>
        ${evidence ?? ""}
      </details>
    </td>
    <td data-label="${words.times.since}">
      <span class="when">${instantDayText(finding.since, place)}</span>
    </td>
  </tr>`;
}
