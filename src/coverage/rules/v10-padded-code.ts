import type { RowRule } from "./rule.ts";

/** V10: a code that lost its leading zeros is only completed where the name beside it confirms which unit it is. */
export const v10: RowRule = {
  id: "V10",
  needsPlace: true,
  judge: ({ place, row }, { scene }) => {
    // Whoever completed the code said so, and looked at the name.
    if (row.faults.some(({ rule }) => rule === "V10")) return [];
    const { code, codeAsWritten, name, level } = place.stated;
    if (code === null || codeAsWritten === null || name !== null) return [];
    const digits = codeAsWritten.replace(/[.,]0+$/, "").replaceAll(/\D/g, "");
    if (digits.length >= code.length) return [];
    return [
      {
        severity: "hold",
        detail: { code: "padded_without_name", padded: code },
        column: scene.headerOf(row.sheet, `${level}_code`),
        value: codeAsWritten,
      },
    ];
  },
};
