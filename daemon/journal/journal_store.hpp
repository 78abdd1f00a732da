#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/journal/schema.hpp"
#include "daemon/journal/sqlite.hpp"

#include <expected>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace contactd {

/// The journal as a SQLite file: what was to be written and what became of it, sweeps, and the last decision of every
/// device. Every call blocks until the disk has it; one thread at a time. Errors are sentences that name the file.
class journal_store {
public:
    struct opened {
        std::unique_ptr<journal_store> store;
        std::string set_aside; ///< What was put out of the way, and what that means; empty as a rule.
    };

    /// Opens or creates `directory`/journal.db. A file that is damaged, newer than this program or not ours is renamed,
    /// never deleted, and a new one begun. `now` goes into its new name.
    static std::expected<opened, std::string> open(const std::string& directory, core::wall_time now);

    /// For another process that only looks.
    static std::expected<std::unique_ptr<journal_store>, std::string> open_to_read(const std::string& directory);

    /// Greater than the number of every write that was ever recorded.
    write_id first_free_id() const { return first_free_id_; }

    /// Records everything or nothing. What has returned survives a power cut.
    std::expected<void, std::string> record(std::span<const journal_entry> entries);

    /// The oldest first.
    std::expected<std::vector<open_write>, std::string> open_writes(const std::string& instance);

    /// How many writes are open, by instance.
    std::expected<std::map<std::string, std::int64_t>, std::string> open_by_instance();

    std::expected<std::vector<last_decision>, std::string> decisions();

    std::expected<std::vector<core::seen_company>, std::string> known_companies(const std::string& instance);

    /// See journal::past().
    std::expected<instance_past, std::string> past(const std::string& instance, core::wall_time people_since);

    /// Forgets some of what is older than `before`: sweeps, devices, and writes unless they are open or the last one of
    /// their device that was stored. False when there was nothing left to forget. At most a few thousand rows a call.
    std::expected<bool, std::string> forget_some(core::wall_time before);

    const std::string& path() const { return path_; }

    /// For queries that have a room of their own.
    sqlite::database& file() { return *file_; }

private:
    journal_store(std::string path, std::unique_ptr<sqlite::database> file);
    static sqlite::result<std::unique_ptr<journal_store>> try_open(const std::string& path, journal_kind& kind);

    std::string path_;
    std::unique_ptr<sqlite::database> file_;
    write_id first_free_id_{1};
};

/// See journal::past(): for another process that only looks. Where there is no journal, nothing is known.
std::expected<instance_past, std::string> read_past_of(const std::string& directory, const std::string& instance,
                                                       core::wall_time people_since);

} // namespace contactd
