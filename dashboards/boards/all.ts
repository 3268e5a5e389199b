import type { Board } from "../kit/board.ts";
import { AGENCY_BOARD } from "./agency.ts";
import { COVERAGE_BOARD } from "./coverage.ts";
import { HTTPS } from "./https.ts";
import { IPV6 } from "./ipv6.ts";
import { OVERVIEW } from "./overview.ts";
import { PORTAL_BOARD } from "./portal.ts";
import { PROBER } from "./prober.ts";
import { PROVINCE_BOARD } from "./province.ts";
import { SLO } from "./slo.ts";

/** Every dashboard that asks Prometheus. */
export const BOARDS: readonly Board[] = [
  OVERVIEW,
  PROVINCE_BOARD,
  AGENCY_BOARD,
  PORTAL_BOARD,
  IPV6,
  HTTPS,
  COVERAGE_BOARD,
  SLO,
  PROBER,
];
