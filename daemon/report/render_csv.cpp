#include "daemon/organizations/csv.hpp"
#include "daemon/report/render.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace contactd {
namespace {

/// The fields of the audit log, and the names of the people.
constexpr std::string_view header =
    "event,reason,instance,company_id,company,device_id,device,last_user,account,local_account,rule,contact_id,"
    "contact_email,contact_name,previous_contact_id,previous_contact_name,candidates,error\r\n";

/// With these a cell is a formula, or could become one: also behind what a spreadsheet strips, and in the full width of
/// an East Asian keyboard. Source: OWASP, "CSV Injection".
bool looks_like_a_formula(std::string_view value) {
    using namespace std::string_view_literals;
    constexpr std::array begins{"="sv, "+"sv, "-"sv, "@"sv, "\t"sv, "\r"sv, "\n"sv, "＝"sv, "＋"sv, "－"sv, "＠"sv};
    const auto first = value.find_first_not_of(" \"");
    const auto seen = first == std::string_view::npos ? value : value.substr(first);
    return std::ranges::any_of(begins, [seen](std::string_view one) { return seen.starts_with(one); });
}

std::string cell(std::string_view value) {
    return csv_field(looks_like_a_formula(value) ? '\'' + std::string(value) : std::string(value));
}

template <class Id>
std::string id_cell(const std::optional<Id>& id) {
    return id ? std::to_string(id->value) : std::string();
}

std::string row(const device_outcome& one) {
    std::string candidates;
    for (const auto id : one.candidates)
        candidates += (candidates.empty() ? "" : " ") + std::to_string(id.value);
    const std::array cells{
        std::string(core::to_string(one.what)),
        one.why ? std::string(core::to_string(*one.why)) : std::string(),
        cell(one.instance),
        std::to_string(one.company_id.value),
        cell(one.company),
        std::to_string(one.device_id.value),
        cell(one.device),
        cell(one.last_user),
        cell(one.account),
        std::string(one.local_account ? "true" : ""),
        one.rule ? std::string(core::to_string(*one.rule)) : std::string(),
        id_cell(one.contact_id),
        cell(one.contact_email),
        cell(one.contact_name),
        id_cell(one.previous_contact_id),
        cell(one.previous_contact_name),
        candidates,
        cell(one.error),
    };
    std::string line;
    for (const auto& one_cell : cells)
        line.append(line.empty() ? "" : ",").append(one_cell);
    return line + "\r\n";
}

} // namespace

std::string render_csv(const sweep_report& report) {
    std::string text(header);
    for (const auto* list : {&report.changes, &report.failed, &report.skipped})
        for (const auto& one : *list)
            text += row(one);
    return text;
}

} // namespace contactd
