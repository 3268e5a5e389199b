import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of D5. */
export const D5: CheckTexts<"D5"> = {
  title: both("Chữ ký DNSSEC", "DNSSEC signatures"),
  about: both(
    "Tên miền của cổng được ký DNSSEC và máy chủ phân giải có kiểm chứng chấp nhận chữ ký.",
    "The portal's name is signed with DNSSEC, and a validating resolver accepts the signatures.",
  ),
  reasons: {
    signed: says("Tên miền được ký DNSSEC hợp lệ.", "The name is validly signed with DNSSEC."),
    unsigned: mend(
      both("Tên miền chưa được ký DNSSEC.", "The name is not signed with DNSSEC."),
      both(
        "Đề nghị bật ký DNSSEC cho vùng tại nhà cung cấp DNS và đăng ký bản ghi DS tại nhà đăng ký tên miền .vn.",
        "Switch on DNSSEC signing of the zone at the DNS provider and register its DS record with the .vn registrar.",
      ),
    ),
    bogus: mend(
      both(
        "Chữ ký DNSSEC sai: máy chủ phân giải có kiểm chứng từ chối tên miền, nhiều người dùng không truy cập được cổng.",
        "The DNSSEC signatures are wrong: validating resolvers refuse the name, and many visitors can't reach the portal.",
      ),
      both(
        "Đề nghị kiểm tra ngay: chữ ký (RRSIG) hết hạn, hoặc bản ghi DS ở vùng cha không khớp khóa (DNSKEY) của vùng; ký lại vùng hoặc cập nhật, gỡ DS.",
        "Check at once: signatures (RRSIG) have expired, or the DS record in the parent zone does not match the zone's key (DNSKEY); sign again, or update or remove the DS.",
      ),
    ),
    resolver_does_not_validate: says(
      "Chưa xác định: máy chủ phân giải tại điểm đo không kiểm chứng DNSSEC.",
      "Not known: the resolver at the vantage point does not validate DNSSEC.",
    ),
    literal_address: says(
      "Không áp dụng: cổng được đăng ký bằng địa chỉ IP, không có tên miền.",
      "Does not apply: the portal is registered by its IP address and has no name.",
    ),
  },
};
