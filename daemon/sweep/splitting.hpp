#pragma once

#include "autotask/error.hpp"
#include "core/entities.hpp"

#include <string>
#include <vector>

namespace contactd {

/// How many queries more than planned one sweep may spend on finding the companies that spoil the queries of others:
/// four times what one company among two hundred takes.
inline constexpr int most_extra_queries = 64;

/// When so many extra queries failed and no query was answered at all, it is not the fault of single companies. To find
/// the first of two hundred companies takes fewer.
inline constexpr int failures_that_settle_it = 12;

/// Of the extra queries so many may go without an answer: each of them takes minutes, because it is repeated patiently.
inline constexpr int most_silent_queries = 8;

/// True when nobody answered who understood the question, or nobody had the time to.
bool is_silent(const autotask::error& why);

/// Decides in one sweep of one instance what is done about companies that could not be read together: whether their
/// halves are worth a query each, and in the end for which companies the server cannot answer. Pure.
class splitting {
public:
    /// A query was answered.
    void answered();

    /// A query for these companies failed, and that was not the end of everything.
    void failed(const std::vector<core::company>& companies, const autotask::error& why);

    /// True when companies whose query failed so are worth a query for each half; then these two are taken from what
    /// may be spent.
    bool may_split(const std::vector<core::company>& companies, const autotask::error& why);

    /// True when nothing further is worth a query of its own: whatever is asked fails.
    bool is_hopeless() const;

    /// True when a query was answered: then what fails is the fault of its companies and not of the server.
    bool any_answer() const { return any_answer_; }

    /// A company for which a query of its own failed.
    struct suspect {
        core::company_id company;
        std::string words;
    };
    const std::vector<suspect>& suspects() const { return suspects_; }

private:
    bool any_answer_ = false;
    int failed_extra_queries_ = 0;
    int silent_ = 0;
    int extra_queries_left_ = most_extra_queries;
    std::vector<suspect> suspects_;
};

} // namespace contactd
