#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"
#include "write_key.hpp"

namespace banso::usage {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t longest_key_bytes = 128;
constexpr std::size_t most_columns_mapped = 500;

core::Result<std::string> checked_key(const std::string& key) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  if (!key.empty() && key.size() <= longest_key_bytes && std::ranges::all_of(key, fine)) return key;
  return core::Error::invalid_field("key",
                                    {"Use 1 to 128 letters, digits, hyphens, underscores or full stops.",
                                     "1〜128文字の英数字・ハイフン・アンダースコア・ピリオドで指定してください。"});
}

json::object render(const UploadStatus& status) {
  const Upload& upload = status.upload;
  json::array reasons;
  for (const auto& reason : upload.reasons) {
    reasons.push_back(
        json::object{{"row", reason.row}, {"field", reason.field}, {"message", render_text(reason.message)}});
  }
  return {{"key", upload.key},
          {"state", word_of(upload.state)},
          {"format", word_of(upload.format)},
          {"compression", word_of(upload.compression)},
          {"received_bytes", status.received_bytes},
          {"progress", upload.progress},
          {"rows_accepted", upload.accepted},
          {"rows_duplicate", upload.duplicates},
          {"rows_refused", upload.refused},
          {"rows_read", upload.accepted + upload.duplicates + upload.refused},
          {"refused", std::move(reasons)},
          {"message",
           upload.state == UploadState::failed ? json::value(render_text(upload.message)) : json::value(nullptr)},
          {"created_at", json::from(upload.created_at)},
          {"finished_at", json::from(upload.finished_at)}};
}

core::Result<std::map<std::string, std::string>> read_mapping(json::Fields& fields) {
  std::map<std::string, std::string> mapping;
  const auto* object = fields.child("mapping");
  if (object == nullptr) return mapping;
  for (const auto& [column, field] : *object) {
    if (!field.is_string() || object->size() > most_columns_mapped) {
      return core::Error::invalid_field("mapping", {"Give it as {\"column\": \"field\"}, for at most 500 columns.",
                                                    "{\"列名\": \"項目\"} の形で、500列以内で指定してください。"});
    }
    mapping.emplace(column, field.get_string());
  }
  return mapping;
}

class BulkUploadHandlers {
 public:
  explicit BulkUploadHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> begin(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto source, source_of(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    NewUpload wanted;
    const auto key = fields.text("key", {.required = true, .max_length = longest_key_bytes});
    const auto format = fields.choice("format", {"ndjson", "csv", "parquet"}, true);
    const auto compression = fields.choice("compression", {"none", "gzip", "zstd"});
    BANSO_TRY_ASSIGN(wanted.mapping, read_mapping(fields));
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(wanted.key, checked_key(*key));
    wanted.format = *upload_format_from(*format);
    wanted.compression = *upload_compression_from(compression.value_or("none"));
    if (wanted.format == UploadFormat::parquet && wanted.compression != UploadCompression::none) {
      return core::Error::invalid_field("compression", {"Parquet is compressed within: send the file as it is.",
                                                        "Parquetは内部で圧縮されています。そのまま送信してください。"});
    }
    BANSO_TRY_ASSIGN(const auto status, service_.uploads().begin(source, wanted));
    return respond(render(status), status.is_new ? 201 : 200);
  }

  core::Result<Response> append(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto source, source_of(request));
    BANSO_TRY_ASSIGN(const auto offset, request.query_integer("offset"));
    const auto& key = request.parameters.at("key");
    auto status = service_.uploads().append(source, key, offset.value_or(0), request.body);
    if (!status && status.error().code == core::ErrorCode::conflict) {
      // The right offset, for programs.
      auto conflict = http::problem(status.error(), request.language);
      if (const auto now = service_.uploads().status(source, key)) {
        conflict.headers.emplace_back("Upload-Offset", std::to_string(now->received_bytes));
      }
      return conflict;
    }
    if (!status) return core::Error(std::move(status).error());
    return respond(render(*status));
  }

  core::Result<Response> complete(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto source, source_of(request));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body.empty() ? "{}" : request.body));
    json::Fields fields(body);
    const auto bytes = fields.integer("bytes");
    const auto sha256 = fields.text("sha256", {.max_length = 64});
    if (sha256 && (sha256->size() != 64 || sha256->find_first_not_of("0123456789abcdef") != std::string::npos)) {
      fields.fail("sha256", {"Give 64 hexadecimal digits in lower case.", "小文字の16進数64桁で指定してください。"});
    }
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto status,
                     service_.uploads().complete(source, request.parameters.at("key"), bytes, sha256));
    return respond(render(status), 202);
  }

  core::Result<Response> show(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto source, source_of(request));
    BANSO_TRY_ASSIGN(const auto status, service_.uploads().status(source, request.parameters.at("key")));
    return respond(render(status));
  }

  core::Result<core::SourceId> source_of(const Request& request) const {
    const auto& authorization = request.header("authorization");
    return service_.source_of({basic_user(authorization).value_or(""), bearer_token(authorization)});
  }

 private:
  ServiceImpl& service_;
};

}  // namespace

http::Routes bulk_upload_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<BulkUploadHandlers>(service);
  // A piece of 16 MB is not taken from just anybody. Known keys are remembered: this does not wait for a database.
  const auto admit = [handlers](const Request& request) -> core::Result<> {
    BANSO_TRY(handlers->source_of(request));
    return {};
  };
  return {
      {Method::post, "/v1/uploads", Permission::write_key, bound(handlers, &BulkUploadHandlers::begin)},
      {Method::put, "/v1/uploads/{key}", Permission::write_key, bound(handlers, &BulkUploadHandlers::append),
       most_piece_bytes, admit},
      {Method::post, "/v1/uploads/{key}/complete", Permission::write_key,
       bound(handlers, &BulkUploadHandlers::complete)},
      {Method::get, "/v1/uploads/{key}", Permission::write_key, bound(handlers, &BulkUploadHandlers::show)},
  };
}

}  // namespace banso::usage
