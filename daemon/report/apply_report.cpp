#include "daemon/report/apply_report.hpp"

#include "daemon/printable.hpp"
#include "daemon/report/device_lines.hpp"
#include "daemon/report/report_json.hpp"
#include "daemon/timestamp.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <tuple>

namespace contactd {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

using enum change_standing;

struct standing_words {
    change_standing how;
    std::string_view name; ///< The key of the JSON report.
    std::string_view words;
    char mark;
};

constexpr std::array standings{
    standing_words{drifted, "drifted", "drifted", '?'},
    standing_words{left_out, "left_out", "left out", '-'},
    standing_words{beyond_limit, "beyond_limit", "left for later by a limit", ' '},
    standing_words{not_reached, "not_reached", "not reached", '!'},
    standing_words{done_already, "done_already", "done already", '='},
};

std::string summary(const apply_report& report, const palette& ink) {
    const auto& counts = report.done.counts;
    const auto chosen =
        static_cast<std::int64_t>(report.unmade.size() + report.done.changes.size() + report.done.failed.size());
    auto text = fmt::format("{}{} of the plan{}", ink.bold, counted(chosen, "change", "changes"), ink.plain);
    std::string_view separator = ": ";
    const auto add = [&text, &separator](std::int64_t count, std::string_view words) {
        if (count > 0)
            text += fmt::format("{}{} {}", std::exchange(separator, ", "), grouped(count), words);
    };
    using enum core::event;
    for (const auto event : {assigned, reassigned, would_assign, would_reassign, failed})
        add(counts.of(event), core::to_string(event));
    for (const auto& one : standings)
        add(report.count(one.how), one.words);
    if (counts.of(assigned) + counts.of(reassigned) + counts.of(failed) == 0)
        text += " (nothing was written)";
    text += fmt::format("; {} in {:.1f} s\n", counted(report.done.total.requests, "request", "requests"),
                        static_cast<double>(report.done.time.count()) / 1000);
    if (report.not_chosen > 0)
        text += fmt::format("{} not chosen\n", counted(report.not_chosen, "further change of the plan was",
                                                       "further changes of the plan were"));
    if (report.count(drifted) > 0)
        text += "What drifted was not touched: make a new plan for it\n";
    if (report.count(not_reached) > 0)
        text += "What was not reached is as it was: the same plan can be applied again\n";
    return text;
}

json::object unmade_object(const unmade_change& one) {
    auto object = device_object(one.planned);
    if (!one.verdict.words.empty())
        object["why"] = one.verdict.words;
    return object;
}

} // namespace

void apply_report::sort() {
    done.sort();
    std::ranges::sort(unmade, {}, [](const unmade_change& one) {
        return std::tuple(one.planned.instance, one.planned.company_id, one.planned.device_id);
    });
}

std::int64_t apply_report::count(change_standing how) const {
    return std::ranges::count_if(unmade, [how](const unmade_change& one) { return one.verdict.how == how; });
}

exit_status apply_report::status() const {
    const bool all_well = count(drifted) + count(left_out) + count(not_reached) == 0;
    return all_well ? done.status() : exit_status::failed;
}

std::string age_words(std::chrono::milliseconds age) {
    const auto time = about(age < 0ms ? -age : age);
    if (age < -1min)
        return "dated " + time + " in the future";
    if (age < 48h)
        return time + " old";
    return grouped(std::chrono::floor<std::chrono::days>(age).count()) + " days old";
}

std::string render_apply_text(const apply_report& report, bool coloured) {
    const auto& ink = palette_for(coloured);
    auto text = fmt::format("The plan of {} is {}\n", timestamp(report.made), age_words(report.age));
    company_listing companies(ink);
    for (const auto* list : {&report.done.changes, &report.done.failed})
        for (const auto& one : *list)
            companies.add(one);
    for (const auto& of : standings)
        if (of.how != done_already && of.how != beyond_limit) // Of these there is nothing to say but how many they are.
            for (const auto& one : report.unmade)
                if (one.verdict.how == of.how)
                    companies.add(one.planned, of.mark,
                                  fmt::format("{}{}: {}{}", of.how == left_out ? ink.dim : ink.red, of.words,
                                              printable(one.verdict.words), ink.plain));
    const auto listed = companies.text();
    return text + listed + (listed.empty() ? "" : "\n") + summary(report, ink);
}

std::string render_apply_json(const apply_report& report) {
    const auto objects = [](const std::vector<device_outcome>& all) {
        json::array list;
        for (const auto& one : all)
            list.push_back(device_object(one));
        return list;
    };
    json::object plan;
    plan["made"] = timestamp(report.made);
    plan["contactd"] = report.contactd;
    plan["age_seconds"] = std::chrono::floor<std::chrono::seconds>(report.age).count();
    plan["not_chosen"] = report.not_chosen;
    json::object all;
    all["plan"] = std::move(plan);
    all["dry_run"] = report.dry_run;
    all["changes"] = objects(report.done.changes);
    all["failed"] = objects(report.done.failed);
    for (const auto& of : standings) {
        json::array list;
        for (const auto& one : report.unmade)
            if (one.verdict.how == of.how)
                list.push_back(unmade_object(one));
        all[of.name] = std::move(list);
    }
    json::array errors;
    for (const auto& one : report.done.troubles)
        errors.push_back(error_object(one));
    all["errors"] = std::move(errors);
    auto text = json::serialize(all);
    text.pop_back();
    return text + ",\"summary\":" + summary_text(report.done) + "}\n";
}

} // namespace contactd
