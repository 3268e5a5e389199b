import { parse } from "yaml";
import { generatedFiles } from "../../../dashboards/generated-files.ts";
import { ADDRESSES } from "./boards.ts";

/** A rule as Prometheus reads it: one that records, or one that speaks. */
export interface RuleJson {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Rules that are evaluated together. */
export interface GroupJson {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly RuleJson[];
}

/** The groups of every generated file of rules. */
export function allGroups(): GroupJson[] {
  return [...generatedFiles(ADDRESSES)]
    .filter(([path]) => /^prometheus\/rules\/.*\.yml$/.test(path))
    .flatMap(([, text]) => (parse(text) as { groups: GroupJson[] }).groups);
}

/** What a rule is called: the alert's name, or that of the series which it records. */
export function nameOf({ alert, record }: RuleJson): string {
  return alert ?? record ?? "";
}
