#pragma once

#include "autotask/clock.hpp"
#include "autotask/reader.hpp"
#include "autotask/spawn.hpp"
#include "core/plan.hpp"
#include "daemon/memory/confirmation.hpp"
#include "daemon/sweep/assemble.hpp"
#include "daemon/sweep/chunk_reader.hpp"
#include "daemon/sweep/instance.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/rule_book.hpp"
#include "daemon/sweep/session_news.hpp"
#include "daemon/sweep/sweep_context.hpp"

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace contactd {

/// One sweep of one instance, from finding the zone to the proof of the last write. Lives as long as run().
class instance_sweep {
public:
    instance_sweep(sweep_context& context, instance& subject, const sink_factory& make_sink);

    boost::asio::awaitable<void> run();

private:
    using company_list = std::vector<core::company>;
    struct company_in_work;

    boost::asio::awaitable<bool> prepare();
    boost::asio::awaitable<bool> find_out_earlier_writes();
    boost::asio::awaitable<void> recall();
    core::retrospect looking_back() const;
    void learn(const core::company_plan& plan);
    void tell_held(const core::snapshot& company, const core::company_plan& plan);
    void end_hold(const company_in_work& company);
    void end_what_was_not_met();
    boost::asio::awaitable<void> tell_company_news(company_list passing);
    void add_mapped(std::vector<core::seen_company>& to, const std::vector<core::seen_company>& known,
                    const company_list& passing) const;
    boost::asio::awaitable<void> sweep_companies();
    boost::asio::awaitable<void> work_on_chunks();
    boost::asio::awaitable<void> sweep_chunk(company_list chunk, std::size_t turn);
    boost::asio::awaitable<void> sweep_failed_chunks();
    boost::asio::awaitable<void> sweep_rows(chunk_rows read);
    const company_rules& rules_of(const core::company& company) const;
    struct allowances;
    allowances allowances_for(const core::company& company);
    core::company_plan plan_for(const core::snapshot& company);
    boost::asio::awaitable<void> carry_out(const core::snapshot& company, core::company_plan plan);
    bool reads_in_part() const;
    boost::asio::awaitable<void> begin_memory();
    boost::asio::awaitable<void> end_memory();
    boost::asio::awaitable<void> confirm_changes();
    boost::asio::awaitable<void> read_doubtful();
    void miss_memory(const autotask::error& failure, std::string_view instead);
    void miss_confirmation(const autotask::error& failure);
    void remember(const device_outcome& outcome);
    boost::asio::awaitable<void> count_devices_without_user();
    company_list next_chunk();
    void leave_parked_companies();
    void judge_companies();
    void settled(const std::shared_ptr<company_in_work>& company, const device_outcome& outcome);
    void park_or_release(const device_outcome& outcome);
    core::sweep_moment moment() const;
    void close(const std::shared_ptr<company_in_work>& company);
    bool concerns_everything(const autotask::error& failure) const;
    bool ends_the_sweep(const autotask::error& failure) const;
    void fail(const autotask::error& met, company_list because_of_it);
    void pause_after(autotask::error_kind kind, const std::string& words);
    void warn(std::string message);
    void show_progress();
    std::optional<std::chrono::milliseconds> time_left() const;
    std::int64_t companies_left() const { return progress_.companies - progress_.companies_done; }

    sweep_context& context_;
    instance& subject_;
    autotask::session session_;
    session_news news_;
    autotask::reader reader_;
    chunk_reader chunks_;
    std::unique_ptr<change_sink> sink_;
    std::unique_ptr<rule_book> rules_; ///< Once the sweep is prepared.
    core::allowance allowance_;
    core::allowance dry_allowance_; ///< Of companies in a dry run: what they would change is not taken from the others.

    company_list companies_;
    std::size_t one_by_one_from_ = 0; ///< In companies_.
    std::size_t next_company_ = 0;
    std::vector<failed_chunk> failed_chunks_; ///< Those that may be asked for again in parts.
    std::vector<unconfirmed_company> unconfirmed_;
    company_list doubtful_; ///< Companies to read, although their rows are remembered.
    std::unordered_set<core::company_id> decided_;
    std::size_t next_turn_ = 0;
    std::size_t turn_ = 0; ///< The chunk that may decide, where an allowance makes the order matter.
    autotask::wake_point turn_changed_;
    bool abandoned_ = false;
    std::string error_; ///< What ended the sweep before its end.
    progress progress_;
    std::chrono::steady_clock::time_point started_;
    core::tally counts_;
    instance_past past_;
    bool knows_the_past_ = true;
    bool keeps_records_ = false;                      ///< Of holds and streaks, of whole companies.
    std::unordered_set<core::device_id> streaks_met_; ///< Devices with one that were decided.
};

} // namespace contactd
