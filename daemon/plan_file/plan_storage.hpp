#pragma once

#include "daemon/plan_file/saved_plan.hpp"

#include <expected>
#include <optional>
#include <string>

namespace contactd {

/// A plan and the text of its file.
struct stored_plan {
    saved_plan plan;
    std::string text;
};

/// Reads the plan in that file. The error is a sentence.
std::expected<stored_plan, std::string> load_plan(const std::string& file);

/// A file for a plan: a new one, or an older plan whose place it takes. Nothing else is overwritten.
class plan_place {
public:
    /// Looks before the work is done whether it will be possible to save it. The error is a sentence.
    static std::expected<plan_place, std::string> find(const std::string& file);

    /// Writes the file, whole or not at all, readable for its owner only: it names people. One that is there keeps its
    /// owner and mode. The error is a sentence; so it is when somebody else has written the file meanwhile.
    std::expected<void, std::string> save(const saved_plan& plan) const;

private:
    plan_place(std::string file, std::optional<std::string> before)
        : file_(std::move(file)), before_(std::move(before)) {}

    std::string file_;
    std::optional<std::string> before_;
};

} // namespace contactd
