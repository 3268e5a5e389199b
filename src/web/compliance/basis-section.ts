import { html } from "hono/html";
import { gradeMeaning, levelMeaning } from "../../catalogue/index.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../domain/readiness.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import type { ComplianceShares } from "../../reports/compliance-shares.ts";
import { CRITERIA, REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { gradeMark, levelMark } from "./marks.ts";
import { evidenceWords, requirementText } from "./requirement-words.ts";
import { shareText } from "./share-text.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What portals are held against, how sure one is of it, and how many meet it; then what levels and grades mean. */
export function basisSection(
  requirements: readonly RequirementRow[],
  shares: ComplianceShares,
  lang: Lang,
): Html {
  const words = COMPLIANCE_WORDS[lang];
  return html`<section aria-labelledby="basis" class="basis">
    <h2 id="basis">${words.basis}</h2>
    <p>${words.basisNote}</p>
    ${
      requirements.length === 0
        ? html`<p class="empty">${words.noRequirements}</p>`
        : requirementTable(requirements, shares, lang)
    }
    <h3>${words.definitions} (${CRITERIA[lang]})</h3>
    ${definitionTable(lang)}
  </section>`;
}

function requirementTable(
  requirements: readonly RequirementRow[],
  shares: ComplianceShares,
  lang: Lang,
): Html {
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const shareOf = new Map(shares.requirements.map((share) => [share.id, share]));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.basis}">
    <table class="cards basis-table">
      <thead>
        <tr>
          <th scope="col">${columns.source}</th>
          <th scope="col">${columns.text}</th>
          <th scope="col">${columns.force}</th>
          <th scope="col">${columns.certainty}</th>
          <th scope="col">${columns.portalsPassed}</th>
          <th scope="col">${columns.agenciesPassed}</th>
        </tr>
      </thead>
      <tbody>
        ${requirements.map((requirement) => {
          const share = requirement.evidence.by === "nothing" ? null : shareOf.get(requirement.id);
          return html`<tr>
            <th scope="row">${documentCell(requirement, lang)}</th>
            <td data-label="${columns.text}">
              ${requirementText(requirement, lang)}
              <span class="also">${evidenceWords(requirement.evidence, lang)}</span>
            </td>
            <td data-label="${columns.force}">${forceCell(requirement, lang)}</td>
            <td data-label="${columns.certainty}">${certaintyMark(requirement, lang)}</td>
            <td data-label="${columns.portalsPassed}" class="number">
              ${share ? shareText(share.portals, lang) : "–"}
            </td>
            <td data-label="${columns.agenciesPassed}" class="number">
              ${share ? shareText(share.agencies, lang) : "–"}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

/** The document with its article and, where it is known, its source. */
export function documentCell(requirement: RequirementRow, lang: Lang): Html {
  const { document_number: number, article, source_url: source } = requirement;
  const title = lang === "vi" ? requirement.title_vi : requirement.title_en;
  return html`${number}${article === null ? "" : html`, <span lang="vi">${article}</span>`}
    <span class="also">${title}</span> ${source === null ? "" : webLink(source)}`;
}

/** Whether it binds, and from when to when; of what nobody could verify nothing more is said. */
export function forceCell(requirement: RequirementRow, lang: Lang): Html | "" {
  if (requirement.certainty === "unverified") return "";
  const { forces, duties } = REPORT_WORDS[lang];
  const { valid_from: from, valid_to: to } = requirement;
  const days = [from, to].map((day) => (day === null ? "…" : dayText(day, lang)));
  return html`${forces[requirement.force]}, ${duties[requirement.duty]}
  ${from === null && to === null ? "" : html`<span class="when">${days.join(" – ")}</span>`}`;
}

/** How sure one is of a requirement: never by colour alone, and never left out. */
export function certaintyMark({ certainty }: RequirementRow, lang: Lang): Html {
  const tone = certainty === "text" ? "good" : certainty === "unverified" ? "unknown" : "fair";
  return html`<span class="mark ${tone}">${REPORT_WORDS[lang].certainties[certainty]}</span>`;
}

function definitionTable(lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  return html`<table class="definitions">
    <caption class="hidden">
      ${words.definitions}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.levelHead}</th>
        <th scope="col">${words.meaning}</th>
      </tr>
    </thead>
    <tbody>
      ${READINESS_LEVELS.map(
        (level) =>
          html`<tr>
            <th scope="row">${levelMark(level, lang)}</th>
            <td>${levelMeaning(level, lang)}</td>
          </tr>`,
      )}
      ${HTTPS_GRADES.map(
        (grade) =>
          html`<tr>
            <th scope="row">${gradeMark(grade, lang)}</th>
            <td>${gradeMeaning(grade, lang)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
