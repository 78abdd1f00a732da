#include "daemon/program.hpp"

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace {

/// The secret of an API user is copied into every request: no core dump and no debugger of another user may see it.
void keep_secrets_in_memory() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#ifndef CONTACTD_SANITIZED // The leak check of a sanitizer reads the process's memory as a debugger would.
    ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace

int main(int argc, char** argv) {
    keep_secrets_in_memory();
    ::umask(027);
    std::signal(SIGPIPE, SIG_IGN); // A closed connection is an error of the write, not the end of the process.
    return static_cast<int>(contactd::run_program(argc, argv));
}
