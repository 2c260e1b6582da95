#include "request_reader.h"

#include <algorithm>

#include "adapter.h"

namespace redoubt {
namespace {

constexpr size_t most_grammars = 32;
constexpr size_t most_cached_source = 1 << 20;
constexpr int32_t most_int = 0x7fffffff;

ggml_type read_kv_type(const Value &options) {
  const std::string name = options.text_or("kvType", "f16");
  if (name == "f16") return GGML_TYPE_F16;
  if (name == "q8_0") return GGML_TYPE_Q8_0;
  if (name == "q4_0") return GGML_TYPE_Q4_0;
  refuse(options.at("kvType").name(), "f16, q8_0 or q4_0");
}

DryOptions read_dry(const Value &value) {
  DryOptions dry;
  dry.multiplier = static_cast<float>(value.number_or("multiplier", 0.8, 0, 100));
  dry.base = static_cast<float>(value.number_or("base", dry.base, 1, 100));
  dry.allowed_length = static_cast<int32_t>(value.integer_or("allowedLength", dry.allowed_length, 1, 1000));
  dry.last = static_cast<int32_t>(value.integer_or("last", dry.last, -1, most_int));
  if (value.has("breakers")) dry.breakers = value.at("breakers").texts(64);
  return dry;
}

SamplingOptions read_sampling(const Value &value, int32_t vocabulary) {
  SamplingOptions read;
  const auto number = [&](const char *name, float otherwise, double least, double most) {
    return static_cast<float>(value.number_or(name, otherwise, least, most));
  };
  read.temperature = number("temperature", read.temperature, 0, 100);
  read.top_k = static_cast<int32_t>(value.integer_or("topK", read.top_k, 0, most_int));
  read.top_p = number("topP", read.top_p, 0, 1);
  read.min_p = number("minP", read.min_p, 0, 1);
  read.typical_p = number("typicalP", read.typical_p, 0, 1);
  read.repeat_penalty = number("repeatPenalty", read.repeat_penalty, 0.01, 100);
  read.frequency_penalty = number("frequencyPenalty", read.frequency_penalty, -100, 100);
  read.presence_penalty = number("presencePenalty", read.presence_penalty, -100, 100);
  read.penalty_last = static_cast<int32_t>(value.integer_or("penaltyLast", read.penalty_last, -1, most_int));
  if (value.has("dry")) read.dry = read_dry(value.at("dry"));
  if (value.has("logitBias"))
    for (const Value &each : value.at("logitBias").array(static_cast<size_t>(vocabulary)))
      read.logit_bias.emplace_back(static_cast<int32_t>(each.at("token").integer(0, vocabulary - 1)),
                                   static_cast<float>(each.at("bias").number(-INFINITY, 1e9)));
  read.seed = static_cast<uint32_t>(value.integer_or("seed", 0, 0, 0xffffffff));
  return read;
}

}  // namespace

std::shared_ptr<Grammar> GrammarCache::compile(const std::string &gbnf, const std::vector<std::string> &sources) {
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    if (entry->gbnf != gbnf || entry->sources != sources) continue;
    entries_.splice(entries_.begin(), entries_, entry);
    return entry->grammar;
  }
  std::vector<CopySource> texts;
  size_t bytes = 0;
  for (const auto &text : sources) texts.push_back({text}), bytes += text.size();
  std::shared_ptr<Grammar> grammar;
  try {
    grammar = Grammar::compile(trie_, gbnf, texts);
  } catch (const GrammarError &error) {
    const std::string place = error.line > 0 ? " (line " + std::to_string(error.line) + ", column " + std::to_string(error.column) + ")" : "";
    throw Error(error.code, error.what() + place);
  }
  if (bytes > most_cached_source) return grammar;
  entries_.push_front({gbnf, sources, grammar});
  if (entries_.size() > most_grammars) entries_.pop_back();
  return grammar;
}

