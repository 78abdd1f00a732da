#pragma once

#include "core/entities.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/config/config.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// The companies of one instance as they are now.
struct instance_companies {
    std::string instance;
    std::vector<core::company> passing; ///< Active, and past the filter; by ascending id.
    std::vector<core::company> others;  ///< Those of `wanted` that are not among them.

    /// How many active companies are left after so many conditions: the first is all of them. Only where it was asked
    /// for.
    std::vector<std::int64_t> left;
    std::vector<std::string> filter_words;

    /// Null where there is no such company among those that were read.
    const core::company* find(core::company_id id) const;
    bool passes(core::company_id id) const;
};

/// What is to be known of an instance beside the companies that pass.
struct directory_request {
    std::vector<core::company_id> wanted; ///< Further companies, whatever they are like.
    bool count_conditions = false;
};

/// Asks every chosen instance for its companies. What goes wrong is said, and the other instances are asked all the
/// same; then `complete` is false.
struct company_directory {
    std::vector<instance_companies> instances;
    bool complete = true;

    const instance_companies* find(const std::string& instance) const;
};

/// `request` says for each instance, by name, what else is wanted.
company_directory read_directory(const command_context& context, one_shot& once,
                                 const std::function<directory_request(const std::string&)>& request);

} // namespace contactd
