import { html } from "hono/html";
import { PHASES } from "../../domain/observation.ts";
import { SIGN_OF_OUTCOME } from "../../domain/portal-state.ts";
import type { ResultRow } from "../../reports/portal-results.ts";
import { evidenceTable } from "../compliance/evidence-table.ts";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import { COMPLIANCE_WORDS } from "../compliance/words.ts";
import { FAILURE_WORDS } from "../failure-words.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { instantDayText, secondText } from "../time-text.ts";
import { WORDS } from "../words.ts";
import { familyName } from "./marks.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** Runs with all that was kept of them: outcome and why, address, phases, certificate, and what failures left. */
export function runsTable(runs: readonly ResultRow[], label: string, style: Style): Html {
  const columns = INCIDENT_WORDS[style.lang].runColumns;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="cards runs-table">
      <caption class="hidden">
        ${label}
      </caption>
      ${tableHead(columns)}
      <tbody>
        ${runs.map((run) => runRow(run, columns, style))}
      </tbody>
    </table>
  </div>`;
}

function runRow(run: ResultRow, columns: readonly string[], style: Style): Html {
  const { lang } = style;
  const words = INCIDENT_WORDS[lang];
  const [, outcome, address, status, phases, certificate] = columns;
  const key = `run-${run.scheduled_at}-${run.family}-${run.vantage}-${run.attempt}`;
  return html`<tr data-key="${key}">
    <th scope="row">
      <time datetime="${run.scheduled_at}">${secondText(run.scheduled_at, style)}</time>
      <span class="also"
        >${familyName(run.family)},
        ${run.vantage}${run.attempt === 0 ? "" : `, ${words.repeat(run.attempt)}`}</span
      >
    </th>
    <td data-label="${outcome}">${outcomeText(run, style)}</td>
    <td data-label="${address}">
      ${run.address === null ? "–" : html`<code>${run.address}</code>`}
    </td>
    <td data-label="${status}">${run.http_status ?? "–"}</td>
    <td data-label="${phases}">${phasesText(run, style)}</td>
    <td data-label="${certificate}">${certificateText(run, style)}</td>
  </tr>`;
}

function outcomeText(run: ResultRow, { lang }: Style): Html {
  const sign = SIGN_OF_OUTCOME[run.outcome];
  const kind = run.failure?.kind ?? run.skip_reason;
  const evidence = run.evidence === null ? null : evidenceTable({ ...run.evidence }, null, lang);
  return html`<span class="sign ${sign}">${WORDS[lang].signs[sign]}</span>
    ${kind ? html`<span class="why">${FAILURE_WORDS[kind][lang]} <code>${kind}</code></span>` : ""}
    ${
      evidence === null
        ? ""
        : html`<details>
            <summary>${INCIDENT_WORDS[lang].details}</summary>
            <div class="evidence-box">${evidence}</div>
          </details>`
    }`;
}

function phasesText({ phases_ms: phases, total_ms: total }: ResultRow, { lang }: Style): Html {
  const words = COMPLIANCE_WORDS[lang].phases;
  const ms = (value: number) => numberText(value, lang, value < 10 ? 1 : 0);
  const reached = PHASES.filter((phase) => phases[phase] > 0);
  return html`<span class="phases"
    >${reached.map((phase) => html`<span>${words[phase]} <b>${ms(phases[phase])}</b></span> `)}
    <span>${words.total} <b>${ms(total)}</b></span></span
  >`;
}

function certificateText({ certificate }: ResultRow, style: Style): Html | string {
  if (certificate === null) return "–";
  const { subject, fingerprint, earliest_not_after: until } = certificate;
  const day = until === "" ? "" : instantDayText(until, style);
  return html`<span class="literal">${subject}</span>
    <span class="also">${INCIDENT_WORDS[style.lang].expires(day)}</span>
    <code>${fingerprint.slice(0, 16)}…</code>`;
}