SchedulerOptions read_scheduler_options(const Value &options) {
  SchedulerOptions read;
  const auto integer = [&](const char *name, int32_t otherwise, int64_t least, int64_t most) {
    return static_cast<int32_t>(options.integer_or(name, otherwise, least, most));
  };
  read.slots = integer("slots", 1, 1, static_cast<int64_t>(lib().llama_max_parallel_sequences()));
  read.context_per_slot = integer("contextPerSlot", read.context_per_slot, 8, 1 << 24);
  read.batch = integer("batch", read.batch, 1, 1 << 16);
  // Every slot must find a place in a batch.
  read.batch = std::max(read.batch, read.slots);
  read.micro_batch = integer("microBatch", read.batch, 1, 1 << 16);
  read.threads = integer("threads", 1, 1, 512);
  read.prefill_threads = integer("prefillThreads", read.threads, 1, 512);
  read.kv_type = read_kv_type(options);
  read.flash_attention = options.boolean_or("flashAttention", read.flash_attention);
  read.unified = options.boolean_or("unifiedCache", read.unified);
  read.state_key = options.text_or("stateKey", "");
  read.kv_on_gpu = options.boolean_or("cacheOnGpu", read.kv_on_gpu);
  return read;
}

std::vector<AdapterUse> read_adapter_uses(const Value &value, const Model &model) {
  std::vector<AdapterUse> uses;
  for (const auto &each : read_adapters(value, model)) uses.push_back({each.adapter->get(), each.scale, each.adapter});
  return uses;
}

Request read_request(const Value &value, const Model &model, const SchedulerOptions &options, GrammarCache &grammars) {
  Request request;
  request.id = value.at("id").integer(0, (int64_t{1} << 53) - 1);
  request.tokens = value.at("tokens").integers();
  if (request.tokens.empty()) throw Error("engine/argument", value.at("tokens").name() + " must not be empty.");
  if (request.tokens.size() > static_cast<size_t>(options.context_per_slot))
    throw Error("engine/argument", value.at("tokens").name() + " has " + std::to_string(request.tokens.size()) + " tokens, a slot's context " +
                                       std::to_string(options.context_per_slot) + ".");
  model.check_tokens(request.tokens, value.at("tokens").name());
  request.max_tokens = static_cast<int32_t>(value.at("maxTokens").integer(1, most_int));
  if (value.has("sampling")) request.sampling = read_sampling(value.at("sampling"), model.vocab_size());
  if (value.has("grammar")) {
    const Value grammar = value.at("grammar");
    request.grammar = grammars.compile(grammar.at("gbnf").text(), grammar.has("sources") ? grammar.at("sources").texts(4096) : std::vector<std::string>());
  }
  if (value.has("stops")) request.stops = value.at("stops").texts(256);
  request.priority = static_cast<int32_t>(value.integer_or("priority", 0, -1000000, 1000000));
  if (value.has("deadlineMs")) request.deadline_us = now_us() + static_cast<int64_t>(value.at("deadlineMs").number(0, 1e12) * 1000);
  request.probabilities = static_cast<int32_t>(value.integer_or("probabilities", 0, 0, std::min(100, model.vocab_size())));
  request.cache_prompt = value.boolean_or("cachePrompt", true);
  request.ignore_end = value.boolean_or("ignoreEnd", false);
  request.context_shift = static_cast<int32_t>(value.integer_or("contextShift", -1, -1, most_int));
  if (value.has("speculation")) {
    const Value speculation = value.at("speculation");
    request.speculation.max_draft = static_cast<int32_t>(speculation.integer_or("maxDraft", 8, 0, options.max_draft));
    request.speculation.ngram = static_cast<int32_t>(speculation.integer_or("ngram", request.speculation.ngram, 1, 16));
  }
  if (value.has("adapters")) request.adapters = read_adapter_uses(value.at("adapters"), model);
  return request;
}

}  // namespace redoubt
