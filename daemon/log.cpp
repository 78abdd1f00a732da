#include "daemon/log.hpp"

#include "daemon/printable.hpp"

#include <algorithm>
#include <array>
#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <unistd.h>
#include <utility>

namespace contactd {
namespace {

/// "<6>": what sd-daemon(3) reads as the priority of a line.
class journal_priority final : public spdlog::custom_flag_formatter {
public:
    void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& to) override {
        static constexpr std::array<std::string_view, 7> priorities{"<7>", "<7>", "<6>", "<4>", "<3>", "<2>", "<6>"};
        const auto priority = priorities[static_cast<std::size_t>(message.level)];
        to.append(priority.data(), priority.data() + priority.size());
    }

    std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<journal_priority>(); }
};

std::unique_ptr<spdlog::formatter> formatter_for(log::style how) {
    auto made = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    switch (how) {
    case log::style::journal:
        made->add_flag<journal_priority>('*').set_pattern("%*%v");
        break;
    case log::style::service:
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l: %v");
        break;
    case log::style::command:
        // A progress line may stand where this goes: take it away first.
        made->set_pattern(::isatty(STDERR_FILENO) ? "\r\x1b[Kcontactd: %^%l%$: %v" : "contactd: %l: %v");
        break;
    }
    return made;
}

class function_sink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
public:
    explicit function_sink(std::function<void(const std::string&)> to) : to_(std::move(to)) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        std::string text(line.data(), line.size());
        while (text.ends_with('\n'))
            text.pop_back();
        to_(text);
    }
    void flush_() override {}

private:
    std::function<void(const std::string&)> to_;
};

constexpr std::array<std::string_view, 5> levels{"trace", "debug", "info", "warn", "error"};

} // namespace

bool is_log_level(std::string_view name) {
    return std::ranges::find(levels, name) != levels.end();
}

log::log(style how, const std::string& level)
    : logger_(std::make_shared<spdlog::logger>("contactd", std::make_shared<spdlog::sinks::stderr_color_sink_st>())) {
    logger_->set_formatter(formatter_for(how));
    logger_->flush_on(spdlog::level::trace);
    set_level(level);
}

log::log(std::function<void(const std::string&)> to, const std::string& level)
    : logger_(std::make_shared<spdlog::logger>("contactd", std::make_shared<function_sink>(std::move(to)))) {
    logger_->set_pattern("%l: %v");
    set_level(level);
}

log::~log() = default;

void log::set_level(const std::string& level) {
    logger_->set_level(spdlog::level::from_str(level));
}

void log::debug(std::string_view message) {
    logger_->debug("{}", printable(message));
}

void log::info(std::string_view message) {
    logger_->info("{}", printable(message));
}

void log::warn(std::string_view message) {
    logger_->warn("{}", printable(message));
}

void log::error(std::string_view message) {
    logger_->error("{}", printable(message));
}

} // namespace contactd
