import type { FixedRole } from "./column-role.ts";

/**
 * Headers of columns that are not an indicator's, as provinces write them; compared after folding, so accents, case,
 * punctuation and units in brackets don't matter. Those of indicators and denominators are data: seeds/indicators.csv
 * and seeds/denominator_kinds.csv.
 */
const ALIASES: Readonly<Record<FixedRole, string>> = {
  province_code: `
    Mã tỉnh | Mã tỉnh/thành phố | Mã tỉnh, thành phố | Mã TP | Mã tỉnh/TP | Mã số tỉnh |
    Mã ĐVHC cấp tỉnh | Tỉnh/thành phố mã | province_code | Province code`,
  province_name: `
    Tỉnh | Tên tỉnh | Tỉnh/thành phố | Tỉnh, thành phố | Tên tỉnh/thành phố | Tên tỉnh, thành phố |
    Tỉnh/TP | Tỉnh, TP | Tên tỉnh/TP | Tỉnh thành | Thành phố | Tên ĐVHC cấp tỉnh |
    Tên đơn vị cấp tỉnh | province | province_name | Province name`,
  district: `
    Huyện | Quận/huyện | Tên huyện | Tên quận/huyện | Mã huyện | Mã quận/huyện | Quận/huyện/thị xã |
    Huyện/thị xã/thành phố | Huyện/thị/thành phố | Huyện, thị xã, thành phố | Tên quận/huyện/thị xã |
    Mã quận huyện thị xã | Huyện (cũ) | Quận/huyện (cũ) | Quận huyện trước sáp nhập | district |
    district_code | district_name`,
  commune_code: `
    Mã xã | Mã phường/xã | Mã xã/phường | Mã xã, phường | Mã xã/phường/đặc khu |
    Mã xã, phường, đặc khu | Mã xã/phường/thị trấn | Mã phường/xã/thị trấn | Mã số xã | Mã ĐVHC cấp xã |
    Mã đơn vị hành chính cấp xã | Mã cấp xã | Mã xã phường mới | commune_code | Commune code |
    ward_code`,
  commune_name: `
    Xã | Tên xã | Xã/phường | Phường/xã | Tên xã/phường | Tên phường/xã | Xã, phường | Tên xã, phường |
    Xã/phường/đặc khu | Tên xã/phường/đặc khu | Xã, phường, đặc khu | Tên xã, phường, đặc khu |
    Xã/phường/thị trấn | Tên xã/phường/thị trấn | Phường/xã/thị trấn | Tên phường/xã/thị trấn |
    Phường/xã/đặc khu | Tên phường/xã/đặc khu | Xã, phường, thị trấn | Cấp xã | Tên cấp xã |
    Tên ĐVHC cấp xã | Tên đơn vị hành chính cấp xã | Tên xã phường mới | commune | commune_name |
    Commune name | ward_name`,
  unit_code: `
    Mã | Mã ĐVHC | Mã đơn vị hành chính | Mã đơn vị | Mã số | Mã số ĐVHC | Mã hành chính | code |
    unit_code`,
  unit_name: `
    Tên | Đơn vị | Tên đơn vị | ĐVHC | Tên ĐVHC | Đơn vị hành chính | Tên đơn vị hành chính |
    Địa phương | Tên địa phương | Địa bàn | name | unit | unit_name`,
  level: `
    Cấp | Cấp hành chính | Cấp ĐVHC | Cấp đơn vị | Cấp đơn vị hành chính | level`,
  as_of: `
    Kỳ báo cáo | Kỳ số liệu | Kỳ | Ngày số liệu | Thời điểm | Thời điểm số liệu | Thời điểm báo cáo |
    Số liệu tính đến | Tính đến | Tính đến ngày | Số liệu tính đến ngày | Ngày chốt số liệu |
    Thời điểm chốt số liệu | Ngày báo cáo | Ngày | Quý/năm | Tháng/năm | as_of | As of | date | period`,
  year: `
    Năm | Năm báo cáo | Năm số liệu | year`,
  quarter: `
    Quý | Quý báo cáo | quarter`,
  month: `
    Tháng | Tháng báo cáo | month`,
  indicator: `
    Chỉ tiêu | Mã chỉ tiêu | Tên chỉ tiêu | Chỉ số | indicator | indicator_code`,
  version: `
    Phiên bản | Phiên bản chỉ tiêu | Phiên bản định nghĩa | version | indicator_version`,
  numerator: `
    Tử số | Số lượng | Giá trị | Số liệu | Số đạt | SL | numerator | value`,
  denominator: `
    Mẫu số | Tổng số | Tổng | denominator | total`,
  ratio: `
    Tỷ lệ | Tỷ lệ (%) | % | Tỷ lệ phần trăm | Tỷ lệ đạt | Tỷ lệ % đạt | Đạt tỷ lệ | TL | ratio |
    percent | percentage`,
  operator: `
    Doanh nghiệp | Doanh nghiệp viễn thông | Nhà mạng | Tên doanh nghiệp | Đơn vị cung cấp |
    Đơn vị cung cấp dịch vụ | operator`,
  basis: `
    Cơ sở số liệu | Loại số liệu | Tính chất số liệu | Phương pháp | Phương pháp thu thập | basis`,
  status: `
    Trạng thái | Tình trạng | Tình trạng số liệu | status`,
  denominator_source: `
    Nguồn | Nguồn mẫu số | Nguồn số liệu | Nguồn số hộ | Nguồn dân số | Nguồn số liệu mẫu số |
    denominator_source`,
  ignored: `
    STT | TT | Số TT | Số thứ tự | No | Ghi chú | Ghi chú thêm | Chú thích | Diễn giải | Giải trình |
    Người báo cáo | Người lập | Người cung cấp | Số điện thoại | SĐT | Điện thoại | Email |
    Thư điện tử | Diện tích | Diện tích (km2) | Diện tích tự nhiên | Vùng | Khu vực | Loại | Loại ĐVHC |
    Loại đơn vị hành chính | note | notes | Lỗi / Faults | Dòng / Row`,
};

/** Parents of several columns that say nothing about what stands under them. */
export const NEUTRAL_PARENTS: readonly string[] = texts(`
    Đơn vị hành chính | Thông tin chung | Thông tin hành chính | Thông tin đơn vị | Địa bàn |
    Địa phương | Chỉ tiêu | Kết quả | Kết quả thực hiện | Số liệu | Trong đó | Hạ tầng số |
    Hạ tầng viễn thông | Quy mô | Tổng số`);

/** The known headers of a role. */
export function headerAliases(role: FixedRole): readonly string[] {
  return texts(ALIASES[role]);
}

function texts(list: string): readonly string[] {
  return list.split("|").map((text) => text.trim());
}
