#include "core/public_hosts.hpp"

#include <algorithm>

namespace core {
namespace {

/// Collected from what providers of mail, social networks and builders of web sites call their domains; names that only
/// mean something inside of a network are those of RFC 6762, appendix G, and RFC 2606, but for "example" and "test",
/// which no company of a real database has.
// clang-format off
constexpr std::string_view hosts[]{
    "11880.com", "126.com", "163.com", "1und1.de", "a1.net", "alice-dsl.net", "alice.de", "alice.it", "amazon.com",
    "amazon.de", "amazonaws.com", "aol.com", "aol.de", "aon.at", "apps-1and1.com", "arcor.de", "arpa", "att.net",
    "azurewebsites.net", "bbox.fr", "beepworld.de", "bell.net", "bellsouth.net", "bigpond.com", "bigpond.net.au",
    "bit.ly", "blogger.com", "blogspot.com", "blogspot.de", "bluewin.ch", "blueyonder.co.uk", "bol.com.br",
    "booking.com", "btconnect.com", "btinternet.com", "btopenworld.com", "business.site", "canalblog.com", "carrd.co",
    "casema.nl", "centrum.cz", "centurylink.net", "charter.net", "chello.at", "chello.nl", "city-map.de",
    "cloudfront.net", "comcast.net", "corp", "cox.net", "dasoertliche.de", "ddns.net", "de.tl", "doctolib.de",
    "duckdns.org", "dyndns.org", "e-monsite.com", "earthlink.net", "eatbu.com", "ebay.com", "ebay.de", "editorx.io",
    "eircom.net", "email.com", "email.cz", "email.de", "etsy.com", "ewe.net", "ewetel.net", "facebook.com",
    "fastmail.com", "fastmail.fm", "fb.com", "fb.me", "firebaseapp.com", "free.fr", "freenet.de", "fritz.box",
    "frontier.com", "frontiernet.net", "g.page", "gelbeseiten.de", "github.io", "gitlab.io", "gmail.com", "gmx.at",
    "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "gmx.org", "godaddysites.com", "goo.gl", "google.com", "google.de",
    "googlemail.com", "herokuapp.com", "hetnet.nl", "hispeed.ch", "home", "home.nl", "homepage-baukasten.de",
    "homepage.t-online.de", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it",
    "htp-tel.de", "hushmail.com", "icloud.com", "iinet.net.au", "inbox.lv", "inode.at", "instagram.com", "interia.pl",
    "intern", "internal", "invalid", "ionos.de", "ionos.space", "jameda.de", "jimdo.com", "jimdofree.com",
    "jimdosite.com", "jimdoweb.com", "juno.com", "kabelmail.de", "kpnmail.nl", "kununu.com", "lan", "laposte.net",
    "libero.it", "linkedin.com", "linktr.ee", "live.co.uk", "live.com", "live.de", "live.fr", "live.nl", "local",
    "localdomain", "localhost", "mac.com", "magenta.de", "mail.com", "mail.de", "mail.ru", "mailbox.org",
    "maps.app.goo.gl", "me.com", "medium.com", "meinestadt.de", "msn.com", "myfritz.net", "myshopify.com",
    "mystrikingly.com", "naver.com", "netcologne.de", "netlify.app", "neuf.fr", "no-ip.com", "no-ip.org",
    "northdata.de", "notion.site", "npage.de", "ntlworld.com", "numericable.fr", "o2.pl", "o2online.de", "one.com",
    "onet.pl", "online-filiale.de", "online.de", "online.no", "onlinehome.de", "onmicrosoft.com", "optonline.net",
    "optusnet.com.au", "orange.fr", "osnanet.de", "outlook.com", "outlook.de", "outlook.es", "outlook.fr",
    "outlook.it", "over-blog.com", "pages.dev", "pagesjaunes.fr", "pagesperso-orange.fr", "pinterest.com", "planet.nl",
    "plus.net", "pm.me", "posteo.de", "posteo.net", "proton.me", "protonmail.com", "proximus.be", "qq.com",
    "roadrunner.com", "rocketmail.com", "rogers.com", "sapo.pt", "sbcglobal.net", "scarlet.be", "seznam.cz", "sfr.fr",
    "sharepoint.com", "shaw.ca", "shopify.com", "simplesite.com", "site123.me", "sky.com", "skynet.be",
    "squarespace.com", "strato.de", "strikingly.com", "sunrise.ch", "swissonline.ch", "sympatico.ca", "synology.me",
    "t-online.de", "t.me", "talktalk.net", "tele2.se", "telefonica.net", "telegram.me", "telenet.be", "telia.com",
    "telus.net", "terra.com.br", "terra.es", "tiktok.com", "tin.it", "tinyurl.com", "tiscali.co.uk", "tiscali.it",
    "tripadvisor.com", "tripadvisor.de", "tumblr.com", "tuta.io", "tutanota.com", "tutanota.de", "twitter.com",
    "unitybox.de", "uol.com.br", "upcmail.nl", "vercel.app", "verizon.net", "versanet.de", "virgilio.it",
    "virginmedia.com", "vodafone.de", "vodafonemail.de", "wa.me", "wanadoo.fr", "web.app", "web.de", "webador.com",
    "webador.de", "webador.nl", "webflow.com", "webflow.io", "webnode.com", "webnode.page", "weebly.com",
    "whatsapp.com", "wikipedia.org", "windstream.net", "wix.com", "wixsite.com", "wordpress.com", "wordpress.org",
    "workgroup", "wp.pl", "x.com", "xing.com", "xs4all.nl", "xtra.co.nz", "yahoo.co.uk", "yahoo.com", "yahoo.de",
    "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.com", "yandex.ru", "yelp.com", "yelp.de", "ymail.com", "yolasite.com",
    "youtu.be", "youtube.com", "ziggo.nl", "zoho.com",
};
// clang-format on
static_assert(std::ranges::is_sorted(hosts));

} // namespace

std::span<const std::string_view> public_hosts() {
    return hosts;
}

} // namespace core
