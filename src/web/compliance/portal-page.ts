import { html } from "hono/html";
import type { FollowUpRow } from "../../reports/follow-ups.ts";
import type { AuditRow } from "../../reports/portal-audits.ts";
import type { PortalDetail } from "../../reports/portal-detail.ts";
import type { FindingRow } from "../../reports/portal-findings.ts";
import type { PendingValue, StandingFacts } from "../../reports/portal-standing.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import { gradeWords, levelWords } from "../../reports/compliance-texts.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Html } from "../layout.ts";
import { timesPath } from "../portal-times/paths.ts";
import { TIMES_WORDS } from "../portal-times/words.ts";
import { instantDayText, timeText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { WORDS } from "../words.ts";
import { findingsSection } from "./findings-section.ts";
import { followUpList, speaksOf } from "./follow-up-list.ts";
import { historySection } from "./history-section.ts";
import { gradeSection, ladderSection } from "./ladder.ts";
import { type LatencyFacts, latencySection } from "./latency-section.ts";
import type { ListedRow } from "./list-table.ts";
import { gradeMark, levelMark, nameText, sinceMark, standingChips } from "./marks.ts";
import { PAGE_PATHS } from "./nav.ts";
import { compliancePage } from "./page.ts";
import type { PageFacts } from "./page-facts.ts";
import { portalPath } from "./portal-link.ts";
import { linkTo } from "./query.ts";
import { requirementsSection } from "./requirements-section.ts";
import { seenSection, type SeenFacts } from "./seen-section.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The page of one portal. What only some may see is null for the others. */
export interface PortalPage extends PageFacts {
  readonly portal: PortalDetail;
  /** Null for a portal that is not on the list any more. */
  readonly row: ListedRow | null;
  readonly standing: StandingFacts | null;
  readonly findings: readonly FindingRow[] | null;
  readonly followUps: readonly FollowUpRow[];
  readonly requirements: readonly RequirementRow[];
  readonly latency: LatencyFacts | null;
  readonly audits: readonly AuditRow[];
  readonly seen: SeenFacts;
}

/** Everything about one portal: where it stands, why, what to do, and what that stands on. */
export function portalPage(page: PortalPage): Html {
  const { lang, portal, row, standing, findings, requirements } = page;
  const factsLink = (audit: number) =>
    `/api/v1/portals/${encodeURIComponent(portal.id)}/audits/${audit}`;
  const open = findings !== null;
  return compliancePage(page, {
    name: null,
    title: lang === "en" ? (portal.name_en ?? portal.name_vi) : portal.name_vi,
    linkTo: (other) => portalPath(portal.id, other),
    body: html`${portalHead(page)}
    ${open ? "" : html`<p class="note">${COMPLIANCE_WORDS[lang].hiddenFindings}</p>`}
    ${
      row === null
        ? ""
        : html`${ladderSection(row.level, open ? (standing?.levelBlockers ?? []) : null, lang)}
          ${gradeSection(row.grade, open ? (standing?.gradeBlockers ?? []) : null, lang)}`
    }
    ${open ? findingsSection(findings, page.followUps, { ...page, factsLink }) : ""}
    ${otherFollowUps(page)} ${row === null ? "" : requirementsSection(requirements, row, lang)}
    ${latencySection(page.latency, lang)}
    ${historySection(standing?.history ?? [], page.audits, {
      ...page,
      factsLink: open ? factsLink : null,
    })}
    ${seenSection(page.seen, page)}`,
  });
}

function portalHead(page: PortalPage): Html {
  const { portal, row, lang } = page;
  const { columns, kinds } = REPORT_WORDS[lang];
  const words = COMPLIANCE_WORDS[lang];
  const agency = linkTo(PAGE_PATHS.list, { agency: portal.agency.id, lang });
  return html`<dl class="facts">
    <div>
      <dt>${columns.url}</dt>
      <dd>
        ${webLink(portal.url)}
        <a href="${timesPath(portal.id, lang)}">${TIMES_WORDS[lang].timesLink}</a>
      </dd>
    </div>
    <div>
      <dt>${columns.agency}</dt>
      <dd><a href="${agency}">${nameText(row?.agency ?? portal.agency, lang)}</a></dd>
    </div>
    <div>
      <dt>${columns.kind}</dt>
      <dd>
        ${kinds[portal.kind]}${
          portal.province === null ? "" : html`, <span lang="vi">${portal.province.name_vi}</span>`
        }
        ${
          portal.lifecycle === "active"
            ? ""
            : html`<span class="chip">${WORDS[lang].lifecycles[portal.lifecycle]}</span>`
        }
      </dd>
    </div>
    ${row === null ? "" : standingFacts(page, row)}
    <div>
      <dt>${columns.lastAudit}</dt>
      <dd>${row?.last_audit ? timeText(row.last_audit.at, page) : words.neverAudited}</dd>
    </div>
  </dl>`;
}

function standingFacts(page: PortalPage, row: ListedRow): Html {
  const { lang, standing } = page;
  const { columns } = REPORT_WORDS[lang];
  return html`<div>
      <dt>${columns.level}</dt>
      <dd>
        ${levelMark(row.level, lang)} ${sinceMark(row.level_since, page)}
        ${standingChips(row, lang)}
        ${pendingNote(standing?.pendingLevel ?? null, page, (level) => levelWords(level, lang))}
      </dd>
    </div>
    <div>
      <dt>${columns.grade}</dt>
      <dd>
        ${gradeMark(row.grade, lang)} ${sinceMark(row.grade_since, page)}
        ${pendingNote(standing?.pendingGrade ?? null, page, (grade) => gradeWords(grade, lang))}
      </dd>
    </div>`;
}

/** What the last audit saw and no second one has confirmed. */
function pendingNote<Value>(
  pending: PendingValue<Value> | null,
  page: PortalPage,
  text: (value: Value) => string,
): Html | "" {
  if (pending === null) return "";
  const day = instantDayText(pending.since, page);
  return html`<p class="note">${COMPLIANCE_WORDS[page.lang].pending(text(pending.value), day)}</p>`;
}

/** Entries about checks that have nothing to mend now: kept promises, replies to what is mended. */
function otherFollowUps(page: PortalPage): Html | "" {
  const wrong = (page.findings ?? []).filter(
    ({ verdict }) => verdict === "fail" || verdict === "warn",
  );
  const others = page.followUps.filter((entry) => !wrong.some((one) => speaksOf(entry, one)));
  return others.length === 0 ? "" : html`<section>${followUpList(others, page)}</section>`;
}
