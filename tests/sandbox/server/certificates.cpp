#include "tests/sandbox/server/certificates.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace sandbox {
namespace {

template <auto Free>
struct releaser {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using key_ptr = std::unique_ptr<EVP_PKEY, releaser<&EVP_PKEY_free>>;
using certificate_ptr = std::unique_ptr<X509, releaser<&X509_free>>;
using bio_ptr = std::unique_ptr<BIO, releaser<&BIO_free_all>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, releaser<&X509_EXTENSION_free>>;

constexpr long day = 86'400;

void check(bool good, const char* step) {
    if (!good)
        throw std::runtime_error{std::string{"the sandbox could not make its certificates: "} + step};
}

key_ptr make_key() {
    key_ptr key{EVP_EC_gen("P-256")};
    check(key != nullptr, "key");
    return key;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& text) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_ptr extension{X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str())};
    check(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

certificate_ptr make_certificate(EVP_PKEY* key, const std::string& name, long from_days, long to_days) {
    certificate_ptr certificate{X509_new()};
    check(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "certificate");
    unsigned char serial[8];
    check(RAND_bytes(serial, sizeof serial) == 1, "serial number");
    std::uint64_t number = 0;
    for (const unsigned char byte : serial)
        number = number << 8U | byte;
    check(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number >> 1U) == 1, "serial number");
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from_days * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), to_days * day);
    check(X509_set_pubkey(certificate.get(), key) == 1, "public key");
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    check(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()),
                                     -1, -1, 0) == 1,
          "name");
    return certificate;
}

/// An authority: its key and its certificate.
struct authority {
    key_ptr key = make_key();
    certificate_ptr certificate;

    authority() {
        certificate = make_certificate(key.get(), "autotask-sandbox test authority", -30, 30);
        check(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())) == 1, "issuer");
        add_extension(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
        add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
        add_extension(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
        check(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0, "signature");
    }
};

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    const bio_ptr bio{BIO_new(BIO_s_mem())};
    check(PEM_write_bio_X509(bio.get(), certificate) == 1, "PEM");
    return text_of(bio.get());
}

std::string to_pem(EVP_PKEY* key) {
    const bio_ptr bio{BIO_new(BIO_s_mem())};
    check(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "PEM");
    return text_of(bio.get());
}

std::string alternative_names(certificate_flaw flaw, const std::vector<std::string>& extra_names) {
    if (flaw == certificate_flaw::wrong_host)
        return "DNS:elsewhere.sandbox.invalid";
    std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    for (const std::string& name : extra_names)
        names += ",DNS:" + name;
    return names;
}

} // namespace

certificate_set make_certificates(certificate_flaw flaw, const std::vector<std::string>& extra_names) {
    const authority trusted;
    const authority stranger;
    const authority& issuer = flaw == certificate_flaw::untrusted_ca ? stranger : trusted;
    const key_ptr key = make_key();
    const bool expired = flaw == certificate_flaw::expired;
    const certificate_ptr leaf = make_certificate(key.get(), "autotask-sandbox", expired ? -20 : -1, expired ? -1 : 20);
    check(X509_set_issuer_name(leaf.get(), X509_get_subject_name(issuer.certificate.get())) == 1, "issuer");
    add_extension(leaf.get(), issuer.certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), issuer.certificate.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(leaf.get(), issuer.certificate.get(), NID_ext_key_usage, "serverAuth");
    add_extension(leaf.get(), issuer.certificate.get(), NID_subject_alt_name, alternative_names(flaw, extra_names));
    add_extension(leaf.get(), issuer.certificate.get(), NID_authority_key_identifier, "keyid:always");
    check(X509_sign(leaf.get(), issuer.key.get(), EVP_sha256()) > 0, "signature");
    return {to_pem(trusted.certificate.get()), to_pem(leaf.get()), to_pem(key.get())};
}

} // namespace sandbox
