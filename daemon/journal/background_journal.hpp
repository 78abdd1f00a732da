#pragma once

#include "autotask/clock.hpp"
#include "autotask/spawn.hpp"
#include "daemon/audit/audit_sink.hpp"
#include "daemon/journal/background.hpp"
#include "daemon/journal/disk_space.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/journal/journal_store.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// The journal in a SQLite file, written in the background. What comes while the disk is busy is recorded in one go:
/// many writes share one synchronisation.
class background_journal final : public journal {
public:
    struct parts {
        boost::asio::any_io_executor on;
        background& work;
        autotask::clock& time;
        audit_sink& audit;
        journal_store& store;
        std::function<std::optional<std::string>()> no_space; ///< Called in the background; see disk_space.hpp.
        std::function<void(const std::string&)> complain; ///< Once, with a sentence, when it cannot be written, and ...
        std::function<void(const std::string&)> relieve;  ///< ... when it can again.
    };

    /// Owns nothing. Everything lives longer, and `work` has ended before the store and the audit log go.
    explicit background_journal(parts with);

    boost::asio::awaitable<std::expected<write_id, std::string>> intend(std::string sweep,
                                                                        device_outcome what) override;
    boost::asio::awaitable<std::expected<std::vector<open_write>, std::string>>
    open_writes(std::string instance) override;
    boost::asio::awaitable<std::expected<std::vector<core::seen_company>, std::string>>
    known_companies(std::string instance) override;
    boost::asio::awaitable<std::expected<instance_past, std::string>> past(std::string instance,
                                                                           core::wall_time people_since) override;
    void note(journal_entry what) override;
    void sync_audit() override;
    boost::asio::awaitable<std::expected<void, std::string>> flush() override;
    boost::asio::awaitable<bool> forget(core::wall_time before) override;

private:
    /// A call of intend() that waits.
    struct asked {
        intended_write what;
        std::optional<std::expected<void, std::string>> answer;
    };
    /// What goes to the disk together.
    struct batch;

    template <class T, class Look>
    boost::asio::awaitable<std::expected<T, std::string>> look_up(Look look);
    void start_writing();
    boost::asio::awaitable<void> write();
    static void record(batch& one, const parts& with);
    void take_back(batch& one);
    void tell(const std::expected<void, std::string>& how);

    parts with_;
    std::int64_t next_id_;
    std::deque<std::shared_ptr<asked>> intents_;
    std::vector<journal_entry> notes_;
    bool audit_is_new_ = false;
    bool writing_ = false;
    std::uint64_t noted_ = 0;   ///< How many notes came in ...
    std::uint64_t handled_ = 0; ///< ... and how many of them were tried to record.
    std::expected<void, std::string> last_;
    bool complained_ = false;
    autotask::wake_point recorded_;
};

} // namespace contactd
