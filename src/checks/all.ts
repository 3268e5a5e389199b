import type { Check } from "./check.ts";
import { d1 } from "./d1.ts";
import { d2 } from "./d2.ts";
import { d3 } from "./d3.ts";
import { d4 } from "./d4.ts";
import { d5 } from "./d5.ts";
import { d6 } from "./d6.ts";
import { h1 } from "./h1.ts";
import { h2 } from "./h2.ts";
import { h3 } from "./h3.ts";
import { h4 } from "./h4.ts";
import { h5 } from "./h5.ts";
import { m1 } from "./m1.ts";
import { p1 } from "./p1.ts";
import { s1 } from "./s1.ts";
import { s2 } from "./s2.ts";
import { w1 } from "./w1.ts";
import { w2 } from "./w2.ts";
import { w3 } from "./w3.ts";
import { w4 } from "./w4.ts";
import { w5 } from "./w5.ts";
import { w6 } from "./w6.ts";
import { w7 } from "./w7.ts";
import { w8 } from "./w8.ts";
import { w9 } from "./w9.ts";

/** Every check, in the order in which findings are listed. */
export const CHECKS: readonly Check[] = [
  d1,
  d2,
  d3,
  d4,
  d5,
  d6,
  w1,
  w2,
  w3,
  w4,
  w5,
  w6,
  w7,
  w8,
  w9,
  h1,
  h2,
  h3,
  h4,
  h5,
  m1,
  p1,
  s1,
  s2,
];
