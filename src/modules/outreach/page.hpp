// The pages that customers see: plain HTML, phone first, without scripts, in both languages. Internal to the module.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "platform/http/http.hpp"

namespace banso::outreach {

struct Page {
  core::Language language = core::Language::ja;
  std::string company, title;
  std::string body_html;  // already safe
  std::string address;    // of the page itself, for the other language
  int status = 200;
};
platform::http::Response render_page(const Page& page);

// "score=5&comment=a+b", bounded.
std::map<std::string, std::string> read_form(std::string_view body);
core::Language page_language(const platform::http::Request& request, const std::map<std::string, std::string>& form,
                             core::Language otherwise);

// Lets so many requests a minute through from one address, so that links cannot be tried out.
class RateLimit {
 public:
  explicit RateLimit(int per_minute) : per_minute_(per_minute) {}
  bool admit(const std::string& address, core::Instant now);

 private:
  int per_minute_;
  std::mutex mutex_;
  std::int64_t minute_ = 0;
  std::map<std::string, int> counts_;
};

}  // namespace banso::outreach
