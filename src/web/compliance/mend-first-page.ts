import { html } from "hono/html";
import { causeText } from "../../catalogue/index.ts";
import type { ReadinessLevel } from "../../domain/readiness.ts";
import type { LiftedPortal, MendFirstPlan, MendFirstStep } from "../../reports/mend-first.ts";
import { levelWords } from "../../reports/compliance-texts.ts";
import { LEVEL_TONE } from "../../reports/compliance-sheet.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { choicesIn } from "./filter-form.ts";
import { hiddenField, selectField } from "./form-fields.ts";
import { PAGE_PATHS } from "./nav.ts";
import { compliancePage } from "./page.ts";
import type { FormChoices, PageFacts } from "./page-facts.ts";
import { portalLink } from "./portal-link.ts";
import { exportLink, linkTo } from "./query.ts";
import { cardTable } from "./card-table.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** Levels that a portal can be lifted to. */
export const TARGETS = ["L1", "L2", "L3", "L4", "L5"] as const satisfies readonly ReadinessLevel[];

/** The page of what to mend first. */
export interface MendFirstPage extends PageFacts {
  readonly query: {
    readonly agency?: string | undefined;
    readonly province?: string | undefined;
    readonly to_level?: (typeof TARGETS)[number] | undefined;
  };
  readonly choices: FormChoices;
  readonly plan: MendFirstPlan;
}

/** Names that one step shows of the things to mend, and of the portals that climb; the rest is counted. */
const CAUSES_SHOWN = 20;
const PORTALS_SHOWN = 12;

/** The steps that lift the most portals for the least work. */
export function mendFirstPage(page: MendFirstPage): Html {
  const { lang, query, plan } = page;
  const words = COMPLIANCE_WORDS[lang];
  return compliancePage(page, {
    name: "mendFirst",
    title: words.titles.mendFirst,
    lead: words.leads.mendFirst,
    linkTo: (other) => linkTo(PAGE_PATHS.mendFirst, { ...query, lang: other }),
    body: html`${form(page)}
      <p>
        ${words.blocked(numberText(plan.portals, lang))}
        ${plan.without_cause === 0 ? "" : words.withoutCause(numberText(plan.without_cause, lang))}
        ${words.estimate}
      </p>
      ${plan.steps.length === 0 ? html`<p class="empty">${words.noSteps}</p>` : table(page)}
      <p class="below screen">
        ${(["csv", "json"] as const).map(
          (format) =>
            html`<a href="${exportLink("/api/v1/compliance/mend-first", query, format)}"
              >${format.toUpperCase()}</a
            >`,
        )}
      </p>`,
  });
}

function form({ lang, query, choices }: MendFirstPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const names = words.filterNames;
  const levels = TARGETS.map((level) => ({ value: level, text: levelWords(level, lang) }));
  const field = (name: keyof typeof query, options: ReturnType<typeof choicesIn>) =>
    selectField({ name, label: names[name], options, chosen: query[name] }, lang);
  return html`<form class="filter-form" method="get" action="${PAGE_PATHS.mendFirst}">
    ${hiddenField("lang", lang)} ${field("agency", choicesIn(choices.agencies, lang))}
    ${field("province", choicesIn(choices.provinces, lang))} ${field("to_level", levels)}
    <div class="field actions"><button class="main-button">${words.apply}</button></div>
  </form>`;
}

function table({ lang, plan }: MendFirstPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const headers = [words.step, words.mendThese, words.lifts, words.liftedSoFar];
  return cardTable({
    label: words.titles.mendFirst,
    kind: "step-table",
    headings: headers,
    rows: plan.steps.map((step) => stepRow(step, lang)),
  });
}

function stepRow(step: MendFirstStep, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const { causes, lifts } = step;
  return html`<tr>
    <th scope="row">${step.step}</th>
    <td data-label="${words.mendThese}">
      <b>${step.says[lang]}</b>
      <ul class="plain">
        ${causes
          .slice(0, CAUSES_SHOWN)
          .map((cause) => html`<li class="literal">${causeText(cause, lang)}</li>`)}
        ${rest(causes.length - CAUSES_SHOWN, (count) => `+ ${count}`)}
      </ul>
    </td>
    <td data-label="${words.lifts}">
      <ul class="plain">
        ${lifts.slice(0, PORTALS_SHOWN).map((lift) => liftItem(lift, lang))}
        ${rest(lifts.length - PORTALS_SHOWN, words.andMore)}
      </ul>
    </td>
    <td data-label="${words.liftedSoFar}">
      ${words.soFar(numberText(step.lifted_so_far, lang), numberText(step.mended_so_far, lang))}
    </td>
  </tr>`;
}

function liftItem({ portal, from, to }: LiftedPortal, lang: Lang): Html {
  return html`<li>
    ${portalLink(portal, lang)}
    <span class="soft"
      ><span class="mark ${LEVEL_TONE[from]}">${from}</span> →
      <span class="mark ${LEVEL_TONE[to]}">${to}</span></span
    >
  </li>`;
}

function rest(count: number, text: (count: number) => string): Html | "" {
  return count > 0 ? html`<li class="soft">${text(count)}</li>` : "";
}
