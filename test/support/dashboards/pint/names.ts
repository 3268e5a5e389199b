import { nameOf } from "../rules.ts";
import type { RuleCheck } from "./rule.ts";

/** Recorded series are named `level:metric:operation`, and no rule is there twice. */
export const names: RuleCheck = ({ rule, groups }) => {
  const key = keyOf(rule);
  const same = groups.flatMap(({ rules }) => rules).filter((each) => keyOf(each) === key);
  const faults = same.length > 1 ? [`there are ${same.length} of this name`] : [];
  if (rule.record !== undefined && !/^[a-z_]+:[a-z0-9_]+:[a-z0-9_]+$/.test(rule.record))
    faults.push("its name is not level:metric:operation");
  return faults;
};

/** One recorded name may have several rules if their labels tell the series apart. */
function keyOf(rule: Parameters<typeof nameOf>[0]): string {
  return `${nameOf(rule)} ${JSON.stringify(rule.labels ?? {})}`;
}
