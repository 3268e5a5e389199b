import { walk } from "../promql.ts";
import type { RuleCheck } from "./rule.ts";

/** A regular expression without any special character is an equality, and `.*` no condition. */
export const regexp: RuleCheck = ({ expr }) =>
  [...walk(expr)].flatMap((each) =>
    each.kind !== "selector"
      ? []
      : each.matchers
          .filter(
            ({ op, value }) =>
              /~/.test(op) && (value === ".*" || !/[.*+?|()[\]{}^$\\]/.test(value)),
          )
          .map(({ label, op, value }) => `${label}${op}"${value}" needs no regular expression`),
  );
