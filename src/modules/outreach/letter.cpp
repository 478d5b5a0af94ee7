#include "letter.hpp"

#include <cmark.h>

#include <cstdlib>
#include <memory>

#include <fmt/format.h>

namespace banso::outreach {
namespace {

using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using Iterator = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;

std::string take(char* text) {
  const std::unique_ptr<char, decltype(&std::free)> owned(text, std::free);
  return owned.get();
}

std::string literal(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text ? text : "";
}

std::string url_of(cmark_node* node) {
  const char* url = cmark_node_get_url(node);
  return url ? url : "";
}

bool is_web_address(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

void replace_links(cmark_node* document, const std::function<std::string(const std::string&)>& link) {
  const Iterator walk(cmark_iter_new(document), cmark_iter_free);
  for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
    auto* node = cmark_iter_get_node(walk.get());
    if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_LINK) continue;
    const auto url = url_of(node);
    if (is_web_address(url)) cmark_node_set_url(node, link(url).c_str());
  }
}

// The plain reading, walked from the document, so that no markup is left in it.
class PlainText {
 public:
  std::string of(cmark_node* document) {
    const Iterator walk(cmark_iter_new(document), cmark_iter_free);
    for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
      visit(cmark_iter_get_node(walk.get()), event == CMARK_EVENT_ENTER);
    }
    while (text_.ends_with('\n')) text_.pop_back();
    return text_ + '\n';
  }

 private:
  void visit(cmark_node* node, bool enters) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
      case CMARK_NODE_CODE:
        text_ += literal(node);
        break;
      case CMARK_NODE_CODE_BLOCK:
        text_ += literal(node) + '\n';
        break;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        text_ += '\n';
        break;
      case CMARK_NODE_ITEM:
        if (enters) text_ += "- ";
        break;
      case CMARK_NODE_LINK:
        enters ? void(link_start_ = text_.size()) : end_link(url_of(node));
        break;
      case CMARK_NODE_PARAGRAPH:
      case CMARK_NODE_HEADING:
        if (!enters) text_ += in_tight_list(node) ? "\n" : "\n\n";
        break;
      case CMARK_NODE_LIST:
        if (!enters) text_ += '\n';
        break;
      case CMARK_NODE_THEMATIC_BREAK:
        text_ += "--------\n\n";
        break;
      default:
        break;
    }
  }

  static bool in_tight_list(cmark_node* paragraph) {
    auto* item = cmark_node_parent(paragraph);
    auto* list = item ? cmark_node_parent(item) : nullptr;
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
  }

  void end_link(const std::string& url) {
    if (text_.substr(link_start_) != url) text_ += fmt::format(" ( {} )", url);
  }

  std::string text_;
  std::size_t link_start_ = 0;
};

std::string footer_text(const Footer& footer, core::Language language) {
  std::string text = "\n--------\n";
  const auto line = [&](const std::string& words) {
    if (!words.empty()) text += words + '\n';
  };
  line(footer.sender_name);
  line(footer.sender_address);
  line(footer.sender_contact);
  if (!footer.why.empty()) text += '\n' + footer.why + '\n';
  if (!footer.unsubscribe_url.empty()) {
    text += fmt::format("{}\n{}\n",
                        language == core::Language::ja ? "配信停止・受信設定の変更はこちら:"
                                                       : "Unsubscribe or change what you receive:",
                        footer.unsubscribe_url);
  }
  return text;
}

std::string footer_html(const Footer& footer, core::Language language) {
  std::string html;
  for (const auto* words : {&footer.sender_name, &footer.sender_address, &footer.sender_contact, &footer.why}) {
    if (!words->empty()) html += escape_html(*words) + "<br>";
  }
  if (!footer.unsubscribe_url.empty()) {
    html += fmt::format(
        "<a href=\"{}\" style=\"color:#4b5563\">{}</a>", escape_html(footer.unsubscribe_url),
        language == core::Language::ja ? "配信停止・受信設定の変更" : "Unsubscribe or change what you receive");
  }
  return html;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char sign : text) {
    switch (sign) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += sign;
    }
  }
  return escaped;
}

Letter make_letter(std::string_view markdown, const LetterOptions& options) {
  const Document document(cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT), cmark_node_free);
  Letter letter;
  letter.text = PlainText().of(document.get()) + footer_text(options.footer, options.language);
  if (options.link) replace_links(document.get(), options.link);
  // Lines of the source are lines of the mail, as people write them.
  const auto body = take(cmark_render_html(document.get(), CMARK_OPT_HARDBREAKS));
  const auto pixel = options.pixel_url.empty() ? std::string()
                                               : fmt::format("<img src=\"{}\" width=\"1\" height=\"1\" alt=\"\">",
                                                             escape_html(options.pixel_url));
  letter.html = fmt::format(
      "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>{}</title></head>\n<body style=\"margin:0;padding:24px 16px;"
      "background:#ffffff;color:#1f2933;font-family:'Hiragino Sans','Noto Sans JP','Yu Gothic',Meiryo,Arial,sans-serif;"
      "font-size:16px;line-height:1.7\">\n<div style=\"max-width:600px;margin:0 auto\">\n{}{}<hr style=\"border:0;"
      "border-top:1px solid #d1d5db;margin:32px 0 16px\"><p style=\"color:#4b5563;font-size:13px\">{}</p>\n</div>{}"
      "</body></html>\n",
      core::language_tag(options.language), escape_html(options.title), body, options.score_row_html,
      footer_html(options.footer, options.language), pixel);
  return letter;
}

}  // namespace banso::outreach
