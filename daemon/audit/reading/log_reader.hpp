#pragma once

#include "daemon/audit/reading/line_blocks.hpp"
#include "daemon/audit/reading/line_sifter.hpp"
#include "daemon/audit/reading/log_files.hpp"

#include <optional>
#include <string>

namespace contactd {

/// Hears what is read in the log.
class log_listener : public line_receiver {
public:
    /// What comes next is in this file.
    virtual void enter(const std::string& path) = 0;

    /// Something is not read, or may not have been; a sentence without a full stop.
    virtual void trouble(const std::string& words) = 0;

    /// True when nothing more is wanted, because somebody has asked for the end.
    virtual bool has_enough() = 0;
};

/// Reads the log through its rotations, whether they rename the file or copy and cut it: what was appended once is read
/// once, also when the log is rotated in the middle of it.
class log_reader {
public:
    log_reader(std::string path, const line_sifter& sifter, log_listener& to);

    /// Reads everything there is, of the files that may hold something as young as `since`, and at the end a line that
    /// lacks its line feed. False when there is no log at all.
    bool read_all(std::optional<core::wall_time> since);

    /// The same, but more is to come.
    void read_all_so_far(std::optional<core::wall_time> since);

    /// Reads the end of the log, so many bytes at most.
    void read_end(std::uint64_t bytes);

    /// Reads what has come since.
    void read_news();

private:
    void read_on();
    bool read_live();
    bool was_cut();
    bool was_replaced() const;
    void go_on_in_the_copy(std::uint64_t from);
    void go_on_behind(const opened_log_file& last);
    void read_whole(const opened_log_file& file, std::uint64_t from);
    bool read_blocks(byte_source& from, const std::string& path, bool is_live);
    void finish_line();
    void begin_live(opened_log log, std::uint64_t from);
    void say_troubles(const opened_log& log);

    std::string path_;
    const line_sifter& sifter_;
    log_listener& to_;
    line_blocks blocks_;
    std::optional<opened_log_file> live_;
    std::unique_ptr<byte_source> source_; ///< Of live_.
    bool found_ = false;
    std::optional<opened_log_file> last_; ///< What was read to its end while there is no live_.
};

} // namespace contactd
