#include "stop.h"

#include <algorithm>

namespace redoubt {

StopFilter::StopFilter(std::vector<std::string> stops) : stops_(std::move(stops)) {
  stops_.erase(std::remove(stops_.begin(), stops_.end(), std::string()), stops_.end());
}

bool StopFilter::push(std::string_view bytes, std::string &out) {
  if (stops_.empty()) {
    out.append(bytes);
    return false;
  }
  held_.append(bytes);
  size_t found = std::string::npos;
  for (const auto &stop : stops_) found = std::min(found, held_.find(stop));
  if (found != std::string::npos) {
    out.append(held_, 0, found);
    held_.clear();
    return true;
  }
  size_t keep = 0;  // longest end of held_ that begins a stop string
  for (const auto &stop : stops_)
    for (size_t length = std::min(stop.size() - 1, held_.size()); length > keep; length--)
      if (held_.compare(held_.size() - length, length, stop, 0, length) == 0) keep = length;
  out.append(held_, 0, held_.size() - keep);
  held_.erase(0, held_.size() - keep);
  return false;
}

void StopFilter::finish(std::string &out) {
  out.append(held_);
  held_.clear();
}

}  // namespace redoubt
