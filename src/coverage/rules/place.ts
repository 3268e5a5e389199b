import type { Day } from "../../domain/calendar.ts";
import type { Unit } from "../../domain/units/unit.ts";
import type { StatedPlace } from "../contract.ts";
import { isThere } from "../../domain/units/unit-book.ts";
import { readName } from "../../domain/units/unit-name.ts";
import type { Scene } from "./scene.ts";

/** Where a row is, as far as the register can tell. */
export interface Place {
  readonly stated: StatedPlace;
  /** The day whose units the row speaks of; null: the row has no day. */
  readonly day: Day | null;
  /** Every unit that ever had the code, oldest first. */
  readonly holders: readonly Unit[];
  /** The unit that the code, or without one the name, says; null: none, or more than one. */
  readonly unit: Unit | null;
  /** Units of the day with the stated name, where there is no code. */
  readonly named: readonly Unit[];
  /** Null: the row has no name. */
  readonly nameFits: boolean | null;
  /** The province that the row states by code, or without one by name. */
  readonly province: Unit | null;
  /** The province of today that the row is of by its sheet's title, its source or its key, where it states none. */
  readonly assumed: Unit | null;
  /** Null: the row names no province, or the register has none with that code. */
  readonly provinceNameFits: boolean | null;
  /** The province that the unit is in, or is. */
  readonly unitProvince: Unit | null;
  /** Whether everything that the row says of its place agrees: only then are figures compared with recorded ones. */
  readonly certain: boolean;
}

const COUNTRY_CODE = "VN";

/** Looks a stated place up on the day whose units count. */
export function findPlace(stated: StatedPlace, asOf: Day | null, scene: Scene): Place {
  const day = scene.settings.unitsDay ?? asOf;
  const { units } = scene.register;
  const code = stated.level === "country" ? COUNTRY_CODE : stated.code;
  const holders = code === null ? [] : units.withCode(stated.level, code);
  const province = provinceOf(stated, day, scene);
  const assumed = province === null && day !== null ? assumedProvince(stated, day, scene) : null;
  const named =
    code === null && stated.name !== null && day !== null
      ? unitsNamed(stated, { day, province, assumed }, scene)
      : [];
  const [only = null] = named.length === 1 ? named : [];
  const unit = code === null || day === null ? only : (units.on(stated.level, code, day) ?? null);
  const found = {
    stated,
    day,
    holders,
    unit,
    named,
    nameFits: fits(unit, stated.name, scene),
    province,
    assumed,
    provinceNameFits: fits(province, stated.provinceName, scene),
    unitProvince: unit === null || day === null ? null : enclosingProvince(unit, day, scene),
  };
  return { ...found, certain: isCertain(found) };
}

/** Code and name of a unit, as messages show it. */
export function labelOf(unit: Unit, scene: Scene, day?: Day): string {
  const { fullNameVi } = scene.register.units.attributesOn(unit.id, day ?? unit.validFrom);
  return `${unit.code} ${fullNameVi}`;
}

function fits(unit: Unit | null, name: string | null, scene: Scene): boolean | null {
  return name === null || unit === null ? null : scene.names.hasName(unit, name);
}

function isCertain(place: Omit<Place, "certain">): boolean {
  const { stated, unit, province, unitProvince } = place;
  if (unit === null || place.nameFits === false || place.provinceNameFits === false) return false;
  if (stated.level !== "commune") return true;
  const statesProvince = stated.provinceCode !== null || stated.provinceName !== null;
  return !statesProvince || (province !== null && province.id === unitProvince?.id);
}

/** The province that a unit is in on a day, or is. */
export function enclosingProvince(unit: Unit, day: Day, scene: Scene): Unit | null {
  if (unit.level === "country") return null;
  if (unit.level === "province") return unit;
  const { parentId } = scene.register.units.attributesOn(unit.id, day);
  return parentId === null ? null : (scene.register.units.byId(parentId) ?? null);
}

/**
 * Names recur: 244 in several provinces, and more in time. Without the province only one that no commune of another
 * province ever had says which unit it is; a bare one that is a province's too does not.
 */
function unitsNamed(
  { name, level, provinceCode, provinceName }: StatedPlace,
  { day, province, assumed }: Pick<Place, "province" | "assumed"> & { readonly day: Day },
  scene: Scene,
): readonly Unit[] {
  if (name === null) return [];
  const called = scene.names.called(level, name);
  const there = called.filter((unit) => isThere(unit, day));
  if (level !== "commune") return there;
  if (provinceCode !== null || provinceName !== null) {
    if (province === null) return there;
    return there.filter((unit) => enclosingProvince(unit, day, scene)?.id === province.id);
  }
  const home = (unit: Unit) => presentProvince(unit, scene)?.id;
  const within = there.filter((unit) => assumed === null || home(unit) === assumed.id);
  const [only] = within;
  if (only === undefined || within.length > 1) return within;
  const elsewhere = assumed === null ? called.filter((unit) => home(unit) !== home(only)) : [];
  const provinces = readName(name).type === null ? scene.names.called("province", name) : [];
  return [only, ...elsewhere, ...provinces.filter((unit) => isThere(unit, day))];
}

/** What a row without a province is of all the same: its sheet's title, its source, or the only one that may be written. */
function assumedProvince(stated: StatedPlace, day: Day, scene: Scene): Unit | null {
  if (stated.level !== "commune" || stated.provinceCode !== null || stated.provinceName !== null) {
    return null;
  }
  const { settings, register, names } = scene;
  const code = settings.onlyProvince ?? /^province-(\d\d)$/.exec(settings.source)?.[1];
  if (code !== undefined) return register.units.on("province", code, settings.today) ?? null;
  const titled = names.called("province", stated.titledProvince ?? "");
  const found = titled.find((unit) => isThere(unit, day));
  return found ? presentProvince(found, scene) : null;
}

/** The province of today that a unit is in: 63 old ones are in one of the 34 each, whole. */
export function presentProvince(unit: Unit, scene: Scene): Unit | null {
  const { units } = scene.register;
  let province = enclosingProvince(unit, unit.validFrom, scene);
  while (province !== null && province.validTo !== null) {
    const [heir] = units.successors(province.id);
    province = heir === undefined ? null : (units.byId(heir.to) ?? null);
  }
  return province;
}

function provinceOf(stated: StatedPlace, day: Day | null, scene: Scene): Unit | null {
  if (day === null || stated.level !== "commune") return null;
  if (stated.provinceCode !== null) {
    return scene.register.units.on("province", stated.provinceCode, day) ?? null;
  }
  if (stated.provinceName === null) return null;
  const named = scene.names.called("province", stated.provinceName);
  return named.find((unit) => isThere(unit, day)) ?? null;
}
