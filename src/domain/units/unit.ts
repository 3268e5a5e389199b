import type { Day } from "../calendar.ts";

export type AdminLevel = "country" | "province" | "district" | "commune";

/** An administrative unit. `id` is its identity; a code is one only together with a day. */
export interface Unit {
  readonly id: number;
  readonly level: AdminLevel;
  readonly code: string;
  readonly validFrom: Day;
  /** First day on which it is not there any more; null: it is. */
  readonly validTo: Day | null;
  /** Whether `validFrom` is the day it came about, and not just one on which it is known to have been there. */
  readonly beginKnown: boolean;
  /** Of communes before July 2025. */
  readonly districtId: number | null;
}

/** What a unit is called and where it belongs, from one day to another. */
export interface UnitAttributes {
  readonly unitId: number;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly nameVi: string;
  /** The other placing of the tone mark (Hoà beside Hòa). */
  readonly nameViAlt: string | null;
  readonly fullNameVi: string;
  /** xã, phường, đặc khu, thị trấn, quận, tỉnh, thành phố, … */
  readonly type: string;
  /** Of communes and districts: their province. */
  readonly parentId: number | null;
}

/** That (a part of) one unit became (a part of) another. */
export interface Succession {
  readonly effective: Day;
  readonly kind: "merge" | "split";
  readonly from: number;
  readonly to: number;
  /** Whether all of `from` is in `to`. */
  readonly part: "whole" | "split";
  /** The part of `from` that is in `to`, 0–1, where somebody stated it; null: not known. */
  readonly share: number | null;
}

/** All units of every vintage, in memory, for questions that have no time to ask the database. */
export interface UnitBook {
  readonly byId: (id: number) => Unit | undefined;
  /** The unit that has this code on a day. */
  readonly on: (level: AdminLevel, code: string, day: Day) => Unit | undefined;
  /** Every unit that ever had this code, oldest first. */
  readonly withCode: (level: AdminLevel, code: string) => readonly Unit[];
  /** All units of a level on a day, by code. */
  readonly allOn: (level: AdminLevel, day: Day) => readonly Unit[];
  /** Of a day on which the unit was not there: its first or last ones. */
  readonly attributesOn: (unitId: number, day: Day) => UnitAttributes;
  /** Every name that a unit ever had, oldest first. */
  readonly attributesOf: (unitId: number) => readonly UnitAttributes[];
  /** What became of it; empty while it is there. */
  readonly successors: (unitId: number) => readonly Succession[];
  readonly predecessors: (unitId: number) => readonly Succession[];
  /** Days on which any unit began, ended or was renamed, oldest first: between two of them nothing changes. */
  readonly boundaries: readonly Day[];
  /** Those of one level alone. */
  readonly boundariesOf: (level: AdminLevel) => readonly Day[];
}

/** What fits (code, name) pairs on the days from `from` up to the next boundary. */
export interface VintageFit {
  readonly from: Day;
  /** First day of the next vintage; null: the present one. */
  readonly to: Day | null;
  /** Pairs whose code is in use with this name. */
  readonly fits: number;
  /** Pairs whose code is in use. */
  readonly known: number;
  readonly pairs: number;
}
