#include "documents.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/ascii.hpp"

namespace banso::portal {
namespace {

using core::Result;

constexpr std::size_t longest_name_bytes = 200;

struct Type {
  std::string_view ending, content_type, begins_with;
};
constexpr std::string_view zip = "PK\x03\x04";
constexpr std::string_view open_xml = "application/vnd.openxmlformats-officedocument.";
constexpr std::array<Type, 9> types{{{".pdf", "application/pdf", "%PDF-"},
                                     {".png", "image/png", "\x89PNG\r\n\x1a\n"},
                                     {".jpg", "image/jpeg", "\xff\xd8\xff"},
                                     {".jpeg", "image/jpeg", "\xff\xd8\xff"},
                                     {".txt", "text/plain", ""},
                                     {".csv", "text/csv", ""},
                                     {".docx", "wordprocessingml.document", zip},
                                     {".xlsx", "spreadsheetml.sheet", zip},
                                     {".pptx", "presentationml.presentation", zip}}};

core::Error not_such_a_file() {
  return core::Error::invalid_field(
      "name",
      {"Share a PDF, PNG, JPEG, text, CSV, Word, Excel or PowerPoint file without macros. The name's ending has "
       "to fit the file.",
       "共有できるのは、PDF・PNG・JPEG・テキスト・CSV・Word・Excel・PowerPoint(マクロなし)のファイルです。"
       "拡張子とファイルの内容が一致しているかもご確認ください。"});
}

// RFC 5987: everything but letters, digits and a few signs as %XX.
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char sign : text) {
    const bool is_plain = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') ||
                          (sign >= '0' && sign <= '9') || sign == '-' || sign == '.' || sign == '_';
    encoded += is_plain ? std::string(1, sign) : fmt::format("%{:02X}", static_cast<unsigned char>(sign));
  }
  return encoded;
}

}  // namespace

Result<std::string> document_type(std::string_view name, std::string_view bytes) {
  const auto lower = core::lower_case(name);
  const auto type =
      std::find_if(types.begin(), types.end(), [&](const Type& each) { return lower.ends_with(each.ending); });
  if (type == types.end() || bytes.empty() || !bytes.starts_with(type->begins_with)) return not_such_a_file();
  const bool is_text = type->content_type.starts_with("text/");
  if (is_text && bytes.find('\0') != std::string_view::npos) return not_such_a_file();
  // Macros lie in an archive's file of this name, whatever the ending says.
  if (type->begins_with == zip && bytes.find("vbaProject.bin") != std::string_view::npos) return not_such_a_file();
  const bool is_office = type->begins_with == zip;
  return is_office ? fmt::format("{}{}", open_xml, type->content_type) : std::string(type->content_type);
}

Result<std::string> document_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  std::string kept(slash == std::string_view::npos ? name : name.substr(slash + 1));
  std::erase_if(kept, [](char sign) { return static_cast<unsigned char>(sign) < 0x20 || sign == 0x7f; });
  if (kept.empty() || kept.size() > longest_name_bytes || kept.starts_with('.')) {
    return core::Error::invalid_field(
        "name", {fmt::format("Give the file a name of up to {} bytes.", longest_name_bytes),
                 fmt::format("ファイル名を{}バイト以内で指定してください。", longest_name_bytes)});
  }
  return kept;
}

platform::http::Response attachment(const Document& document, std::string content) {
  auto response = platform::http::Response::text(std::move(content), document.content_type);
  response.headers = {
      {"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(document.name)},
      {"Content-Security-Policy", "sandbox; default-src 'none'"},
      {"Cache-Control", "private, no-store"},
  };
  return response;
}

}  // namespace banso::portal
