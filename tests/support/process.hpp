#pragma once

#include <chrono>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace support {

/// How a program ended and what it printed.
struct finished_process {
    int status = 0; ///< The exit status, or 128 and the signal.
    std::string out;
    std::string err;
    long peak_kib = 0; ///< The most memory it had at a time. At least that of whoever started it had at the start.
};

/// A program started for a test, with its output going to files. Ended with SIGKILL when the test forgets it.
class process {
public:
    /// `arguments` begins with the path of the program; `variables` are added to the environment. The output goes to
    /// files in `directory`.
    process(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& variables,
            std::string directory);
    ~process();
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    void send_signal(int signal) const;
    bool running();

    /// Waits until the end; a process that takes longer is killed.
    finished_process wait(std::chrono::seconds longest = std::chrono::seconds{60});

    /// What it has printed so far.
    std::string out_so_far() const;
    std::string err_so_far() const;

private:
    std::string out_file_;
    std::string err_file_;
    pid_t pid_ = -1;
    int raw_status_ = 0;
    long peak_kib_ = 0;
};

/// The content of a file; empty when there is none.
std::string read_file(const std::string& path);

/// Asks again and again until it is true or the time is over; for what another process does.
template <class Condition>
bool eventually(Condition is_true, std::chrono::seconds longest = std::chrono::seconds{20});

/// A directory for one test, removed with everything in it.
class temporary_directory {
public:
    temporary_directory();
    explicit temporary_directory(const std::string& below);
    ~temporary_directory();
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Where files cost no disk: /dev/shm, or where temporary files go if there is none.
std::string memory_disk();

void sleep_a_moment();

template <class Condition>
bool eventually(Condition is_true, std::chrono::seconds longest) {
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!is_true()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        sleep_a_moment();
    }
    return true;
}

} // namespace support
