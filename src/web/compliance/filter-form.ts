import { html } from "hono/html";
import { PORTAL_KINDS } from "../../domain/portal.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../domain/readiness.ts";
import { REQUIREMENT_VERDICTS, type RequirementVerdict } from "../../domain/requirement.ts";
import type { Choice } from "../../reports/compliance-choices.ts";
import { gradeWords, levelWords } from "../../reports/compliance-texts.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { dayField, hiddenField, type Option, selectField, textField } from "./form-fields.ts";
import { PAGE_PATHS } from "./nav.ts";
import type { FormChoices } from "./page-facts.ts";
import { filtersOf, linkTo, type ListQuery } from "./query.ts";
import { requirementLabel } from "./requirement-words.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The form that asks which portals, as plain query parameters of the list. */
export function filterForm(
  query: ListQuery,
  choices: FormChoices,
  { lang, today }: { readonly lang: Lang; readonly today: string },
): Html {
  const words = COMPLIANCE_WORDS[lang];
  const names = words.filterNames;
  const select = (name: keyof typeof names & keyof ListQuery, options: readonly Option[]) =>
    selectField({ name, label: names[name], options, chosen: query[name]?.toString() }, lang);
  return html`<form class="filter-form" method="get" action="${PAGE_PATHS.list}" role="search">
    <h2 class="hidden">${words.filters}</h2>
    ${hiddenField("lang", lang)} ${hiddenField("sort", query.sort)}
    ${hiddenField("order", query.order)} ${hiddenField("limit", query.limit)}
    ${select("agency", choicesIn(choices.agencies, lang))}
    ${select("province", choicesIn(choices.provinces, lang))}
    ${select(
      "kind",
      PORTAL_KINDS.map((kind) => ({ value: kind, text: REPORT_WORDS[lang].kinds[kind] })),
    )}
    ${select(
      "level",
      READINESS_LEVELS.map((level) => ({ value: level, text: levelWords(level, lang) })),
    )}
    ${select(
      "grade",
      HTTPS_GRADES.map((grade) => ({ value: grade, text: gradeWords(grade, lang) })),
    )}
    ${select(
      "requirement",
      choices.requirements.map((row) => ({ value: row.id, text: requirementLabel(row, lang) })),
    )}
    ${verdictField(query, lang)}
    ${dayField("changed_since", names.changed_since, query.changed_since, today)}
    ${dayField("as_of", names.as_of, query.as_of, today)} ${textField("q", names.q, query.q)}
    <div class="field actions">
      <button class="main-button">${words.apply}</button>
      ${
        Object.keys(filtersOf(query)).length === 0
          ? ""
          : html`<a href="${linkTo(PAGE_PATHS.list, { lang })}">${words.clear}</a>`
      }
    </div>
  </form>`;
}

/** What the chosen legal basis must come to; nothing chosen is what is asked for most. */
function verdictField({ verdict: chosen }: ListQuery, lang: Lang): Html {
  const { verdicts } = REPORT_WORDS[lang];
  const label = COMPLIANCE_WORDS[lang].filterNames.verdict;
  const options = REQUIREMENT_VERDICTS.filter((one) => one !== DEFAULT_VERDICT).map((one) => ({
    value: one,
    text: verdicts[one],
  }));
  return selectField(
    { name: "verdict", label, options, chosen, none: verdicts[DEFAULT_VERDICT] },
    lang,
  );
}

/** What the list asks of a requirement where nobody says. */
const DEFAULT_VERDICT = "not_met" satisfies RequirementVerdict;

/** Choices as options in one language. */
export function choicesIn(choices: readonly Choice[], lang: Lang): Option[] {
  return choices.map(({ id, name_vi: vi, name_en: en }) => ({
    value: id,
    text: lang === "en" ? (en ?? vi) : vi,
  }));
}

/** What narrows the list now, in words: it stands above the list, on paper too. */
export function filterLine(query: ListQuery, choices: FormChoices, lang: Lang): Html | "" {
  const filters = Object.entries(filtersOf(query));
  if (filters.length === 0) return "";
  const { filterNames } = COMPLIANCE_WORDS[lang];
  return html`<p class="filters">
    ${filters.map(
      ([name, value]) =>
        html`<span class="chip"
          >${filterNames[name as keyof typeof filterNames]}:
          ${filterText(name, value, choices, lang)}</span
        > `,
    )}
  </p>`;
}

function filterText(name: string, value: string, choices: FormChoices, lang: Lang): string {
  const words = REPORT_WORDS[lang];
  const named = (all: readonly Option[]) =>
    all.find((option) => option.value === value)?.text ?? value;
  switch (name) {
    case "agency":
      return named(choicesIn(choices.agencies, lang));
    case "province":
      return named(choicesIn(choices.provinces, lang));
    case "kind":
      return words.kinds[value as keyof typeof words.kinds];
    case "verdict":
      return words.verdicts[value as keyof typeof words.verdicts];
    case "requirement": {
      const requirement = choices.requirements.find(({ id }) => id === value);
      return requirement === undefined ? value : requirementLabel(requirement, lang);
    }
    case "changed_since":
    case "as_of":
    case "from":
    case "to":
      return dayText(value, lang);
    default:
      return value;
  }
}
