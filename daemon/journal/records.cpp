#include "daemon/journal/records.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace contactd {

std::expected<std::unique_ptr<records>, std::string> records::open(const daemon_settings& settings,
                                                                   std::string_view command,
                                                                   const boost::asio::any_io_executor& on,
                                                                   autotask::clock& time, log& messages) {
    std::unique_ptr<records> made(new records());
    auto directory = state_directory::take(settings.state_dir.value, command);
    if (!directory)
        return std::unexpected(std::move(directory.error()));
    made->directory_ = std::move(*directory);
    auto audit = audit_file::open(settings.audit_log.value);
    if (!audit)
        return std::unexpected(std::move(audit.error()));
    made->audit_ = std::move(*audit);
    auto opened = journal_store::open(settings.state_dir.value, time.wall());
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    if (!opened->set_aside.empty())
        messages.error(opened->set_aside);
    made->store_ = std::move(opened->store);
    auto known = made->store_->decisions();
    if (!known)
        return std::unexpected(std::move(known.error()));
    made->decisions_ = decision_memory(*known);
    made->worker_ = std::make_unique<worker_thread>();

    const std::vector<std::string> places{settings.state_dir.value,
                                          std::filesystem::path(settings.audit_log.value).parent_path().string()};
    background_journal::parts parts{on,
                                    *made->worker_,
                                    time,
                                    *made->audit_,
                                    *made->store_,
                                    [places] { return no_space(places); },
                                    [&messages](const std::string& sentence) { messages.error(sentence); },
                                    [&messages](const std::string& sentence) { messages.info(sentence); }};
    made->journal_ = std::make_unique<background_journal>(std::move(parts));
    return made;
}

void records::warn_of_strangers(const std::vector<std::string>& instances, log& messages) {
    const auto open = store_->open_by_instance();
    if (!open)
        return messages.warn(open.error());
    for (const auto& [name, writes] : *open)
        if (std::ranges::find(instances, name) == instances.end())
            messages.warn("the journal does not know what became of " + std::to_string(writes) +
                          (writes == 1 ? " write" : " writes") + " of an instance " + name +
                          ", which is not configured any more: look at them there, or configure it once more");
}

} // namespace contactd
