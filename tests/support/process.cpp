#include "tests/support/process.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace support {

namespace {

std::string unique_name(const std::string& directory, const std::string& what) {
    static std::atomic<int> count = 0;
    return directory + '/' + what + '.' + std::to_string(++count);
}

void redirect(int descriptor, const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags, 0600);
    if (file < 0)
        ::_exit(126);
    ::dup2(file, descriptor);
    ::close(file);
}

} // namespace

process::process(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& variables,
                 std::string directory)
    : out_file_(unique_name(directory, "out")), err_file_(unique_name(directory, "err")) {
    std::vector<char*> argv;
    for (const auto& one : arguments)
        argv.push_back(const_cast<char*>(one.c_str()));
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0)
        throw std::runtime_error("fork");
    if (pid_ > 0)
        return;
    // Tests run other threads: between fork and exec only what is safe after a fork of such a process.
    redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
    redirect(STDOUT_FILENO, out_file_, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, err_file_, O_WRONLY | O_CREAT | O_TRUNC);
    for (const auto& [name, value] : variables)
        ::setenv(name.c_str(), value.c_str(), 1);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
}

process::~process() {
    if (running())
        send_signal(SIGKILL);
    if (pid_ > 0)
        ::waitpid(pid_, nullptr, 0);
}

void process::send_signal(int signal) const {
    if (pid_ > 0)
        ::kill(pid_, signal);
}

bool process::running() {
    if (pid_ < 0)
        return false;
    struct rusage used {};
    if (::wait4(pid_, &raw_status_, WNOHANG, &used) == 0)
        return true;
    peak_kib_ = used.ru_maxrss;
    pid_ = -1;
    return false;
}

finished_process process::wait(std::chrono::seconds longest) {
    if (!eventually([this] { return !running(); }, longest)) {
        send_signal(SIGKILL);
        eventually([this] { return !running(); });
    }
    finished_process result;
    result.status = WIFEXITED(raw_status_) ? WEXITSTATUS(raw_status_) : 128 + WTERMSIG(raw_status_);
    result.out = read_file(out_file_);
    result.err = read_file(err_file_);
    result.peak_kib = peak_kib_;
    return result;
}

std::string process::out_so_far() const {
    return read_file(out_file_);
}

std::string process::err_so_far() const {
    return read_file(err_file_);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void sleep_a_moment() {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
}

std::string memory_disk() {
    const char* const shared = "/dev/shm";
    return ::access(shared, W_OK) == 0 ? shared : std::filesystem::temp_directory_path().string();
}

temporary_directory::temporary_directory() : temporary_directory(std::filesystem::temp_directory_path().string()) {}

temporary_directory::temporary_directory(const std::string& below) {
    std::string name = below + "/contactd-test-XXXXXX";
    if (!::mkdtemp(name.data()))
        throw std::runtime_error("mkdtemp");
    path_ = name;
}

temporary_directory::~temporary_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

} // namespace support
