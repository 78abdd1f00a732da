#include "daemon/journal/sweep_recorder.hpp"

#include "daemon/audit/audit_line.hpp"

#include <utility>

namespace contactd {

namespace asio = boost::asio;

sweep_recorder::sweep_recorder(parts with, std::string sweep) : with_(std::move(with)), sweep_(std::move(sweep)) {}

asio::awaitable<std::expected<write_id, std::string>> sweep_recorder::intend(device_outcome planned) {
    auto sweep = sweep_;
    auto number = co_await with_.journal.intend(std::move(sweep), std::move(planned));
    co_return number;
}

asio::awaitable<std::expected<void, std::string>> sweep_recorder::repeat(write_id write) {
    with_.journal.note(repeated_write{write, with_.time.wall()});
    auto flushed = co_await with_.journal.flush();
    co_return flushed;
}

asio::awaitable<std::expected<std::vector<open_write>, std::string>> sweep_recorder::open_writes(std::string instance) {
    auto found = co_await with_.journal.open_writes(std::move(instance));
    co_return found;
}

void sweep_recorder::write(const std::string& line) {
    if (broken_)
        return; // A log with holes would be worse than one that ends.
    const auto done = with_.audit.append(line);
    if (done)
        return;
    broken_ = true;
    with_.complain(done.error() + "; nothing more is assigned");
}

void sweep_recorder::instance_started(const std::string& instance) {
    const auto now = with_.time.wall();
    write(sweep_started_line(audit_stamp{now, sweep_}, instance));
    with_.journal.note(begun_sweep{sweep_, now, instance});
}

void sweep_recorder::device_decided(const device_outcome& outcome) {
    const bool skipped = outcome.what == core::event::skipped;
    const bool is_counted = outcome.what == core::event::in_sync || outcome.why == core::reason::no_last_user;
    // What was not even tried would be told in every sweep as long as its cause lasts, a full disk for example.
    const bool only_news = skipped || (outcome.why == core::reason::cancelled && !outcome.write);
    if (!is_counted && (!only_news || with_.decisions.is_news(outcome)))
        write(device_line(audit_stamp{with_.time.wall(), sweep_}, outcome));
    if (broken_)
        return; // Then it is still news the next time, and its write still open.
    settle(outcome);
    if (with_.decisions.note(outcome, with_.time.wall()))
        with_.journal.note(changed_decision{sweep_, with_.time.wall(), outcome});
}

void sweep_recorder::settle(const device_outcome& outcome) {
    if (!outcome.write)
        return;
    settled_write settled{*outcome.write, with_.time.wall(), outcome.what,
                          outcome.why,    outcome.error,     outcome.in_doubt};
    with_.journal.note(std::move(settled));
}

/// Perhaps the line was written, and only the journal did not hear of it.
bool sweep_recorder::was_told(const found_out_write& what) {
    if (what.told && what.outcome.what == core::event::failed)
        return true;
    const auto [place, is_new] = told_.try_emplace(what.sweep);
    if (is_new)
        for (const auto& line : with_.audit.lines_of(what.sweep))
            place->second.insert(told_write_in(line));
    return place->second.contains(told_write_of(what.outcome));
}

/// The line belongs to the sweep that made the change.
void sweep_recorder::write_found_out(const found_out_write& what) {
    if (!was_told(what))
        write(found_out_line(audit_stamp{with_.time.wall(), what.sweep}, what.outcome));
    if (!broken_)
        settle(what.outcome);
}

void sweep_recorder::companies_changed(const changed_companies& what) {
    with_.journal.note(seen_companies{with_.time.wall(), what});
}

void sweep_recorder::company_held(const held_company& company) {
    const auto now = with_.time.wall();
    write(held_line(audit_stamp{now, sweep_}, company));
    if (company.is_on_record)
        with_.journal.note(held_plan{now, sweep_, company});
}

void sweep_recorder::company_finished(const finished_company& company) {
    write(company_finished_line(audit_stamp{with_.time.wall(), sweep_}, company));
    const auto& counts = company.counts;
    if (counts.of(core::event::assigned) + counts.of(core::event::reassigned) + counts.of(core::event::failed) > 0)
        with_.journal.sync_audit();
}

void sweep_recorder::instance_finished(const finished_instance& instance) {
    const auto now = with_.time.wall();
    write(sweep_finished_line(audit_stamp{now, sweep_}, instance));
    with_.journal.note(ended_sweep{sweep_, now, instance});
}

} // namespace contactd
