import { html } from "hono/html";
import type { AgencyShare, PlanShares } from "../../reports/plan-shares.ts";
import {
  PLAN_STATES,
  type PlanPhaseRow,
  type PlanRow,
  type PlanState,
} from "../../reports/plans.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { belowTable } from "./below-table.ts";
import { choicesIn } from "./filter-form.ts";
import { hiddenField, selectField } from "./form-fields.ts";
import { PAGE_PATHS } from "./nav.ts";
import { compliancePage } from "./page.ts";
import type { FormChoices, PageFacts } from "./page-facts.ts";
import { linkTo } from "./query.ts";
import { shareText } from "./share-text.ts";
import { cardTable } from "./card-table.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The page of the plan register. */
export interface PlansPage extends PageFacts {
  readonly query: {
    readonly agency?: string | undefined;
    readonly state?: PlanState | undefined;
    readonly cursor?: string | undefined;
  };
  readonly choices: FormChoices;
  readonly shares: PlanShares;
  readonly rows: readonly PlanRow[];
  readonly nextCursor: string | null;
}

/** Shares of agencies with a plan and with it carried out, every plan with its phases, and who has none. */
export function plansPage(page: PlansPage): Html {
  const { lang, query, rows, shares, nextCursor } = page;
  const words = COMPLIANCE_WORDS[lang];
  const path = PAGE_PATHS.plans;
  return compliancePage(page, {
    name: "plans",
    title: words.titles.plans,
    lead: words.leads.plans,
    linkTo: (other) => linkTo(path, { ...query, lang: other }),
    body: html`${form(page)}
      <dl class="facts">
        ${(["issued", "fulfilled", "overdue"] as const).map((name) =>
          shareFact(words.planShares[name], shares[name], lang),
        )}
      </dl>
      ${rows.length === 0 ? html`<p class="empty">${words.noPlans}</p>` : table(page)}
      ${belowTable({
        next: nextCursor === null ? null : linkTo(path, { ...query, lang, cursor: nextCursor }),
        nextText: words.next,
        api: "/api/v1/plans",
        query: query,
        formats: ["csv", "json"],
      })}
      ${without(page)}`,
  });
}

function shareFact(name: string, share: AgencyShare, lang: Lang): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${shareText(share, lang)}</dd>
  </div>`;
}

function form({ lang, query, choices }: PlansPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const names = words.filterNames;
  const states = PLAN_STATES.map((state) => ({ value: state, text: words.planStates[state] }));
  const agencies = choicesIn(choices.agencies, lang);
  return html`<form class="filter-form" method="get" action="${PAGE_PATHS.plans}">
    ${hiddenField("lang", lang)}
    ${selectField(
      { name: "agency", label: names.agency, options: agencies, chosen: query.agency },
      lang,
    )}
    ${selectField({ name: "state", label: names.state, options: states, chosen: query.state }, lang)}
    <div class="field actions"><button class="main-button">${words.apply}</button></div>
  </form>`;
}

function table({ lang, rows }: PlansPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const headers = [
    REPORT_WORDS[lang].columns.agency,
    words.plan,
    words.units,
    words.due,
    words.phasesOfPlan,
    words.outcome,
  ];
  return cardTable({
    label: words.titles.plans,
    kind: "plan-table",
    headings: headers,
    rows: rows.map((row) => planRow(row, lang)),
  });
}

const STATE_TONE: Readonly<Record<PlanState, string>> = {
  fulfilled: "good",
  overdue: "bad",
  open: "none",
};

function planRow(plan: PlanRow, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  return html`<tr>
    <th scope="row">
      <a href="${linkTo(PAGE_PATHS.list, { agency: plan.agency.id, lang })}" lang="vi"
        >${plan.agency.name_vi}</a
      >
    </th>
    <td data-label="${words.plan}">
      ${plan.number}, ${dayText(plan.issued_on, lang)}
      <span class="also" lang="vi">${plan.title}</span>
      ${plan.source === null ? "" : webLink(plan.source)}
    </td>
    <td data-label="${words.units}" lang="vi">
      ${plan.lead_unit}
      ${plan.cooperating_units.map((unit) => html`<span class="also">${unit}</span>`)}
    </td>
    <td data-label="${words.due}">
      <span class="mark ${STATE_TONE[plan.state]}">${words.planStates[plan.state]}</span>
      ${plan.due_on === null ? "" : html`<span class="when">${words.dueOn(dayText(plan.due_on, lang))}</span>`}
    </td>
    <td data-label="${words.phasesOfPlan}">
      <ol class="plain">
        ${plan.phases.map((phase) => phaseItem(phase, lang))}
      </ol>
    </td>
    <td data-label="${words.outcome}" lang="vi">${plan.outcome ?? ""} ${plan.note ?? ""}</td>
  </tr>`;
}

function phaseItem({ title, due_on: due, done_on: done, overdue }: PlanPhaseRow, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const days = [
    words.dueOn(dayText(due, lang)),
    ...(done === null ? [] : [words.done(dayText(done, lang))]),
  ];
  return html`<li>
    <span lang="vi">${title}</span> <span class="soft">(${days.join(", ")})</span>
    ${overdue ? html`<span class="mark bad">${words.late}</span>` : ""}
  </li>`;
}

function without({ lang, shares }: PlansPage): Html | "" {
  const agencies = shares.without_plan;
  if (agencies.length === 0) return "";
  const words = COMPLIANCE_WORDS[lang];
  return html`<section>
    <h2>${words.withoutPlan(numberText(agencies.length, lang))}</h2>
    <ul class="columns">
      ${agencies.map(
        ({ id, name_vi: name }) =>
          html`<li>
            <a href="${linkTo(PAGE_PATHS.list, { agency: id, lang })}" lang="vi">${name}</a>
          </li>`,
      )}
    </ul>
  </section>`;
}
