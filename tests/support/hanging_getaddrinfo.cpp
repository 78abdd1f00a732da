// A getaddrinfo() that says that it was called and never returns: to be loaded into a program with LD_PRELOAD.

#include <netdb.h>
#include <string_view>
#include <unistd.h>

extern "C" int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo**) {
    constexpr std::string_view said = "a lookup hangs\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, said.data(), said.size());
    while (true)
        ::pause();
}
