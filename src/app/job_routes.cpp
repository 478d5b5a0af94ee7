#include "job_routes.hpp"

#include "platform/json/json.hpp"

namespace banso::app {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using platform::jobs::Job;
using platform::jobs::Jobs;
using platform::jobs::State;

const char* word_of(State state) {
  switch (state) {
    case State::waiting:
      return "waiting";
    case State::running:
      return "running";
    case State::done:
      return "done";
    case State::failed:
      return "failed";
    case State::cancelled:
      return "cancelled";
  }
  return "failed";
}

// People see their own jobs; leaders see all.
core::Result<Job> find(Jobs& jobs, const http::Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(Job job, jobs.get(id));
  if (job.owner != request.caller.user && !request.caller.at_least(core::Role::leader)) {
    return core::Error::not_found({"There is no such job.", "該当する処理はありません。"});
  }
  return job;
}

json::value result_of(const Job& job) {
  if (job.result.empty()) return nullptr;
  const auto parsed = json::parse(job.result);
  return parsed ? *parsed : json::value(job.result);
}

}  // namespace

http::Routes job_routes(Jobs& jobs) {
  return {
      {http::Method::get, "/api/jobs/{id}", http::Permission::read_only,
       [&jobs](const http::Request& request) -> core::Result<http::Response> {
         BANSO_TRY_ASSIGN(const Job job, find(jobs, request));
         return http::Response::json(json::serialize(json::object{{"id", job.id},
                                                                  {"kind", job.kind},
                                                                  {"state", word_of(job.state)},
                                                                  {"progress", job.progress},
                                                                  {"eta_seconds", json::from(job.eta_seconds)},
                                                                  {"message", job.message.in(request.language)},
                                                                  {"result", result_of(job)}}));
       }},
      {http::Method::post, "/api/jobs/{id}/cancel", http::Permission::csm,
       [&jobs](const http::Request& request) -> core::Result<http::Response> {
         BANSO_TRY_ASSIGN(const Job job, find(jobs, request));
         BANSO_TRY(jobs.cancel(job.id));
         return http::Response::no_content();
       }},
  };
}

}  // namespace banso::app
