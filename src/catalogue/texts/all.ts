import type { CheckId } from "../../domain/finding.ts";
import type { CheckTexts } from "../text.ts";
import { D1 } from "./d1.ts";
import { D2 } from "./d2.ts";
import { D3 } from "./d3.ts";
import { D4 } from "./d4.ts";
import { D5 } from "./d5.ts";
import { D6 } from "./d6.ts";
import { H1 } from "./h1.ts";
import { H2 } from "./h2.ts";
import { H3 } from "./h3.ts";
import { H4 } from "./h4.ts";
import { H5 } from "./h5.ts";
import { M1 } from "./m1.ts";
import { P1 } from "./p1.ts";
import { S1 } from "./s1.ts";
import { S2 } from "./s2.ts";
import { W1 } from "./w1.ts";
import { W2 } from "./w2.ts";
import { W3 } from "./w3.ts";
import { W4 } from "./w4.ts";
import { W5 } from "./w5.ts";
import { W6 } from "./w6.ts";
import { W7 } from "./w7.ts";
import { W8 } from "./w8.ts";
import { W9 } from "./w9.ts";

/** The texts of every check. */
export const CHECK_TEXTS: { readonly [Id in CheckId]: CheckTexts<Id> } = {
  D1,
  D2,
  D3,
  D4,
  D5,
  D6,
  W1,
  W2,
  W3,
  W4,
  W5,
  W6,
  W7,
  W8,
  W9,
  H1,
  H2,
  H3,
  H4,
  H5,
  M1,
  P1,
  S1,
  S2,
};
