import { both, type CheckTexts, mend, says } from "../text.ts";

const ADD_AAAA = both(
  "Đề nghị bổ sung bản ghi AAAA cho tên miền tại đơn vị quản trị DNS (ví dụ: “portal 3600 IN AAAA <địa chỉ IPv6>”), sau khi máy chủ web đã cấu hình IPv6 (nginx: “listen [::]:443 ssl;”; IIS: thêm binding cho địa chỉ IPv6 hoặc “All Unassigned”). Nếu cổng đặt sau CDN hoặc tường lửa ứng dụng web, đề nghị nhà cung cấp bật IPv6.",
  "Add an AAAA record for the name in the DNS panel (for example “portal 3600 IN AAAA <IPv6 address>”) once the web server listens on IPv6 (nginx: “listen [::]:443 ssl;”; IIS: a binding for the IPv6 address or “All Unassigned”). Behind a CDN or web application firewall, ask its provider to switch IPv6 on.",
);

/** Texts of D1. */
export const D1: CheckTexts<"D1"> = {
  title: both("Bản ghi AAAA (địa chỉ IPv6) của cổng", "AAAA record (IPv6 address) of the portal"),
  about: both(
    "Tên miền của cổng, sau khi đi hết chuỗi CNAME, có ít nhất một địa chỉ IPv6; kết luận “không có” cần ít nhất hai lần hỏi cùng trả lời như vậy.",
    "The portal's name, after all CNAMEs, has at least one IPv6 address; that it has none takes two answers that agree.",
  ),
  reasons: {
    aaaa: says("Tên miền có địa chỉ IPv6.", "The name has an IPv6 address."),
    literal_ip6: says(
      "Địa chỉ đăng ký của cổng là một địa chỉ IPv6.",
      "The registered address of the portal is itself an IPv6 address.",
    ),
    no_data: mend(
      both(
        "Tên miền tồn tại nhưng không có bản ghi AAAA: cổng chỉ truy cập được qua IPv4.",
        "The name exists but has no AAAA record: the portal can be reached over IPv4 only.",
      ),
      ADD_AAAA,
    ),
    nxdomain: mend(
      both(
        "Máy chủ DNS trả lời tên miền không tồn tại (NXDOMAIN).",
        "The DNS says that the name does not exist (NXDOMAIN).",
      ),
      both(
        "Đề nghị kiểm tra tên miền đã đăng ký trong danh sách có đúng không và bản ghi của tên miền còn trên máy chủ DNS; nếu cổng đã dừng hoạt động, đề nghị thông báo để cập nhật danh sách.",
        "Check that the registered name is right and that its records are still in the DNS; if the portal has been closed, say so to have the list updated.",
      ),
    ),
    cname_loop: mend(
      both(
        "Các bản ghi CNAME của tên miền trỏ vòng về chính nó, nên không tìm được địa chỉ.",
        "The CNAME records of the name lead back to themselves, so that no address can be found.",
      ),
      both(
        "Đề nghị sửa bản ghi CNAME để chuỗi kết thúc ở một tên có bản ghi A và AAAA.",
        "Correct the CNAME records so that the chain ends at a name with A and AAAA records.",
      ),
    ),
    cname_limit: {
      says: both(
        "Chưa xác định: chuỗi CNAME của tên miền dài hơn 8 bước, hệ thống đo không đi tiếp; một số máy chủ phân giải cũng bỏ cuộc.",
        "Not known: the chain of CNAME records is longer than 8 steps, which this system does not follow on; some resolvers give up on it too.",
      ),
      mend: both(
        "Đề nghị rút ngắn chuỗi: trỏ tên của cổng thẳng tới tên đích cuối cùng.",
        "Shorten the chain: let the portal's name point straight at the final name.",
      ),
    },
    literal_ip4: mend(
      both(
        "Địa chỉ đăng ký của cổng là một địa chỉ IPv4, không phải tên miền, nên không thể có IPv6.",
        "The registered address of the portal is an IPv4 address and no name, so that it can't have IPv6.",
      ),
      both(
        "Đề nghị dùng tên miền (.gov.vn) cho cổng và khai báo bản ghi A, AAAA cho tên miền đó.",
        "Give the portal a name (.gov.vn) with A and AAAA records.",
      ),
    ),
    one_answer_only: says(
      "Chưa xác định: mới có một lần trả lời rằng không có địa chỉ IPv6, chưa có lần thứ hai xác nhận.",
      "Not known: only one answer said that there is no IPv6 address, and no second one confirmed it.",
    ),
  },
};
