import { lines } from "../kit/kinds.ts";
import { STATE_WORDS, type Word } from "../kit/mappings.ts";
import type { Panel } from "../kit/panel.ts";
import { over } from "../kit/query.ts";
import { countOf, type Scope } from "./scope.ts";

/** The order of the stack, from the ground: trouble lies where it is seen. */
const STATES = [
  ["down", 3],
  ["degraded", 2],
  ["maintenance", 4],
  ["unknown", 0],
  ["up", 1],
] as const;

/** How many portals were in which state. */
export function statesOverTime(scope: Scope, size: readonly [number, number]): Panel {
  const words = STATES.map(([, value]) => STATE_WORDS.get(value) as Word);
  return lines({
    id: 10,
    size,
    title: { vi: "Trạng thái các cổng theo thời gian", en: "States of the portals over time" },
    description: {
      vi: "Số cổng theo trạng thái, cộng dồn; cổng ngừng và suy giảm nằm dưới cùng. “Không rõ” tăng cùng lúc ở mọi nơi là trục trặc của điểm đo, không phải của cổng.",
      en: "Portals by state, stacked; down and degraded lie at the bottom. Unknown that rises everywhere at once is trouble of the vantage point, not of the portals.",
    },
    queries: STATES.map(([state], index) =>
      over(countOf(scope, `portals_${state}`), (words[index] as Word).text),
    ),
    unit: "none",
    decimals: 0,
    min: 0,
    stacked: true,
    interval: "1m",
    points: 200,
    overrides: words.map(({ text, colour }) => ({
      of: text,
      custom: { color: { mode: "fixed", fixedColor: colour } },
    })),
  });
}
