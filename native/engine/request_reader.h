// Reads requests from JavaScript and tells events to it.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "model.h"
#include "napi.h"
#include "request.h"
#include "scheduler.h"

namespace redoubt {

/** Compiled grammars by their text, so that the cache of masks outlives a request. */
class GrammarCache {
 public:
  explicit GrammarCache(std::shared_ptr<const Trie> trie) : trie_(std::move(trie)) {}
  /** Throws Error with the grammar's own code, line and column. */
  std::shared_ptr<Grammar> compile(const std::string &gbnf, const std::vector<std::string> &sources);

 private:
  struct Entry {
    std::string gbnf;
    std::vector<std::string> sources;
    std::shared_ptr<Grammar> grammar;
  };
  std::shared_ptr<const Trie> trie_;
  std::list<Entry> entries_;  // the last used first
};

SchedulerOptions read_scheduler_options(const Value &options);
Request read_request(const Value &value, const Model &model, const SchedulerOptions &options, GrammarCache &grammars);
std::vector<AdapterUse> read_adapter_uses(const Value &value, const Model &model);

napi_value make_event(napi_env env, const GenerationEvent &event);
napi_value make_statistics(napi_env env, const Statistics &statistics);

}  // namespace redoubt
