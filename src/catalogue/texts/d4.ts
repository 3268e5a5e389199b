import { both, type CheckTexts, mend, says } from "../text.ts";

/** Texts of D4. */
export const D4: CheckTexts<"D4"> = {
  title: both("Phân giải tên miền chỉ bằng IPv6", "Name resolution over IPv6 alone"),
  about: both(
    "Đi từ máy chủ gốc tới vùng của cổng, chỉ dùng IPv6, phải tìm được đúng địa chỉ của cổng; nếu không, kết quả nêu rõ điểm ủy quyền bị tắc.",
    "From the root servers to the portal's zone, over IPv6 alone, the portal's addresses must be found; if not, the delegation that can't be crossed is named.",
  ),
  reasons: {
    reached: says(
      "Tên miền phân giải được hoàn toàn qua IPv6.",
      "The name can be resolved over IPv6 alone.",
    ),
    glue_missing: mend(
      both(
        "Phân giải được qua IPv6, nhưng vùng cha thiếu bản ghi glue AAAA của một số máy chủ tên miền.",
        "It can be resolved over IPv6, but the parent zone lacks AAAA glue of some name servers.",
      ),
      both(
        "Đề nghị khai báo địa chỉ IPv6 (glue) của máy chủ tên miền tại nhà đăng ký hoặc đơn vị quản lý vùng cha.",
        "Register the IPv6 addresses (glue) of the name servers with the registrar or the operator of the parent zone.",
      ),
    ),
    glue_differs: mend(
      both(
        "Phân giải được qua IPv6, nhưng bản ghi glue AAAA ở vùng cha khác với bản ghi của chính vùng.",
        "It can be resolved over IPv6, but the AAAA glue in the parent zone differs from the zone's own records.",
      ),
      both(
        "Đề nghị cập nhật glue tại nhà đăng ký hoặc vùng cha cho khớp với địa chỉ hiện tại của máy chủ tên miền.",
        "Update the glue at the registrar or in the parent zone to the present addresses of the name servers.",
      ),
    ),
    addresses_differ: mend(
      both(
        "Phân giải qua IPv6 cho kết quả khác với máy chủ phân giải thông thường.",
        "Resolving over IPv6 gives other addresses than the usual resolver.",
      ),
      both(
        "Đề nghị kiểm tra các máy chủ tên miền đã đồng bộ cùng một dữ liệu vùng; nếu cổng dùng CDN trả địa chỉ theo vị trí thì khác biệt này là bình thường.",
        "Check that all name servers hold the same version of the zone; if the portal stands behind a CDN that answers by place, the difference is to be expected.",
      ),
    ),
    ns_without_aaaa: mend(
      both(
        "Không máy chủ tên miền nào ở một điểm ủy quyền có địa chỉ IPv6, nên người dùng thuần IPv6 không phân giải được tên.",
        "At one delegation no name server has an IPv6 address, so that nobody with IPv6 alone can resolve the name.",
      ),
      both(
        "Đề nghị đơn vị quản trị máy chủ tên miền được nêu bổ sung bản ghi AAAA và dịch vụ DNS trên IPv6; một máy chủ là đủ để thông điểm này, hai máy chủ để bảo đảm.",
        "Ask the operator of the named name server for an AAAA record and DNS service over IPv6; one server opens the way, two make it safe.",
      ),
    ),
    required_glue_missing: mend(
      both(
        "Vùng cha không có bản ghi glue AAAA bắt buộc cho máy chủ tên miền nằm trong chính vùng này.",
        "The parent zone lacks the AAAA glue that name servers inside this zone need.",
      ),
      both(
        "Đề nghị khai báo địa chỉ IPv6 của máy chủ tên miền (host object, glue) tại nhà đăng ký tên miền.",
        "Register the IPv6 addresses of the name servers (host objects, glue) with the registrar.",
      ),
    ),
    out_of_zone_ns: mend(
      both(
        "Máy chủ tên miền thuộc một vùng khác, mà tên trong vùng đó không phân giải được chỉ bằng IPv6.",
        "The name servers belong to another zone, in which names can't be resolved over IPv6 alone.",
      ),
      both(
        "Đề nghị nhà cung cấp DNS đó đưa vùng của họ lên IPv6, hoặc chuyển sang máy chủ tên miền đã có IPv6.",
        "Ask that DNS provider to bring its zone to IPv6, or move to name servers that have it.",
      ),
    ),
    no_answer: mend(
      both(
        "Các máy chủ tên miền ở một điểm ủy quyền có địa chỉ IPv6 nhưng không trả lời qua IPv6.",
        "The name servers at one delegation have IPv6 addresses but do not answer over IPv6.",
      ),
      both(
        "Đề nghị kiểm tra dịch vụ DNS lắng nghe trên IPv6 và tường lửa IPv6 cho phép cổng 53 UDP, TCP tới các máy chủ được nêu.",
        "Check that the DNS service listens on IPv6 and that the IPv6 firewall lets port 53, UDP and TCP, through to the named servers.",
      ),
    ),
    lame: mend(
      both(
        "Các máy chủ tên miền ở một điểm ủy quyền trả lời qua IPv6 nhưng không có thẩm quyền với vùng (lame).",
        "The name servers at one delegation answer over IPv6 but have no authority for the zone (lame).",
      ),
      both(
        "Đề nghị nạp vùng trên các máy chủ được nêu, hoặc bỏ chúng khỏi danh sách NS của vùng và vùng cha.",
        "Load the zone on the named servers, or take them out of the zone's and the parent's NS records.",
      ),
    ),
    loop: mend(
      both(
        "Các điểm ủy quyền phụ thuộc vòng vào nhau khi chỉ dùng IPv6.",
        "Over IPv6 alone the delegations depend on each other in a circle.",
      ),
      both(
        "Đề nghị để ít nhất một máy chủ tên miền của vùng có glue AAAA tại vùng cha, không phụ thuộc vùng khác.",
        "Let at least one of the zone's name servers have AAAA glue in the parent zone, independent of other zones.",
      ),
    ),
    rate_limited: says(
      "Chưa xác định: một máy chủ tên miền hạn chế số câu hỏi của hệ thống đo.",
      "Not known: a name server limits the rate of this system's questions.",
    ),
    unsure: says(
      "Chưa xác định: chưa đi hết được các điểm ủy quyền trong lần đo này.",
      "Not known: the delegations could not all be walked during this audit.",
    ),
    literal_address: says(
      "Không áp dụng: cổng được đăng ký bằng địa chỉ IP, không có tên miền.",
      "Does not apply: the portal is registered by its IP address and has no name.",
    ),
  },
};
