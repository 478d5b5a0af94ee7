#include <fmt/format.h>

#include "fields.hpp"
#include "platform/json/json.hpp"
#include "service.hpp"

namespace banso::integrations {

using platform::text::encoding_from;
namespace {

namespace json = platform::json;
using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;

json::object text_json(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::array fields_json(Kind kind) {
  json::array fields;
  for (const Field& field : fields_of(kind)) {
    fields.push_back(json::object{{"key", field.key},
                                  {"name", text_json(field.name)},
                                  {"type", name_of(field.type)},
                                  {"required", field.required},
                                  {"choices", json::array(field.choices.begin(), field.choices.end())}});
  }
  return fields;
}

json::array columns_json(const ImportRecord& record) {
  const auto guesses = guess_fields(record.kind, record.profile.headings(), record.profile.types());
  json::array columns;
  for (std::size_t i = 0; i < record.profile.columns.size(); ++i) {
    const ColumnProfile& column = record.profile.columns[i];
    json::value guess = nullptr;
    if (!guesses[i].field.empty())
      guess = json::object{{"field", guesses[i].field}, {"confidence", guesses[i].confidence}};
    columns.push_back(json::object{{"index", i},
                                   {"heading", column.heading},
                                   {"detected_type", name_of(column.type)},
                                   {"samples", json::array(column.samples.begin(), column.samples.end())},
                                   {"choices", json::array(column.choices.begin(), column.choices.end())},
                                   {"blank", column.blank},
                                   {"ambiguous_dates", column.ambiguous_dates && !column.date_order},
                                   {"guess", std::move(guess)}});
  }
  return columns;
}

// What lists show.
json::object summary_json(const ImportRecord& record) {
  const FileShape& shape = record.profile.shape;
  const bool has_rejects = record.counts.rejected > 0;
  json::value errors_url = nullptr;
  if (has_rejects) errors_url = json::value(fmt::format("/api/imports/{}/errors.csv", record.id.value));
  return {{"id", record.id.value},
          {"file_name", record.file_name},
          {"kind", name_of(record.kind)},
          {"state", name_of(record.state)},
          {"encoding", name_of(shape.encoding)},
          {"delimiter", std::string(1, shape.delimiter)},
          {"format", shape.format == FileFormat::workbook     ? "workbook"
                     : shape.format == FileFormat::json_lines ? "json_lines"
                                                              : "delimited"},
          {"header", shape.header},
          {"sheet", shape.sheet},
          {"sheets", json::array(shape.sheets.begin(), shape.sheets.end())},
          {"counts", to_json(record.counts)},
          {"checked", record.checked},
          {"error", record.error.en.empty() ? json::value(nullptr) : json::value(text_json(record.error))},
          {"job_id", record.job_id == 0 ? json::value(nullptr) : json::value(record.job_id)},
          {"errors_url", std::move(errors_url)},
          {"created_at", json::from(record.created_at)},
          {"by", json::object{{"id", json::from(record.created_by)}, {"name", record.created_by_name}}},
          {"undo_possible", record.undo_possible()}};
}

json::object import_json(const ImportRecord& record) {
  json::object body = summary_json(record);
  body["columns"] = columns_json(record);
  json::array preview;
  for (const auto& row : record.profile.preview) preview.push_back(json::array(row.begin(), row.end()));
  body["preview"] = std::move(preview);
  body["rows_looked_at"] = record.profile.rows_looked_at;
  body["fields"] = fields_json(record.kind);
  body["mapping"] = record.mapping;
  return body;
}

core::Result<ReadOptions> read_options(const json::object& body) {
  ReadOptions options;
  json::Fields fields(body, "options.");
  if (const auto name = fields.text("encoding")) {
    options.encoding = encoding_from(*name);
    if (!options.encoding)
      fields.fail("encoding", {"Known encodings: utf-8, utf-16le, utf-16be, cp932, windows-1252.",
                               "使える文字コード: utf-8, utf-16le, utf-16be, cp932, windows-1252"});
  }
  if (const auto delimiter = fields.choice("delimiter", {",", "\t", ";", "|"})) options.delimiter = delimiter->front();
  options.header = fields.yes_no("header");
  options.sheet = fields.text("sheet");
  BANSO_TRY(fields.finish());
  return options;
}

core::Result<Response> create_upload(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto name = fields.text("name", {.required = true, .max_length = 500});
  const auto size_bytes = fields.integer("size_bytes", true);
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto upload, service.create_upload(request.caller, *name, *size_bytes));
  return Response::json(json::serialize(json::object{{"id", upload.id}, {"part_bytes", upload_part_bytes}}), 201);
}

core::Result<Response> put_part(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const std::int64_t upload_id, request.path_id());
  // Parts are numbered from 0, which is no id.
  const std::string& number = request.parameters.at("n");
  const bool digits =
      !number.empty() && number.size() < 8 && number.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return core::Error::not_found({"There is no such part.", "そのパートはありません。"});
  BANSO_TRY(service.put_part(request.caller, upload_id, std::stoll(number), request.body));
  return Response::no_content();
}

core::Result<Response> create_import(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto upload_id = fields.integer("upload_id", true);
  const auto kind = fields.choice(
      "kind", {"accounts", "contacts", "subscriptions", "tickets", "interactions", "surveys", "attendance", "events"},
      true);
  const auto* given = fields.child("options");
  BANSO_TRY(fields.finish());
  ReadOptions options;
  if (given) {
    BANSO_TRY_ASSIGN(options, read_options(*given));
  }
  BANSO_TRY_ASSIGN(const auto record, service.create_import(request.caller, *upload_id, *kind_from(*kind), options));
  return Response::json(json::serialize(import_json(record)), 201);
}

core::Result<Response> list_imports(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  const auto found = service.list(page);
  json::array items;
  for (const ImportRecord& record : found.items) items.push_back(summary_json(record));
  return Response::json(json::serialize(json::object{{"items", std::move(items)}, {"total", found.total}}));
}

core::Result<Response> get_import(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const std::int64_t id, request.path_id());
  BANSO_TRY_ASSIGN(const auto record, service.get({id}));
  return Response::json(json::serialize(import_json(record)));
}

