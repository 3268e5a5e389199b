import { followLabels } from "../labels.ts";
import type { RuleCheck } from "./rule.ts";

/** `{{ $labels.portal }}` or `{{ index $labels "portal" }}`. */
const ASKED = /\$labels\.(\w+)|index \$labels "(\w+)"/g;

/** `{{ with $labels.province }}` and `{{ if … }}` ask whether there is one. */
const OPTIONAL = /\{\{-? *(?:with|if) \$labels\.(\w+) *-?\}\}/g;

/** Labels and texts of an alert speak only of labels that its expression still has after its aggregations. */
export const template: RuleCheck = ({ rule, expr, known }) => {
  const { labels } = followLabels(expr, known);
  const texts = [...Object.values(rule.labels ?? {}), ...Object.values(rule.annotations ?? {})];
  const asked = texts.flatMap((text) =>
    Array.from(text.matchAll(ASKED), ([, dotted, quoted]) => dotted ?? quoted ?? ""),
  );
  const optional = new Set(
    texts.flatMap((text) => Array.from(text.matchAll(OPTIONAL), ([, name]) => name)),
  );
  return [...new Set(asked)]
    .filter((label) => !labels?.has(label) && !optional.has(label))
    .map((label) => `it speaks of ${label}, which its expression does not carry`);
};
