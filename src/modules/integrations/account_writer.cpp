#include <map>

#include "account_attributes.hpp"
#include "batch_writer.hpp"
#include "writers.hpp"

namespace banso::integrations {
namespace {

class AccountWriter : public BatchWriter<customers::AccountInput> {
 public:
  AccountWriter(const WriteContext& context, Counts& counts, OnReject reject)
      : BatchWriter(context, counts, std::move(reject), records_per_batch), attributes_(context) {}

  core::Result<> add(MappedRow row, const Row& original) override {
    if (!prepared_) {
      BANSO_TRY(attributes_.prepare());
      prepared_ = true;
    }
    return BatchWriter::add(std::move(row), original);
  }

 protected:
  std::vector<customers::AccountInput> convert(FieldValues& values, const MappedRow& row) override {
    customers::AccountInput account;
    account.external_id = values.text("external_id");
    account.name = values.text_patch("name");
    account.reading = values.text_patch("reading");
    account.domains = values.list_patch("domains");
    account.parent = values.text_patch("parent");
    account.phase = values.text_patch("phase");
    account.owner = values.text_patch("owner");
    account.industry = values.text_patch("industry");
    account.size = values.text_patch("size");
    account.region = values.text_patch("region");
    account.country = values.text_patch("country");
    account.plan = values.text_patch("plan");
    account.created_day = values.day_patch("created_day");
    std::vector<CellError> errors;
    auto given = attributes_.read(row, errors);
    values.fail_cells(std::move(errors));
    account.attributes = std::move(given.early);
    std::vector<customers::AccountInput> changes;
    const auto later = later_changes(account, std::move(given.late));
    changes.push_back(std::move(account));
    changes.insert(changes.end(), later.begin(), later.end());
    return changes;
  }

  core::Result<std::vector<core::RowOutcome>> write(const std::vector<customers::AccountInput>& inputs) override {
    BANSO_TRY(attributes_.define_new_choices());
    return context_.targets.customers->upsert_accounts(context_.provenance, inputs, options());
  }

  std::string column_of(const std::string& field) const override {
    return attributes_.heading_of(field).value_or(BatchWriter::column_of(field));
  }

 private:
  // What became known after the account did, oldest first. A dry run would write the account only in its imagination,
  // so it does not ask what a second change to it would do.
  std::vector<customers::AccountInput> later_changes(
      const customers::AccountInput& account, std::vector<std::pair<core::Day, customers::AttributeInput>> late) const {
    std::map<core::Day, customers::AccountInput> by_day;
    if (context_.dry_run) return {};
    for (auto& [day, attribute] : late) {
      const core::Day* created = account.created_day.value();
      customers::AccountInput& change = by_day[created ? std::max(day, *created) : day];
      change.attributes.push_back(std::move(attribute));
    }
    std::vector<customers::AccountInput> changes;
    for (auto& [day, change] : by_day) {
      change.external_id = account.external_id;
      change.known_at = core::start_of(day, context_.targets.utc_offset_minutes());
      changes.push_back(std::move(change));
    }
    return changes;
  }

  AccountAttributes attributes_;
  bool prepared_ = false;
};

}  // namespace

std::unique_ptr<RecordWriter> make_account_writer(const WriteContext& context, Counts& counts, OnReject reject) {
  return std::make_unique<AccountWriter>(context, counts, std::move(reject));
}

}  // namespace banso::integrations
