#include "autotask/reader.hpp"
#include "autotask/row_queries.hpp"

// The questions of somebody who wants to know more of one device than a sweep does.

namespace autotask {

namespace asio = boost::asio;

asio::awaitable<result<rows<core::device>>> reader::devices_called(std::optional<core::device_id> id,
                                                                   std::string text) {
    return device_rows(devices_of_name(id, text), "looking for the configuration item");
}

asio::awaitable<result<rows<core::contact>>> reader::contacts_left_out(core::company_id of) {
    auto what = contacts_out_of_scope(of, wanted_);
    what.expendable = true;
    return contact_rows(std::move(what), "reading the other contacts of a company");
}

/// One page: somebody else's contacts are a hint, and "info@" is everybody's.
asio::awaitable<result<rows<core::contact>>> reader::contacts_elsewhere(core::company_id than, std::string text) {
    auto what = contacts_of_others(than, wanted_.address_fields, text);
    what.fields = {"id", "companyID", "firstName", "lastName", "isActive"};
    what.fields.insert(what.fields.end(), wanted_.address_fields.begin(), wanted_.address_fields.end());
    call question;
    question.method = http_method::post;
    question.entity = "Contacts";
    question.rest = "/query";
    question.body = page_body(what, std::nullopt, most_elsewhere);
    question.doing = "looking for the name at other companies";
    question.expendable = true;
    auto body = co_await session_.send(std::move(question));
    if (!body)
        co_return std::unexpected(std::move(body.error()));
    auto page = read_contacts(*body, std::nullopt, wanted_);
    rows<core::contact> found;
    if (page)
        found.good = std::move(page->rows);
    co_return found;
}

} // namespace autotask
