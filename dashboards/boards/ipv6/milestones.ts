import type { Certainty } from "../../../src/domain/certainty.ts";
import type { Text } from "../../kit/text.ts";

/** A dated target of the programme for portals; a test keeps these equal to seeds/requirements.csv. */
export interface Milestone {
  /** Id of the requirement. */
  readonly id: string;
  readonly document: string;
  readonly level: "L4" | "L5";
  readonly due: string;
  readonly certainty: Certainty;
}

/** Programmes that set dates; other documents have an end of validity, which is no target. */
export const PROGRAMMES: readonly string[] = ["ipv6-for-gov", "ipv6-only-2026-2030"];

/** Kinds of portal that the targets are about. */
export const KINDS: readonly string[] = ["portal", "public-service-gateway"];

export const MILESTONES: readonly Milestone[] = [
  {
    id: "qd-38-2021-portals",
    document: "38/QĐ-BTTTT",
    level: "L4",
    due: "2025-12-31",
    certainty: "press",
  },
  {
    id: "qd-38-2021-ready",
    document: "38/QĐ-BTTTT",
    level: "L5",
    due: "2025-12-31",
    certainty: "press",
  },
  {
    id: "qd-3369-2025-ipv6-only",
    document: "3369/QĐ-BKHCN",
    level: "L5",
    due: "2030-12-31",
    certainty: "press",
  },
];

const KNOWN_BY: Readonly<Record<Certainty, Text>> = {
  text: { vi: "đã đọc văn bản", en: "text read" },
  press: { vi: "theo báo chí", en: "told by the press" },
  secondary: { vi: "theo văn bản khác", en: "told by another text" },
  unverified: { vi: "chưa kiểm chứng", en: "not verified" },
};

/** The target in a few words, with how it is known. */
export function milestoneText({ document, level, due, certainty }: Milestone): Text {
  const [year, month, day] = due.split("-");
  return {
    vi: `${document}: 100 % cổng đạt ${level} đến ${day}/${month}/${year} (${KNOWN_BY[certainty].vi})`,
    en: `${document}: 100 % of portals at ${level} by ${due} (${KNOWN_BY[certainty].en})`,
  };
}
