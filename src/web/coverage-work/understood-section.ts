import { html } from "hono/html";
import { cardTable } from "../compliance/card-table.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { type CodeNames, columnRole } from "./column-words.ts";
import { IMPORT_WORDS } from "./import-words.ts";

/** What a file was taken for. */
export interface UnderstoodFile {
  readonly format: string;
  readonly encoding: {
    readonly name: string;
    readonly guessed: boolean;
    readonly sample: string;
  } | null;
  readonly columns: readonly {
    readonly sheet: string | null;
    readonly header: string;
    readonly letter: string;
    readonly role: string;
    readonly decimal: "," | "." | null;
  }[];
  /** What its figures were taken to be where nobody says it. */
  readonly assumedBasis: string | null;
}

/** What was stated beside a file. */
export interface StatedSettings {
  readonly source: string | null;
  readonly as_of: string | null;
  readonly units: string | null;
  readonly basis: string | null;
  readonly reason: string | null;
}

/** Encoding, period, list of units, and what each column was taken for, with its decimal sign. */
export function understoodSection(
  file: UnderstoodFile,
  settings: StatedSettings,
  { lang, names }: { readonly lang: Lang; readonly names: CodeNames },
): Html {
  const words = IMPORT_WORDS[lang];
  const { encoding } = file;
  return html`<section>
    <h2>${words.understood}</h2>
    <dl class="facts">
      ${
        encoding === null
          ? ""
          : html`<div>
                <dt>${words.encoding}</dt>
                <dd>${encoding.name}${encoding.guessed ? ` (${words.guessed})` : ""}</dd>
              </div>
              <div>
                <dt>${words.sample}</dt>
                <dd lang="vi">${encoding.sample}</dd>
              </div>`
      }
      ${fact(words.source, settings.source)} ${fact(words.period, period(file, settings, lang))}
      ${fact(words.units, settings.units === null ? words.unitsOfDay : dayText(settings.units, lang))}
      ${fact(words.basis, basisOf(file, settings, lang))} ${fact(words.reason, settings.reason)}
    </dl>
    ${file.columns.length === 0 ? html`<p class="empty">${words.noColumns}</p>` : columns(file, lang, names)}
  </section>`;
}

function fact(name: string, value: string | null): Html | "" {
  if (value === null) return "";
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function basisOf(file: UnderstoodFile, { basis }: StatedSettings, lang: Lang): string {
  if (file.assumedBasis === null) return basisText(basis, lang);
  return IMPORT_WORDS[lang].basisAssumed(basisText(file.assumedBasis, lang));
}

function basisText(basis: string | null, lang: Lang): string {
  const words = IMPORT_WORDS[lang];
  if (basis === null) return words.basisNone;
  return basis in words.bases ? words.bases[basis as keyof typeof words.bases] : basis;
}

function period({ columns: given }: UnderstoodFile, { as_of }: StatedSettings, lang: Lang): string {
  const words = IMPORT_WORDS[lang];
  const headers = given
    .filter(({ role }) => ["as_of", "year", "quarter", "month"].includes(role))
    .map(({ header }) => header);
  if (headers.length > 0) return words.periodFromColumn([...new Set(headers)].join("”, “"));
  return as_of === null ? words.periodUnknown : dayText(as_of, lang);
}

function columns({ columns: given }: UnderstoodFile, lang: Lang, names: CodeNames): Html {
  const words = IMPORT_WORDS[lang];
  const [letter, header, role, decimal] = words.header;
  return cardTable({
    label: words.understood,
    headings: words.header,
    rows: given.map(
      (column) =>
        html`<tr>
          <td data-label="${letter}">
            ${column.letter}
            ${column.sheet === null ? "" : html`<span class="also">${words.sheet} ${column.sheet}</span>`}
          </td>
          <td data-label="${header}" lang="vi">${column.header}</td>
          <td data-label="${role}" class="${column.role === "ignored" ? "soft" : ""}">
            ${columnRole(column.role, names, lang)}
          </td>
          <td data-label="${decimal}">
            ${column.decimal === null ? words.noDecimal : words.decimals[column.decimal]}
          </td>
        </tr>`,
    ),
  });
}
