#pragma once

#include "autotask/reader.hpp"
#include "core/plan.hpp"
#include "daemon/plan_file/choose_changes.hpp"
#include "daemon/plan_file/drift.hpp"
#include "daemon/sweep/instance.hpp"
#include "daemon/sweep/row_lookup.hpp"
#include "daemon/sweep/rule_book.hpp"
#include "daemon/sweep/session_news.hpp"
#include "daemon/sweep/sweep_context.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// A change that was not made, and why.
struct unmade_change {
    device_outcome planned;
    change_verdict verdict; ///< Anything but `holds`.
};

/// What applying needs beside what a sweep does.
struct apply_terms {
    bool dry_run = false; ///< The sink writes nothing, so that a policy of a dry run need not stand in the way.
    std::function<void(const unmade_change&)> unmade; ///< Told of every change that does not become one of the sink.
};

/// Makes the changes of a plan in one instance, as far as they still hold: looks at what they are about, a hundred at a
/// time, and gives those that hold to the sink, just as a sweep does with its changes. Everything else is told, once
/// for each change. Lives as long as run().
class instance_apply {
public:
    instance_apply(sweep_context& context, instance& subject, chosen_changes chosen, const apply_terms& terms,
                   const sink_factory& make_sink);

    boost::asio::awaitable<void> run();

private:
    using change_list = std::vector<device_outcome>;
    struct rows_now {
        looked_up<core::device> devices;
        looked_up<core::contact> contacts;
    };

    boost::asio::awaitable<bool> prepare();
    bool is_the_same_database();
    void take_companies(std::vector<core::company> swept, const std::vector<core::company>& all);
    void tell_troubles(std::vector<trouble> met);
    boost::asio::awaitable<void> apply_changes();
    boost::asio::awaitable<autotask::result<rows_now>> read_now(const change_list& some);
    boost::asio::awaitable<void> apply_some(change_list some, const rows_now& now);
    bool is_left_to_people(const device_outcome& planned, const core::device& now) const;
    change_verdict judge(const device_outcome& planned, const rows_now& now) const;
    void unmade(device_outcome planned, change_verdict verdict);
    void reach_no_more();
    void settled(const device_outcome& outcome);
    void finish_companies();
    void fail(const autotask::error& failure);
    void fail(trouble what);
    void show_progress();
    std::optional<std::chrono::milliseconds> time_left() const;

    sweep_context& context_;
    instance& subject_;
    chosen_changes chosen_;
    const apply_terms& terms_;
    autotask::session session_;
    session_news news_;
    autotask::reader reader_;
    std::unique_ptr<change_sink> sink_;
    std::unique_ptr<rule_book> rules_; ///< Once it is prepared.
    core::allowance allowance_;
    std::map<core::company_id, core::allowance> of_companies_; ///< Of those whose organization has one of its own.
    std::map<core::company_id, core::company> companies_;      ///< That may be written, of the plan.
    std::map<core::company_id, std::string> left_out_;         ///< The others, and why.
    std::map<core::company_id, core::tally> counts_;
    instance_past past_;
    std::size_t next_ = 0; ///< Of chosen_.changes: the first that was not looked at.
    std::string error_;    ///< What ended it before its end.
    progress progress_;
    std::chrono::steady_clock::time_point started_;
};

} // namespace contactd
