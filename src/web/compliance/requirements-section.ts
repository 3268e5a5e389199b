import { html } from "hono/html";
import { checkTexts } from "../../catalogue/index.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { certaintyMark, documentCell, forceCell } from "./basis-section.ts";
import type { ListedRow } from "./list-table.ts";
import { familyText, requirementMark } from "./marks.ts";
import { evidenceWords, requirementText } from "./requirement-words.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What each requirement on portals comes to for one portal, with its legal basis and what shows it. */
export function requirementsSection(
  requirements: readonly RequirementRow[],
  row: ListedRow,
  lang: Lang,
): Html | "" {
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const results = row.requirements.flatMap((result) => {
    const requirement = requirements.find(({ id }) => id === result.id);
    // What nothing here can show says nothing of one portal; the page of the list names it.
    if (requirement === undefined || requirement.evidence.by === "nothing") return [];
    return [{ result, requirement }];
  });
  if (results.length === 0) return "";
  return html`<section aria-labelledby="requirements">
    <h2 id="requirements">${words.requirements}</h2>
    <p>${words.basisNote}</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="requirements">
      <table class="cards basis-table">
        <thead>
          <tr>
            ${[columns.source, columns.text, columns.force, columns.certainty, columns.verdict].map(
              (text) => html`<th scope="col">${text}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${results.map(
            ({ result, requirement }) =>
              html`<tr>
                <th scope="row">${documentCell(requirement, lang)}</th>
                <td data-label="${columns.text}">
                  ${requirementText(requirement, lang)}
                  <span class="also">${evidenceWords(requirement.evidence, lang)}</span>
                </td>
                <td data-label="${columns.force}">${forceCell(requirement, lang)}</td>
                <td data-label="${columns.certainty}">${certaintyMark(requirement, lang)}</td>
                <td data-label="${columns.verdict}">
                  ${requirementMark(result.verdict, lang)} ${because(result.because, lang)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function because(findings: ListedRow["requirements"][number]["because"], lang: Lang): Html {
  return html`${findings.map(
    ({ check, family }) =>
      html`<span class="also"
        >${check} ${familyText(family, lang)}: ${checkTexts(check, lang).title}</span
      >`,
  )}`;
}
