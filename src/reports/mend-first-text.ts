import { CAUSE_KINDS, type Cause, type CauseKind } from "../domain/finding.ts";
import type { ReadinessLevel } from "../domain/readiness.ts";

/** A sentence in both languages. */
export interface Sentence {
  readonly vi: string;
  readonly en: string;
}

const KINDS: Readonly<Record<CauseKind, { vi: string; one: string; many: string }>> = {
  host: { vi: "máy chủ", one: "host", many: "hosts" },
  name_server: { vi: "máy chủ tên miền", one: "name server", many: "name servers" },
  zone: { vi: "vùng tên miền", one: "DNS zone", many: "DNS zones" },
  certificate: { vi: "chứng thư số", one: "certificate", many: "certificates" },
  address: { vi: "địa chỉ IP", one: "address", many: "addresses" },
};

/** What one step comes to, e.g. "Mending these 7 name servers lifts 143 portals to L5". */
export function stepSentence(
  causes: readonly Cause[],
  targets: readonly ReadinessLevel[],
): Sentence {
  const kinds = CAUSE_KINDS.map((kind) => ({
    kind,
    count: causes.filter((cause) => cause.kind === kind).length,
  })).filter(({ count }) => count > 0);
  const vi = kinds.map(({ kind, count }) => `${count} ${KINDS[kind].vi}`);
  const en = kinds.map(
    ({ kind, count }) => `${count} ${count === 1 ? KINDS[kind].one : KINDS[kind].many}`,
  );
  const these = causes.length === 1 ? "this" : "these";
  return {
    vi: `Khắc phục ${joined(vi, "và")} này sẽ nâng ${liftsVi(targets)}.`,
    en: `Mending ${these} ${joined(en, "and")} lifts ${liftsEn(targets)}.`,
  };
}

function liftsVi(targets: readonly ReadinessLevel[]): string {
  const levels = countLevels(targets);
  const [only] = levels;
  if (only && levels.length === 1)
    return `${only.count} cổng lên ${only.level}${HISTORY(levels).vi}`;
  const each = levels.map(({ level, count }) => `${count} lên ${level}`).join(", ");
  return `${targets.length} cổng thêm một mức: ${each}${HISTORY(levels).vi}`;
}

function liftsEn(targets: readonly ReadinessLevel[]): string {
  const levels = countLevels(targets);
  const [only] = levels;
  const portals = targets.length === 1 ? "1 portal" : `${targets.length} portals`;
  if (only && levels.length === 1) return `${portals} to ${only.level}${HISTORY(levels).en}`;
  const each = levels.map(({ level, count }) => `${count} to ${level}`).join(", ");
  return `${portals} by a level: ${each}${HISTORY(levels).en}`;
}

interface LevelCount {
  readonly level: ReadinessLevel;
  readonly count: number;
}

/** L4 asks for more than an audit can see at once: thirty days of good light probes. */
const HISTORY = (levels: readonly LevelCount[]): Sentence =>
  levels.some(({ level }) => level === "L4")
    ? { vi: " (L4 còn cần 30 ngày đo tốt)", en: " (L4 also takes 30 good days of probes)" }
    : { vi: "", en: "" };

/** Highest level first. */
function countLevels(targets: readonly ReadinessLevel[]): LevelCount[] {
  return [...Map.groupBy(targets, (level) => level)]
    .map(([level, all]) => ({ level, count: all.length }))
    .toSorted((one, other) => (one.level < other.level ? 1 : -1));
}

function joined(words: readonly string[], and: string): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1) ?? ""}`;
}
