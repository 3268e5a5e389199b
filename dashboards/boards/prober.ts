import type { Board } from "../kit/board.ts";
import { HEADLINE } from "./prober/headline.ts";
import { PROCESS, RESOURCES } from "./prober/machine.ts";
import { DETAILS, RUNS } from "./prober/runs.ts";
import { ALERTING, SCRAPES } from "./prober/scrapes.ts";
import { WAITING } from "./prober/waiting.ts";

/** Can the prober be believed, and does it keep up? */
export const PROBER: Board = {
  name: "prober",
  title: { vi: "Bộ đo", en: "The prober itself" },
  description: {
    vi: "Có tin được bộ đo không, và nó có theo kịp không?",
    en: "Can the prober be believed, and does it keep up?",
  },
  pages: [
    {
      title: { vi: "Sự cố của điểm đo", en: "Incidents of this place" },
      page: "/incidents?kind=vantage_degraded",
    },
  ],
  sections: [
    { panels: [...HEADLINE, ...RUNS, ...PROCESS, ...SCRAPES] },
    { id: 100, title: { vi: "Các lượt đo", en: "Runs" }, panels: DETAILS },
    { id: 101, title: { vi: "Những gì đang chờ", en: "What waits" }, panels: WAITING },
    { id: 102, title: { vi: "Tiến trình", en: "The process" }, panels: RESOURCES },
    {
      id: 103,
      title: { vi: "Prometheus và Alertmanager", en: "Prometheus and Alertmanager" },
      panels: ALERTING,
    },
  ],
};