core::Result<Response> put_mapping(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const std::int64_t id, request.path_id());
  BANSO_TRY_ASSIGN(auto mapping, json::parse_object(request.body));
  BANSO_TRY_ASSIGN(const auto record, service.change_mapping(request.caller, {id}, std::move(mapping)));
  return Response::json(json::serialize(import_json(record)));
}

using Start = core::Result<std::int64_t> (ServiceImpl::*)(const core::Caller&, core::ImportId);

core::Result<Response> start_job(ServiceImpl& service, const Request& request, Start start) {
  BANSO_TRY_ASSIGN(const std::int64_t id, request.path_id());
  BANSO_TRY_ASSIGN(const std::int64_t job_id, (service.*start)(request.caller, {id}));
  return Response::json(json::serialize(json::object{{"job_id", job_id}}), 202);
}

core::Result<Response> get_errors(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const std::int64_t id, request.path_id());
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto found, service.errors({id}, page));
  json::array items;
  for (const auto& item : found.items) {
    items.push_back(json::object{{"line", item.line},
                                 {"column", item.error.column},
                                 {"value", item.error.value},
                                 {"reason", text_json(item.error.reason)}});
  }
  return Response::json(json::serialize(json::object{{"items", std::move(items)}, {"total", found.total}}));
}

core::Result<Response> get_errors_csv(ServiceImpl& service, const Request& request) {
  BANSO_TRY_ASSIGN(const std::int64_t id, request.path_id());
  BANSO_TRY_ASSIGN(const auto record, service.get({id}));
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"rejected-{}.csv\"", id));
  response.stream = rejects_as_csv(service.rejects_file({id}), record.profile.headings(), request.language);
  return response;
}

platform::http::Routes routes_of(const std::shared_ptr<ServiceImpl>& service) {
  using Call = core::Result<Response> (*)(ServiceImpl&, const Request&);
  const auto handler = [service](Call call) {
    return [service, call](const Request& request) { return call(*service, request); };
  };
  const auto starter = [service](Start start) {
    return [service, start](const Request& request) { return start_job(*service, request, start); };
  };
  return {
      {Method::post, "/api/uploads", Permission::csm, handler(create_upload)},
      {Method::put, "/api/uploads/{id}/parts/{n}", Permission::csm, handler(put_part), std::size_t{upload_part_bytes}},
      {Method::post, "/api/imports", Permission::csm, handler(create_import)},
      {Method::get, "/api/imports", Permission::read_only, handler(list_imports)},
      {Method::get, "/api/imports/{id}", Permission::read_only, handler(get_import)},
      {Method::put, "/api/imports/{id}/mapping", Permission::csm, handler(put_mapping)},
      {Method::post, "/api/imports/{id}/dry-run", Permission::csm, starter(&ServiceImpl::start_dry_run)},
      {Method::post, "/api/imports/{id}/run", Permission::csm, starter(&ServiceImpl::start_run)},
      {Method::post, "/api/imports/{id}/undo", Permission::csm, starter(&ServiceImpl::start_undo)},
      {Method::get, "/api/imports/{id}/errors", Permission::read_only, handler(get_errors)},
      {Method::get, "/api/imports/{id}/errors.csv", Permission::read_only, handler(get_errors_csv)}};
}

}  // namespace

platform::http::Routes ServiceImpl::routes() {
  return routes_of(shared_from_this());
}

}  // namespace banso::integrations
