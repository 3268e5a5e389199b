import type { AdminUnitInput } from "../../../src/store/admin-units.ts";

/** A province. */
export const HANOI: AdminUnitInput = {
  level: "province",
  code: "01",
  provinceCode: null,
  nameVi: "Hà Nội",
  nameViAlt: null,
  nameEn: "Hanoi",
  type: "thành phố",
  fullNameVi: "Thành phố Hà Nội",
  region: "Đồng bằng sông Hồng",
  areaKm2: 3359.84,
  population: 8_718_000,
  populationNote: null,
  lat: 21.01089,
  lon: 105.72025,
  resolution: null,
};

/** One of its communes. */
export const BA_DINH: AdminUnitInput = {
  ...HANOI,
  level: "commune",
  code: "00004",
  provinceCode: "01",
  nameVi: "Ba Đình",
  nameEn: "Ba Dinh",
  type: "phường",
  fullNameVi: "Phường Ba Đình",
  region: null,
  areaKm2: 2.97,
  population: null,
  populationNote: "suspect_low: 12",
  resolution: "1656/NQ-UBTVQH15",
};
