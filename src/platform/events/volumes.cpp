#include "volumes.hpp"

#include <algorithm>
#include <utility>

namespace banso::platform::events {

void Volume::add(const Volume& other) {
  if (events == 0) {
    first_at = other.first_at;
    last_at = other.last_at;
    last_received_at = other.last_received_at;
  } else if (other.events > 0) {
    first_at = std::min(first_at, other.first_at);
    last_at = std::max(last_at, other.last_at);
    last_received_at = std::max(last_received_at, other.last_received_at);
  }
  events += other.events;
  unmatched += other.unmatched;
}

// ---------------------------------------------------------------------------------------------------------------- sums

Volume& VolumeSum::volume_of(core::SourceId source, EventKind kind, std::string_view name) {
  const auto found = volumes_.find(KeyView{source.value, kind, name});
  if (found != volumes_.end()) return found->second;
  return volumes_[VolumeKey{source, {kind, std::string(name)}}];
}

void VolumeSum::add(const Event& event) {
  volume_of(event.source, event.kind, event.name)
      .add({1, event.account ? 0 : 1, event.occurred_at, event.occurred_at, event.received_at});
}

void VolumeSum::add(core::SourceId source, EventKind kind, std::string_view name, const Volume& volume) {
  volume_of(source, kind, name).add(volume);
}

void VolumeSum::add(const VolumeSum& other) {
  for (const auto& [key, volume] : other.volumes_) volume_of(key.source, key.type.kind, key.type.name).add(volume);
}

void VolumeSum::each(const std::function<void(const VolumeKey&, const Volume&)>& visit) const {
  for (const auto& [key, volume] : volumes_) visit(key, volume);
}

// ------------------------------------------------------------------------------------------------------------- volumes

void Volumes::reset(VolumeSum sum) {
  const std::lock_guard lock(mutex_);
  sum_ = std::move(sum);
}

void Volumes::add(const VolumeSum& sum) {
  const std::lock_guard lock(mutex_);
  sum_.add(sum);
}

std::vector<TypeVolume> Volumes::by_type() const {
  std::map<EventType, Volume> types;
  {
    const std::lock_guard lock(mutex_);
    sum_.each([&](const VolumeKey& key, const Volume& volume) { types[key.type].add(volume); });
  }
  std::vector<TypeVolume> volumes;
  for (const auto& [type, volume] : types) {
    if (volume.events > 0) volumes.push_back({type, volume.events, volume.first_at, volume.last_at});
  }
  return volumes;
}

std::vector<SourceVolume> Volumes::by_source() const {
  std::map<core::SourceId, Volume> sources;
  {
    const std::lock_guard lock(mutex_);
    sum_.each([&](const VolumeKey& key, const Volume& volume) { sources[key.source].add(volume); });
  }
  std::vector<SourceVolume> volumes;
  for (const auto& [source, volume] : sources) {
    if (volume.events > 0) volumes.push_back({source, volume.events, volume.unmatched, volume.last_received_at});
  }
  return volumes;
}

Totals Volumes::totals() const {
  Volume all;
  {
    const std::lock_guard lock(mutex_);
    sum_.each([&](const VolumeKey&, const Volume& volume) { all.add(volume); });
  }
  if (all.events == 0) return {};
  return {all.events, all.unmatched, all.first_at, all.last_at, all.last_received_at};
}

Volume Volumes::of_source(core::SourceId source) const {
  Volume all;
  const std::lock_guard lock(mutex_);
  sum_.each([&](const VolumeKey& key, const Volume& volume) {
    if (key.source == source) all.add(volume);
  });
  return all;
}

}  // namespace banso::platform::events
