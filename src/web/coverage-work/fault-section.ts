import { html } from "hono/html";
import type { FaultRow } from "../../catalogue/import-faults/fault-row.ts";
import { RULE_TITLES } from "../../catalogue/import-faults/rule-titles.ts";
import type { RuleId, Severity } from "../../domain/coverage/import-fault.ts";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { IMPORT_WORDS } from "./import-words.ts";

/** Faults of one rule and severity: how many, and some of them. */
export interface ShownFaults {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly faults: number;
  readonly rows: readonly FaultRow[];
  /** Where all of them stand; null where there is no such page. */
  readonly all: string | null;
}

const TONES: Readonly<Record<Severity, string>> = {
  reject_file: "bad",
  reject_row: "bad",
  hold: "fair",
  warn: "none",
};

/** The faults of a file by rule, each as a table of where it is, what is wrong and what to do. */
export function faultSection(groups: readonly ShownFaults[], lang: Lang): Html {
  const words = IMPORT_WORDS[lang];
  return html`<section id="faults">
    <h2>${words.faults}</h2>
    ${
      groups.length === 0
        ? html`<p class="empty">${words.noFaults}</p>`
        : groups.map((group) => faultGroup(group, lang))
    }
  </section>`;
}

function faultGroup({ rule, severity, faults, rows, all }: ShownFaults, lang: Lang): Html {
  const words = IMPORT_WORDS[lang];
  const title = `${rule} · ${RULE_TITLES[rule][lang]}`;
  const [row, column, value, message] = words.faultColumns;
  return html`<section class="fault-group">
    <h3>
      <span class="mark ${TONES[severity]}">${words.severities[severity]}</span>
      ${title} (${numberText(faults, lang)})
    </h3>
    ${cardTable({
      label: title,
      kind: "fault-table",
      headings: words.faultColumns,
      rows: rows.map(
        (fault) =>
          html`<tr>
            <td data-label="${row}">${placeOf(fault, lang)}</td>
            <td data-label="${column}">${fault.column ?? ""}</td>
            <td data-label="${value}" class="value">${fault.value ?? ""}</td>
            <td data-label="${message}" class="message">
              ${lang === "vi" ? fault.message_vi : fault.message_en}
            </td>
          </tr>`,
      ),
    })}
    ${
      faults > rows.length
        ? html`<p class="count">
            ${words.shownOf(numberText(rows.length, lang), numberText(faults, lang))}
            ${all === null ? "" : html`<a href="${all}">${words.allOfRule}</a>`}
          </p>`
        : ""
    }
  </section>`;
}

function placeOf({ row, sheet }: FaultRow, lang: Lang): Html | string {
  const words = IMPORT_WORDS[lang];
  const told = row === null ? words.wholeFile : String(row);
  return sheet === null ? told : html`${told} <span class="also">${words.sheet} ${sheet}</span>`;
}
