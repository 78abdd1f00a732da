#pragma once

#include "daemon/audit/reading/line_output.hpp"
#include "daemon/audit/reading/line_words.hpp"
#include "daemon/audit/reading/log_reader.hpp"
#include "daemon/log.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace contactd {

/// How the lines that are wanted are printed.
struct print_style {
    bool json = false; ///< As they stand in the log.
    line_style words;
};

/// Prints the lines of the log that are wanted, and counts what could not be shown.
class audit_printer final : public log_listener {
public:
    audit_printer(print_style style, line_output& output, log& messages, std::function<bool()> has_to_end);

    /// From now on the last few lines only, which are printed by keep_all().
    void keep_last(std::size_t lines);
    void keep_all();

    void take(std::string_view line, const boost::json::object& parsed) override;
    void miss(line_damage why, std::uint64_t at, std::string_view event) override;
    void enter(const std::string& path) override { path_ = path; }
    void trouble(const std::string& words) override;
    bool has_enough() override { return output_.is_over() || has_to_end_(); }

    /// A warning for each file and each way in which lines of it could not be shown.
    void say_what_is_missing();

    bool had_trouble() const { return !told_.empty(); }
    std::int64_t taken() const { return taken_; }

private:
    struct missing_lines {
        std::int64_t count = 0;
        std::uint64_t first_at = 0;
        std::string event;
    };

    print_style style_;
    line_output& output_;
    log& messages_;
    std::function<bool()> has_to_end_;
    std::string path_;
    std::size_t most_kept_ = 0;
    std::deque<std::string> kept_;
    std::map<std::pair<std::string, line_damage>, missing_lines> missing_;
    std::set<std::string> told_;
    std::int64_t taken_ = 0;
};

} // namespace contactd
