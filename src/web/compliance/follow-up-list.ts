import { html } from "hono/html";
import type { FollowUpRow, FollowUpState } from "../../reports/follow-ups.ts";
import type { Html } from "../layout.ts";
import { dayText, timeText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { familyText } from "./marks.ts";
import type { Style } from "./page-facts.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** Whether an entry speaks of this finding: of its check, over its family or over all of them. */
export function speaksOf(
  entry: Pick<FollowUpRow, "check" | "family">,
  finding: Pick<FollowUpRow, "check" | "family">,
): boolean {
  return (
    entry.check === finding.check && (entry.family === null || entry.family === finding.family)
  );
}

const STATE_TONE: Readonly<Record<FollowUpState, string>> = {
  standing: "none",
  due: "none",
  overdue: "bad",
  kept: "good",
  unclear: "unknown",
  in_force: "none",
  ended: "none",
  done: "none",
  unfinished: "unknown",
};

/** What people said about a finding, beside it: an exemption is shown and hides nothing. */
export function followUpList(entries: readonly FollowUpRow[], style: Style): Html | "" {
  if (entries.length === 0) return "";
  const words = COMPLIANCE_WORDS[style.lang];
  return html`<div class="follow-up">
    <h4>${words.followUp}</h4>
    <ul>
      ${entries.map((entry) => followUpItem(entry, style))}
    </ul>
  </div>`;
}

function followUpItem(entry: FollowUpRow, style: Style): Html {
  const { lang } = style;
  const words = COMPLIANCE_WORDS[lang];
  const { promised_on: promised, exempt_until: exempt, responsible_unit: unit } = entry;
  const about = entry.family === null ? words.wholeCheck : familyText(entry.family, lang);
  const facts = [
    `${entry.check}, ${about}`,
    ...(unit === null ? [] : [`${words.responsible}: ${unit}`]),
    ...(promised === null ? [] : [words.promised(dayText(promised, lang))]),
    ...(exempt === null ? [] : [words.exemptUntil(dayText(exempt, lang))]),
  ];
  return html`<li>
    <b>${words.followUpKinds[entry.kind]}</b>
    <span class="mark ${STATE_TONE[entry.state]}">${words.followUpStates[entry.state]}</span>
    <span class="soft">${facts.join("; ")}</span>
    <p class="quote">${entry.text}</p>
    ${entry.evidence_url === null ? "" : webLink(entry.evidence_url)}
    <span class="when">${words.written(entry.actor, timeText(entry.created_at, style))}</span>
  </li>`;
}
