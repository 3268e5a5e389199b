import type { Text } from "../kit/text.ts";

/** The code of the alert's province, with its name where coverage is scraped too; Go template. */
export const PROVINCE =
  "{{ $labels.province }}" +
  `{{ range printf "max by (name) (coverage_unit_info{level='province',unit='%s'})" $labels.province | query }}` +
  ' ({{ . | label "name" }}){{ end }}';

/** What a label says, by its values, in one language; Go template. A value without a word is shown as it is. */
export function worded(
  label: string,
  names: Readonly<Record<string, Text>>,
  lang: keyof Text,
): string {
  const cases = Object.entries(names).map(([value, name], index) => {
    const keyword = index === 0 ? "if" : "else if";
    return `{{ ${keyword} eq $labels.${label} "${value}" }}${name[lang]}`;
  });
  return `${cases.join("")}{{ else }}{{ $labels.${label} }}{{ end }}`;
}
