import type { RuleCheck } from "./rule.ts";

const SEVERITIES = new Set(["critical", "warning", "info", "none"]);

/** Alerts are named in CamelCase, with a fixed headline, a text of this one, and where to look; labels never change. */
export const annotations: RuleCheck = ({ rule }) => {
  const { alert, labels = {}, annotations: texts = {} } = rule;
  if (alert === undefined) return [];
  const { summary = "", description = "", runbook_url = "", dashboard_url = "" } = texts;
  const { severity = "", category = "" } = labels;
  const faults: string[] = [];
  if (!/^(?:[A-Z][A-Za-z0-9]*)+$/.test(alert)) faults.push("its name is not CamelCase");
  if (summary.includes("{{") || !summary.endsWith("."))
    faults.push("its summary is no fixed sentence");
  if (description.length < 30) faults.push("its description says too little");
  if (!runbook_url.endsWith(`/runbooks/${alert}`)) faults.push(`its runbook is ${runbook_url}`);
  if (!dashboard_url.includes("/d/")) faults.push(`it opens no dashboard: ${dashboard_url}`);
  if (!SEVERITIES.has(severity) && !severity.includes("$labels.severity"))
    faults.push(`its severity is "${severity}"`);
  if (category === "") faults.push("it has no category");
  if (Object.values(labels).some((text) => text.includes("$value")))
    faults.push("a value is a label: each evaluation would make another alert");
  return faults;
};
